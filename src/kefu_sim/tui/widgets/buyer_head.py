"""Whom one talks to: name, goods, mood, the steps so far; above the chat, and beside it where there is room."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size

from kefu_sim.i18n import tr
from kefu_sim.language.verdict import STEPS
from kefu_sim.tui.render import StyleOf, indented, plain, sides
from kefu_sim.tui.rush_view import BuyerRow
from kefu_sim.tui.view import Standing
from kefu_sim.tui.widgets.buyer_list import SIGNS
from kefu_sim.tui.widgets.changing_lines import ChangingLines
from kefu_sim.tui.widgets.progress import MOST_PROMISES, gauge_lines, step_mark
from kefu_sim.words import seconds


class BuyerLines(ChangingLines):
    """Base: lines about one buyer."""

    COMPONENT_CLASSES = ChangingLines.COMPONENT_CLASSES | {"as--title", "as--next"}
    DEFAULT_CSS = """
    BuyerLines {
        & > .as--title { color: $primary; text-style: bold; }
        & > .as--next { color: $accent; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(self.lines, at_once=True, id=id)

    def lines(self, width: int, style_of: StyleOf) -> list[Content]:
        """What there is to show."""
        raise NotImplementedError


class BuyerHead(BuyerLines):
    """One line about the person, one with the steps where no panel shows them."""

    _told: tuple[BuyerRow | None, str, Standing] = (None, "", Standing())

    def show(self, row: BuyerRow | None, tail: str, standing: Standing) -> None:
        """Show a buyer: the row of the list, the end of the order number, how the reception stands."""
        if (row, tail, standing) != self._told:
            self._told = (row, tail, standing)
            self.update()

    def lines(self, width: int, style_of: StyleOf) -> list[Content]:
        """The lines."""
        row, tail, standing = self._told
        if row is None:
            return [plain(" " + tr("Nobody is here yet."), style_of("muted"))]
        order = tr("order …{tail}").format(tail=tail) if tail else ""
        facts = plain("  " + "  ".join(filter(None, (order, row.goods))), style_of("muted"))
        left = Content.assemble((f" {row.number} ", style_of("accent")), plain(row.name, style_of("title")), facts)
        waits = tr("waits {time}").format(time=seconds(row.waited)) if row.waited is not None else ""
        sign = SIGNS[row.level] if row.waited is not None else ""
        told = f" {waits} {sign} " if waits else ""
        first = sides(left, plain(told, style_of("bad" if row.level > 1 else "warn")), width)
        if self.size.height < 2:
            return [first]
        mood = standing.mood
        figure = plain(tr("mood {n:.0f}").format(n=mood.value) + " " if mood else "", style_of("muted"))
        room = width - figure.cell_length - 2
        steps = _steps(standing, style_of)
        if steps.cell_length > room:
            steps = _steps(standing, style_of, room // len(STEPS))
        return [first, sides(Content.assemble(" ", steps), figure, width)]


def _steps(standing: Standing, style_of: StyleOf, cells: int | None = None) -> Content:
    """All steps in a row, each on at most so many cells."""
    return Content("").join([step_mark(step, standing, style_of, cells) for step in STEPS])


class BuyerPanel(BuyerLines):
    """Steps in two rows, mood and patience, what was promised to this buyer, and the order note."""

    standing = Standing()
    _notes: tuple[tuple[str, str], ...] = ()
    """(order in words, what its note says); no words where there is but one order."""

    def show(self, standing: Standing, notes: tuple[tuple[str, str], ...]) -> None:
        """Show how a reception stands; the screen is laid out anew only when there are more or fewer lines."""
        if (standing, notes) == (self.standing, self._notes):
            return
        self.standing, self._notes = standing, notes
        self.update()
        if self.region and len(self._shown) != self.content_size.height:
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        del container, viewport
        return len(self.lines(width, self.style_of))

    def lines(self, width: int, style_of: StyleOf) -> list[Content]:
        """Steps, gauges, promises, notes."""
        half = len(STEPS) // 2
        rows = [
            Content(" ").join([step_mark(step, self.standing, style_of) for step in part])
            for part in (STEPS[:half], STEPS[half:])
        ]
        page = [Content.styled(tr("Eight steps"), style_of("title")), *rows]
        page += gauge_lines(self.standing, width, style_of)
        if self.standing.promises:
            page += [Content(""), Content.styled(tr("Promised"), style_of("title"))]
            for promise in self.standing.promises[:MOST_PROMISES]:
                mark = plain("× " if promise.missed else "◇ ", style_of("bad" if promise.missed else "accent"))
                page += indented(plain(promise.about), width, mark)
        page += [Content(""), Content.styled(tr("Order note"), style_of("title"))]
        for order, text in self._notes:
            label = plain(f"{order}  " if order else "", style_of("muted"))
            page += indented(plain(text), width, label)
        if not self._notes:
            page.append(plain(tr("Nothing yet · F6 writes"), style_of("faint")))
        return page
