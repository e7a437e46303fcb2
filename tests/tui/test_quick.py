"""Quick replies in a reception: opened by `/`, found, filled, edited, and never mistaken for typing."""

import asyncio

import pytest

from kefu_sim.engine import events as ev
from kefu_sim.tui import aside


def panel(desk):
    return desk.screen.query_one("#quick")


async def ready(desk):
    await desk.open()
    await desk.until(lambda: desk.screen.query_one("#reply")._ready)


async def test_a_slash_opens_the_list_and_letters_narrow_it(at_desk):
    async with at_desk() as desk:
        await ready(desk)
        await desk.commit("/")
        assert panel(desk).display
        assert "您好，在的～请问有什么可以帮您？" in desk.text()
        await desk.commit("fh")
        assert "凌晨2点前付款的今天就发" in desk.text()
        assert "您好，在的～请问有什么可以帮您？" not in desk.text()


@pytest.mark.parametrize("opener", ["/", "／", "、"])
async def test_whatever_the_input_method_makes_of_the_slash_it_opens(at_desk, opener):
    async with at_desk() as desk:
        await ready(desk)
        await desk.commit(opener)
        assert panel(desk).display


async def test_enter_puts_the_reply_in_and_only_the_next_one_sends(at_desk):
    async with at_desk() as desk:
        await ready(desk)
        await desk.commit("/nh")
        await desk.press("enter")
        assert desk.screen.composer.text == "您好，在的～请问有什么可以帮您？"
        assert not panel(desk).display
        assert "agent" not in desk.kinds()
        await desk.until(lambda: "quick" in desk.kinds())
        assert desk.log[-1] == ev.QuickUsed(desk.log[-1].t, "您好，在的～请问有什么可以帮您？", 16)
        await desk.press("enter")
        sent = next(e for e in desk.log if isinstance(e, ev.AgentSent))
        assert (sent.typed, sent.pasted, sent.typing_s) == (0, 16, 0.0)


async def test_what_is_changed_by_hand_counts_as_typed_and_nothing_else(at_desk):
    async with at_desk() as desk:
        await ready(desk)
        await desk.commit("/nh")
        await desk.pass_time(5)
        await desk.press("enter")
        await desk.pass_time(9)
        await desk.commit("哦")
        await desk.pass_time(1)
        await desk.commit("亲亲亲")
        await desk.press("enter")
        sent = next(e for e in desk.log if isinstance(e, ev.AgentSent))
        assert (sent.typed, sent.pasted) == (4, 16)
        assert sent.typing_s == pytest.approx(4 / 3, abs=0.01)


async def test_goods_are_filled_in_and_a_gap_waits_selected(at_desk):
    async with at_desk() as desk:
        await ready(desk)
        await desk.commit("/hd")
        await desk.press("enter")
        composer = desk.screen.composer
        assert composer.text.startswith("跟您核对一下：")
        assert "{商品}" not in composer.text
        assert composer.selected_text == "{尾号}"
        await desk.commit("3721")
        assert "尾号3721的地址" in composer.text


async def test_arrows_choose_and_escape_shuts_without_leaving(at_desk):
    async with at_desk() as desk:
        await ready(desk)
        await desk.commit("/")
        await desk.press("down")
        await desk.press("enter")
        assert desk.screen.composer.text.startswith("您好，欢迎光临，您是想看")
        desk.screen.composer.load_text("")
        await desk.commit("/")
        await desk.press("escape")
        assert desk.screen is desk.app.reception
        assert not panel(desk).display
        await desk.commit("x")
        assert not panel(desk).display
        assert desk.screen.composer.text == "/x"


async def test_a_slash_inside_a_line_is_a_slash(at_desk):
    async with at_desk() as desk:
        await ready(desk)
        await desk.commit("满199/减30")
        assert not panel(desk).display


async def test_nothing_found_sends_nothing(at_desk):
    async with at_desk() as desk:
        await ready(desk)
        await desk.commit("/zzzz")
        assert "都对不上" in desk.text()
        await desk.press("enter")
        assert "agent" not in desk.kinds()
        assert desk.screen.composer.text == "/zzzz"


async def test_ones_own_replies_are_written_changed_and_deleted(at_desk, home_folder):
    async with at_desk(size=(100, 30)) as desk:
        await desk.press("f8")
        await desk.until(lambda: getattr(desk.screen, "place", "") == "quick-book")
        await desk.press("n")
        await desk.commit("您好呀，小店欢迎您")
        await desk.press("enter")
        await desk.press("enter")
        await desk.commit("hyn")
        await desk.press("enter")
        await desk.until(lambda: "您好呀，小店欢迎您" in desk.text())
        assert "hyn" in (home_folder / "quick-replies.yaml").read_text("utf-8")
        rows = [reply.text for _, reply in desk.app.quick.book.rows()]
        at = rows.index("您好呀，小店欢迎您")
        desk.screen.replies.highlighted = at
        await desk.press("d")
        await desk.press("down", "enter")
        assert "您好呀，小店欢迎您" not in [reply.text for _, reply in desk.app.quick.book.rows()]


async def test_every_reply_of_the_book_has_one_line(at_desk):
    async with at_desk() as desk:
        await desk.press("f8")
        await desk.until(lambda: desk.screen.replies.option_count > 30)
        assert desk.screen.replies.virtual_size.height == desk.screen.replies.option_count


async def test_what_is_typed_over_ones_replies_is_not_for_the_buyer_behind_them(at_desk):
    async with at_desk() as desk:
        await ready(desk)
        await desk.press("f8")
        await desk.until(lambda: getattr(desk.screen, "place", "") == "quick-book")
        await desk.press("d")
        await desk.commit("y")
        await desk.press("escape", "escape")
        assert desk.screen.composer.text == ""


async def test_a_broken_book_is_told_and_the_reception_goes_on(at_desk, home_folder):
    (home_folder / "quick-replies.yaml").write_text("groups: [{title: 问好, replies: [{txt: 您好}]}]\n", "utf-8")
    async with at_desk(size=(120, 40)) as desk:
        await desk.open()
        await desk.until(lambda: "quick-replies.yaml:1" in desk.text())
        await desk.say("您好")
        assert "agent" in desk.kinds()


async def test_what_is_found_out_for_a_part_that_leaves_the_screen_is_not_told(at_desk):
    async with at_desk() as desk:
        await ready(desk)
        box, told = desk.screen.query_one("#reply"), []
        await asyncio.to_thread(aside.show, box, told.append, "while it is there")
        gone = box.remove()
        await asyncio.to_thread(aside.show, box, told.append, "while it goes")
        await gone
        await asyncio.to_thread(aside.show, box, told.append, "when it is gone")
        assert told == ["while it is there"]
