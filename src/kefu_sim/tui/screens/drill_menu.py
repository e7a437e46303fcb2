"""What to type, how fast, how long: the way into a drill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from kefu_sim import drill_words as words
from kefu_sim.drill.row import DrillRow, best
from kefu_sim.drill.texts import DIFFICULTIES, LENGTHS, Wanted
from kefu_sim.drills import DrillRoom, Settings
from kefu_sim.i18n import language, tr
from kefu_sim.language.verdict import STEPS, Step
from kefu_sim.scenario.library import order
from kefu_sim.tui import aside
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import StyleOf, fitted, indented, plain, stars, wrapped
from kefu_sim.tui.screens.drill_page import DrillPage
from kefu_sim.tui.widgets.choice_rows import ChoiceRows, Row
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.words import listed, step_title

if TYPE_CHECKING:
    from kefu_sim.drill.phrases import Phrase

PARTS = (*(step.value for step in STEPS), "售后")
DEFAULTS = {"kind": "copy", "target": 80, "size": (60, 0), "source": "bank", "mode": "practice"}
QUESTIONS = (5, 10, 20)


@dataclass(frozen=True, slots=True)
class _Past:
    """What is known of earlier drills."""

    rows: tuple[DrillRow, ...] = ()
    waiting: tuple[Phrase, ...] = ()


class DrillMenuScreen(DrillPage):
    """Choices above, records below."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("drill-menu")
    AUTO_FOCUS = "#choices"
    place: Place = "drill-menu"

    choices = getters.query_one("#choices", ChoiceRows)
    about = getters.query_one("#about", LineView)

    def __init__(self, room: DrillRoom) -> None:
        super().__init__()
        self._room = room
        self._past = _Past()

    def compose(self) -> ComposeResult:
        """Head, choices, records, keys."""
        yield HeadLine()
        with Vertical(id="frame") as frame:
            frame.border_title = plain(tr(" Choose "))
            yield ChoiceRows(self._rows("copy", "bank"), dict(DEFAULTS), id="choices")
        yield LineView(id="about")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the records in the background."""
        self.about.border_title = plain(tr(" So far "))
        self.about.can_focus = False
        self.look_back()

    def on_resize(self) -> None:
        """The head fills the width."""
        self.tell(tr("Typing drill"), plain(tr("60, 80, 100 characters a minute, measured for Chinese input")))

    def on_screen_resume(self) -> None:
        """There may be a new record."""
        self.look_back()

    @work(thread=True, exclusive=True)
    def look_back(self) -> None:
        """Read what is known of earlier drills."""
        target = self.choices.value("target")
        waiting = self._room.to_practise(target) if isinstance(target, int) else []
        past = _Past(tuple(self._room.rows()), tuple(waiting))
        aside.show(self, self.show_past, past)

    def show_past(self, past: _Past) -> None:
        """Show the records."""
        self._past = past
        self._show_rows()
        self.about.show([self._records])

    @on(ChoiceRows.Changed)
    def changed(self) -> None:
        """Other choices may follow from this one."""
        self._show_rows()
        self.look_back()

    def _show_rows(self) -> None:
        kind, source = self.choices.value("kind"), self.choices.value("source")
        self.choices.show_rows(self._rows(str(kind), str(source or "bank")))

    def _rows(self, kind: str, source: str) -> list[Row]:
        levels = self._room.standards.levels.speeds()
        kinds = [
            ("copy", tr("Copy a text")),
            ("reply", tr("Answer buyers")),
            ("ime", tr("Check the input method")),
        ]
        rows = [Row("kind", tr("Drill"), kinds)]
        if kind == "reply":
            return [*rows, Row("count", tr("Questions"), [(count, str(count)) for count in QUESTIONS])]
        if kind != "copy":
            return rows
        waiting = [("phrases", tr("My worst phrases"))] if self._past.waiting else []
        minutes = [((60 * n, 0), tr("{n} min").format(n=n)) for n in (1, 3, 5)]
        lengths = [((0, n), tr("{n} characters").format(n=n)) for n in (100, 200, 400)]
        rows += [
            Row("target", tr("Target"), [(speed, words.target_title(speed, self._room.standards)) for speed in levels]),
            Row("size", tr("Length"), [*minutes, *lengths]),
            Row("mode", tr("Mode"), [("practice", tr("Practice")), ("exam", tr("Exam"))]),
            Row("source", tr("Text"), [("bank", tr("Service sentences")), *waiting, ("scenario", tr("Model answers"))]),
        ]
        if source == "scenario":
            stories = order(self._room.house.library.entries)
            rows.append(
                Row("scenario", tr("Buyer"), [(s.id, _title(s.title, s.title_en)) for s in stories] or [("", "–")])
            )
        if source == "bank":
            every = (None, tr("all"))
            sizes = list(zip(LENGTHS, (tr("short"), tr("medium"), tr("long")), strict=True))
            rows += [
                Row("part", tr("Part"), [every, *((part, part_title(part)) for part in PARTS)]),
                Row("length", tr("Sentences"), [every, *sizes]),
                Row("difficulty", tr("Difficulty"), [every, *((n, stars(n)[:3]) for n in DIFFICULTIES)]),
            ]
        return rows

    def _records(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        standards, page = self._room.standards, []
        for speed in standards.levels.speeds():
            row = best(self._past.rows, speed, latin=False)
            label = fitted(plain(words.target_title(speed, standards), style_of("strong")), 16)
            if row is None or row.net is None:
                page.append(Content.assemble(label, plain(tr("no record yet"), style_of("muted"))))
                continue
            reached = words.level_title(standards.reached(row.net))
            value = plain(
                tr("best {net:.1f} · {level} · {day}").format(net=row.net, level=reached, day=row.started[:10])
            )
            page.append(Content.assemble(label, value))
        drills = [row for row in self._past.rows if row.drill == "copy" and row.net is not None][-8:]
        if drills:
            recent = " ".join(f"{row.net:.0f}" for row in drills)
            page += indented(plain(recent), width, fitted(plain(tr("Last drills"), style_of("muted")), 16))
        if self._past.waiting:
            names = listed([phrase.text for phrase in self._past.waiting])
            page += indented(
                plain(names, style_of("accent")), width, fitted(plain(tr("To practise"), style_of("muted")), 16)
            )
        page.append(Content(""))
        for note in (self._mode_help(), tr("Any other text: kefu-sim drill --text FILE")):
            page += wrapped(plain(note, style_of("muted")), width)
        return page

    def _mode_help(self) -> str:
        if self.choices.value("mode") == "exam":
            return tr("Exam: punctuation must be exact; no pause, no hint.")
        return tr("Practice: punctuation of either width; pause with F5; pinyin after two idle seconds.")

    def settings(self) -> Settings:
        """What is chosen."""
        value = self.choices.value
        seconds, length = cast("tuple[int, int]", value("size"))
        wanted = Wanted(value("part"), value("length"), value("difficulty"))  # type: ignore[arg-type]
        return Settings(
            target=cast("int", value("target")),
            seconds=float(seconds),
            length=length or Settings().length,
            mode=value("mode"),  # type: ignore[arg-type]
            source=str(value("source")),
            wanted=wanted,
            scenario=str(value("scenario") or ""),
        )

    def action_start(self) -> None:
        """Begin what is chosen."""
        match self.choices.value("kind"):
            case "reply":
                self.our_app.drills.begin_reply(cast("int", self.choices.value("count")))
            case "ime":
                self.our_app.drills.check_input_method()
            case _:
                self.our_app.drills.begin(self.settings())

    def action_home(self) -> None:
        """Back to the buyers."""
        self.our_app.go_home()


def _title(chinese: str, english: str) -> str:
    return english if language() == "en" and english else chinese


def part_title(part: str) -> str:
    """Name of a part of the bank."""
    return step_title(Step(part)) if part in STEPS else tr("After-sales")
