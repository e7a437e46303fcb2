from textual.geometry import Offset

from kefu_sim.base.text import MAX_MESSAGE


async def test_a_huge_paste_is_cut_with_a_notice(at_desk):
    async with at_desk() as desk:
        await desk.open()
        await desk.commit("您")
        await desk.paste("长" * 100_000)
        assert len(desk.screen.composer.text) == MAX_MESSAGE
        assert "多出的 96001 字已略去" in desk.text()
        await desk.commit("再来")
        assert len(desk.screen.composer.text) == MAX_MESSAGE


async def test_enter_sends_and_ctrl_j_breaks_the_line(at_desk):
    async with at_desk() as desk:
        await desk.open()
        await desk.commit("您好")
        await desk.press("ctrl+j")
        await desk.commit("在的")
        await desk.press("enter")
        assert desk.log[-2].text == "您好\n在的"
        assert desk.screen.composer.text == ""


async def test_keys_read_together_edit_what_was_typed_before_them(at_desk):
    async with at_desk() as desk:
        await desk.open()
        await desk.burst(*"您好吗", "backspace", *"，在", "left", "left", "亲", "end", "呢")
        await desk.until(lambda: desk.screen.composer.text.endswith("呢"))
        assert desk.screen.composer.text == "您好亲，在呢"


async def test_an_empty_draft_is_not_sent(at_desk):
    async with at_desk() as desk:
        await desk.open()
        await desk.press("space", "enter")
        assert "agent" not in desk.kinds()


async def test_the_terminal_cursor_follows_the_caret(at_desk):
    async with at_desk() as desk:
        await desk.open()
        composer = desk.screen.composer
        corner = composer.content_region.offset
        assert desk.app.cursor_position == corner
        await desk.commit("您好，")
        assert desk.app.cursor_position == corner + Offset(6, 0)
        await desk.pilot.resize_terminal(120, 40)
        await desk.settle()
        assert desk.app.cursor_position == composer.content_region.offset + Offset(6, 0)
        assert desk.app.cursor_position.y < 40 - 3
        await desk.press("f1")
        await desk.press("escape")
        assert desk.app.cursor_position == composer.content_region.offset + Offset(6, 0)


async def test_long_chinese_drafts_fill_their_lines_and_begin_none_with_a_stop(at_desk):
    async with at_desk(size=(60, 24)) as desk:
        await desk.open()
        composer = desk.screen.composer
        width = composer.wrap_width
        await desk.commit("好" * (width // 2) + "，" + "行")
        sections = composer.wrapped_document.get_sections(0)
        assert sections == ["好" * (width // 2 - 1), "好，行"]
