"""The parts of a film on the screen: a lane with its chat and how it stands, drawn large for a projector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widgets import Static

from kefu_sim.base.text import clean
from kefu_sim.base.wrap import wrap
from kefu_sim.demo.lane import Lane, Opinion
from kefu_sim.demo_words import ROLE_SIGNS, role_title, share_words
from kefu_sim.engine import events as ev
from kefu_sim.i18n import language, tr
from kefu_sim.language.verdict import STEPS, Recognition, Step
from kefu_sim.rulebook.rubric import fault_title
from kefu_sim.tui.film_view import Look
from kefu_sim.tui.render import Block, StyleOf, indented, plain, sides, wrapped
from kefu_sim.tui.view import Gauge
from kefu_sim.tui.widgets.chat_log import Aside, Bubble, ChatLog, TypingNow
from kefu_sim.tui.widgets.progress import Progress, gauge_text, step_mark, waiting_text
from kefu_sim.words import aside_line, issue_title, politeness_title, step_title

CARET = "▌"


@dataclass(frozen=True, slots=True)
class OpinionBlock:
    """What the judge says of a reply, below it."""

    opinion: Opinion

    def __call__(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        """Its lines: points and where they come from, steps, tone, faults, then the rows that say why."""
        pieces = [*points_pieces(self.opinion, style_of), *seen_pieces(self.opinion.seen, style_of)]
        lines = [line.pad_left(1) for line in flowed(pieces, width - 2)]
        for row in self.opinion.rows:
            lost = row.points < 0 or row.points < row.of
            figure = f"{row.points:+g}" + (f"/{row.of:g}" if row.of else "")
            label = plain(f" {figure} ", style_of("bad" if lost else "good"))
            lines += indented(plain(row.reason.pick(language()), style_of("muted")), width - 1, label)
        return [*lines, Content("")]


def points_pieces(opinion: Opinion, style_of: StyleOf) -> list[Content]:
    """Points of a reply and what they come from, each a piece that is not broken."""
    points = plain(tr("{n:+.1f} points").format(n=opinion.gained), style_of("strong"))
    return [points, *(plain(share, style_of("muted")) for share in share_words(opinion.shares))]


def seen_pieces(seen: Recognition, style_of: StyleOf) -> list[Content]:
    """Steps, tone and faults of a reply, each a piece that is not broken."""
    pieces = [plain(f"✓ {step_title(step)}", style_of("good")) for step in seen.steps]
    tone = "good" if seen.politeness > 0 else "bad" if seen.politeness else "muted"
    pieces.append(plain(politeness_title(seen.politeness), style_of(tone)))
    told = {fault.issue for fault in seen.faults}
    pieces += [plain(f"✗ {issue_title(issue)}", style_of("bad")) for issue in seen.issues if issue not in told]
    faults = dict.fromkeys(fault.category for fault in seen.faults)
    pieces += [plain(f"✗ {fault_title(category)}", style_of("bad")) for category in faults]
    return pieces


def flowed(pieces: Sequence[Content], width: int) -> list[Content]:
    """Pieces in lines, none of them broken."""
    lines: list[Content] = []
    for piece in pieces:
        if lines and lines[-1].cell_length + 2 + piece.cell_length <= width:
            lines[-1] = Content.assemble(lines[-1], "  ", piece)
        else:
            lines.append(piece)
    return lines


class StageBar(Progress):
    """Steps, mood, waiting and points of a lane."""

    DEFAULT_CSS = """
    StageBar { height: auto; text-wrap: nowrap; }
    """
    look: reactive[Look] = reactive(Look())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the steps need in this width, and one for the figures."""
        del container, viewport
        return len(self._steps(width)) + 1

    def _steps(self, width: int) -> list[Content]:
        return _spread([self._step(step, self.style_of) for step in STEPS], width)

    def render(self) -> Content:
        """Two or three lines."""
        style_of: StyleOf = self.style_of
        width, look = self.content_size.width, self.look
        lines = self._steps(width)
        now, roomy = look.standing, width >= 60
        pieces: list[Content] = []
        for name, gauge, moved in ((tr("Mood"), now.mood, look.moved), (tr("Patience"), now.patience, 0.0)):
            if gauge is not None and (roomy or name == tr("Mood")):
                pieces.append(_meter(name, gauge, moved, 10 if roomy else 5, style_of))
        if look.waiting is not None:
            pieces.append(Content.assemble((tr("Waits"), style_of("muted")), " ", waiting_text(look.waiting, style_of)))
        points = Content.assemble((tr("Points"), style_of("muted")), (f" {look.total:.0f}", style_of("title")))
        if abs(look.gained) >= 0.5:
            points = Content.assemble(points, " ", _change(look.gained, style_of))
        return Content("\n").join([*lines, sides(Content("  ").join(pieces), points, width)])

    def _step(self, step: Step, style_of: StyleOf) -> Content:
        mark = step_mark(step, self.look.standing, style_of)
        return mark.stylize("reverse bold") if step in self.look.fresh else mark


def _spread(marks: Sequence[Content], width: int) -> list[Content]:
    """The steps in one line, or in two or four equal ones."""
    for gap, rows in ((2, 1), (1, 1), (2, 2), (1, 2), (1, 4)):
        size = len(marks) // rows
        lines = [Content(" " * gap).join(marks[at : at + size]) for at in range(0, len(marks), size)]
        if max(line.cell_length for line in lines) <= width:
            return lines
    return lines


