"""Pages of lines: a long one is drawn from its end, one turned back to is not drawn again."""

from textual.app import App
from textual.content import Content

from kefu_sim.tui.widgets import line_view
from kefu_sim.tui.widgets.line_view import LineView


class Talk(LineView):
    STICKS = True


class Desk(App[None]):
    CSS = "Talk { overflow-y: scroll; }"

    def get_theme_variable_defaults(self):
        names = ("muted", "faint", "line", "key-text", "key-face", "buyer", "agent")
        bubbles = ("bubble-text", "buyer-bubble", "agent-bubble")
        return {**super().get_theme_variable_defaults(), **dict.fromkeys((*names, *bubbles), "white")}

    def __init__(self):
        super().__init__()
        self.drawn = []

    def compose(self):
        yield Talk()

    def blocks(self, name, first, last):
        def block(number):
            def lines(width, style_of):
                del style_of
                self.drawn.append((name, number))
                return [Content(f"{name}{number}"), Content(f"width {width}")]

            return lines

        return [block(number) for number in range(first, last)]

    def turn(self, name, last):
        def more(sheet):
            first, sheet.rows = sheet.rows, last
            return self.blocks(name, first, last)

        self.drawn.clear()
        self.query_one(Talk).turn_to(name, more)


def shown(app):
    return [strip.text.rstrip() for strip in app.query_one(Talk).render_lines(app.query_one(Talk).size.region)]


async def test_a_long_page_is_drawn_from_its_end_and_whole_when_one_scrolls_up(monkeypatch):
    monkeypatch.setattr(line_view, "LATER_S", 60)
    app = Desk()
    async with app.run_test(size=(40, 10)) as pilot:
        app.turn("a", 50)
        await pilot.pause()
        assert "a49" in shown(app)
        assert {number for _, number in app.drawn} == set(range(42, 50))
        app.query_one(Talk).scroll_relative(y=-3, animate=False)
        await pilot.pause()
        assert len({number for _, number in app.drawn}) == 50
        assert shown(app)[-1].startswith("a48")
        app.query_one(Talk).scroll_to(y=0, animate=False)
        assert shown(app)[0] == "a0"


async def test_the_rest_is_drawn_a_moment_later(monkeypatch):
    monkeypatch.setattr(line_view, "LATER_S", 0.01)
    app = Desk()
    async with app.run_test(size=(40, 10)) as pilot:
        app.turn("a", 50)
        await pilot.pause(0.5)
        assert len({number for _, number in app.drawn}) == 50
        assert "a49" in shown(app)
        assert app.query_one(Talk).max_scroll_y == 90


async def test_a_page_turned_back_to_is_not_drawn_again(monkeypatch):
    monkeypatch.setattr(line_view, "LATER_S", 60)
    app = Desk()
    async with app.run_test(size=(40, 10)) as pilot:
        app.turn("a", 4)
        app.turn("b", 3)
        await pilot.pause()
        assert "b2" in shown(app)
        app.turn("a", 5)
        await pilot.pause()
        assert app.drawn == [("a", 4)]
        assert {"a0", "a4"} <= set(shown(app))
        await pilot.resize_terminal(30, 10)
        await pilot.pause()
        app.turn("b", 3)
        await pilot.pause()
        assert len(app.drawn) == 3
        assert "b2" in shown(app)


async def test_only_so_many_pages_are_kept(monkeypatch):
    monkeypatch.setattr(line_view, "MOST_SHEETS", 2)
    app = Desk()
    async with app.run_test(size=(40, 10)):
        for name in "abc":
            app.turn(name, 3)
        app.turn("a", 3)
        assert len(app.drawn) == 3