def _meter(name: str, gauge: Gauge, moved: float, cells: int, style_of: StyleOf) -> Content:
    line = Content.assemble((name, style_of("muted")), " ", gauge_text(gauge, cells, style_of))
    return Content.assemble(line, " ", _change(moved, style_of)) if moved else line


def _change(by: float, style_of: StyleOf) -> Content:
    return plain(f"{'▲' if by > 0 else '▼'}{abs(by):.0f}", style_of("good" if by > 0 else "bad"))


@dataclass(frozen=True, slots=True)
class Draft:
    """What the agent is typing, growing where the bubble will be."""

    who: str
    text: str

    def __call__(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        """Its lines."""
        lines = wrap(clean(self.text) + CARET, max(width - 6, 8), cell_len)
        head = plain(tr("{who} is typing…").format(who=self.who), style_of("agent"))
        return [
            head.pad_left(max(width - 1 - head.cell_length, 0)),
            *(plain(line, style_of("strong")).pad_left(max(width - 3 - cell_len(line), 1)) for line in lines),
        ]


@dataclass(frozen=True, slots=True)
class Silence:
    """Seconds in which nobody says anything."""

    seconds: int

    def __call__(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        """Its line."""
        text = tr("… {n} seconds without a reply …").format(n=self.seconds)
        return [line.stylize(style_of("warn")).center(width) for line in wrapped(plain(text), max(width - 2, 8))]


class StageLog(ChatLog):
    """The chat of a lane, at any moment of its film."""

    def __init__(self, lane: Lane, opinions: Mapping[int, Opinion]) -> None:
        """`opinions` by place of the message in the log."""
        super().__init__(reveal=True)
        self._lane = lane
        self._opinions = opinions
        self._count = 0
        self._picture: tuple[object, ...] = ()
        """What is drawn now."""
        self._needs = {name: hidden.text for name, hidden in lane.program.scenario.hidden.items() if hidden.need}

    def show_look(self, look: Look) -> None:
        """Show what has been said up to a moment, and who is about to say something."""
        picture = (look.count, look.draft, look.silent, look.buyer_types)
        if picture == self._picture:
            return
        self._picture = picture
        self._show_count(look.count)
        if look.draft:
            self.end_with(Draft(self.agent, look.draft))
        elif look.silent:
            self.end_with(Silence(look.silent))
        else:
            self.end_with(TypingNow() if look.buyer_types else None)
        self.to_end()

    @property
    def agent(self) -> str:
        """Name of the agent."""
        return tr("The class") if self._lane.role == "class" else tr("Agent")

    def _show_count(self, count: int) -> None:
        if count < self._count:
            self.show(())
            self._count = 0
        blocks = [block for at in range(self._count, count) for block in self._blocks_at(at)]
        self._count = count
        if blocks:
            self.add(blocks)

    def _blocks_at(self, at: int) -> list[Block]:
        event = self._lane.events[at]
        match event:
            case ev.BuyerSaid():
                return [Bubble(tr("Buyer"), event.text, event.t, mine=False, large=True, roomy=True)]
            case ev.AgentSent():
                said: list[Block] = [Bubble(self.agent, event.text, event.t, mine=True, large=True, roomy=True)]
                opinion = self._opinions.get(at)
                return [*said, OpinionBlock(opinion)] if opinion else said
            case ev.Resumed():
                return []
            case ev.Bookkeeping():
                told = self._lane.mask(aside_line(self._lane.program.scenario, event))
                style = "accent" if isinstance(event, ev.Noticed) else "faint"
                return [Aside(told, style)] if told else []
            case _:
                block = self._block(event, self._needs, self._lane.program.scenario)
                return [block] if block is not None else []


class LanePane(Vertical):
    """One reception on the stage."""

    DEFAULT_CSS = """
    LanePane {
        width: 1fr;
        & > .lane-head { height: 1; text-wrap: nowrap; text-style: bold; }
        & > StageBar { padding: 0 1; border-bottom: solid $line; }
        & > StageLog { padding: 1 0 0 1; scrollbar-size-vertical: 0; }
    }
    """
    bar = getters.query_one(StageBar)
    chat = getters.query_one(StageLog)

    def __init__(self, lane: Lane, opinions: Mapping[int, Opinion], *, named: bool) -> None:
        """`named`: its role stands above it."""
        super().__init__(classes=f"lane-{lane.role}")
        self._lane = lane
        self._opinions = opinions
        self._named = named

    def compose(self) -> ComposeResult:
        """Name, figures, chat."""
        if self._named:
            yield Static(self._headline(active=False), classes="lane-head")
        yield StageBar()
        yield StageLog(self._lane, self._opinions)

    def show_look(self, look: Look) -> None:
        """Show a moment."""
        self.bar.look = look
        self.chat.show_look(look)
        if self._named and look.active != self.has_class("-active"):
            self.set_class(look.active, "-active")
            self.query_one(".lane-head", Static).update(self._headline(active=look.active))

    def _headline(self, *, active: bool) -> Content:
        role = self._lane.role
        return plain(f" {ROLE_SIGNS[role]} {role_title(role)} {'●' if active else ' '}")
