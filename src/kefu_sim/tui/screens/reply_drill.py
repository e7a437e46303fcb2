"""The reply drill: a buyer line, half a minute, an answer in free words; then what it was understood as."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from kefu_sim import drill_words as words
from kefu_sim.drill.reply import Answer, Question, answers, reply_figures
from kefu_sim.drills import DrillRoom, ReplyPlay
from kefu_sim.i18n import tr
from kefu_sim.reply_questions import Judged
from kefu_sim.tui import aside
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import Block, StyleOf, bar, fitted, indented, plain, wrapped
from kefu_sim.tui.screens.drill_page import DrillPage
from kefu_sim.tui.widgets.composer import Composer
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.words import politeness_title, step_list

CELLS = 30
"""Of the bar of time left."""
NAMES = 22
"""Cells of what a fact is called."""
URGENT = 10.0
"""Seconds left at which the clock turns to warning."""


class ReplyDrillScreen(DrillPage):
    """Line after line."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("reply-drill")
    AUTO_FOCUS = "#composer"
    place: Place = "reply-drill"

    page = getters.query_one("#page", LineView)
    composer = getters.query_one("#composer", Composer)

    def __init__(self, room: DrillRoom, play: ReplyPlay) -> None:
        super().__init__()
        self.play = play
        self._room = room
        self._told = 0

    def compose(self) -> ComposeResult:
        """Head, page, clock, composer, keys."""
        yield HeadLine()
        yield LineView(id="page")
        yield Static(id="clock")
        composer = Composer(lambda: self.play.run.now, id="composer")
        composer.border_title = tr("Your reply")
        yield composer
        yield KeyLine()

    def on_mount(self) -> None:
        """The first line."""
        self.page.can_focus = False
        self.ask()

    def ask(self) -> None:
        """The next buyer line, or the end."""
        run = self.play.run
        run.ask()
        self._told = len(answers(run.log))
        self.composer.read_only = run.over
        self.composer.load_text("")
        self.composer.border_subtitle = tr("Enter: back to the drills") if run.over else tr("Enter sends")
        if run.over:
            self.close()
        elif run.question is not None:
            self.page.show([self._scene(run.question), _buyer_line(run.question)])
        self.advance()
        self.composer.focus()

    def advance(self) -> None:
        """Let time pass: called by the ticker."""
        run = self.play.run
        run.tick()
        if not self.is_mounted:
            return
        given = answers(run.log)
        if len(given) > self._told:
            self._told = len(given)
            self.composer.read_only = True
            self.composer.border_subtitle = tr("Enter: next")
            self.page.show([_buyer_line(given[-1].question), _answer_line(given[-1])])
            self.judge()
        self._show_clock()

    @work(thread=True, exclusive=True)
    def judge(self) -> None:
        """Understand the last answer; the recogniser may still have to be read."""
        judged = self._room.judged(self.play)[-1]
        aside.show(self, self.show_judged, judged)

    def show_judged(self, judged: Judged) -> None:
        """What the answer was understood as."""
        if self.play.run.left is None and not self.play.run.over:
            answer = judged.answer
            self.page.show([_buyer_line(answer.question), _answer_line(answer), judged_block(judged)])

    def _scene(self, question: Question) -> Block:
        """What one must know to answer."""
        brief = self._room.brief(question)
        return lambda width, style_of: [*wrapped(plain(brief, style_of("muted")), width), Content("")]

    def close(self) -> None:
        """The end: all answers below the figures."""
        self.our_app.take_in()
        self.summarise()

    @work(thread=True, exclusive=True)
    def summarise(self) -> None:
        """Understand all answers."""
        everything = self._room.judged(self.play)
        well = sum(judged.good for judged in everything)
        aside.show(self, self.page.show, [self._figures(well), *(_brief(judged) for judged in everything)])

    def _figures(self, well: int) -> Block:
        found = reply_figures(answers(self.play.run.log))
        limit = self._room.standards.reply_s
        rows = [
            (tr("Answered within {s:.0f} s").format(s=limit), f"{found.answered} / {found.asked}"),
            (tr("Answered well"), f"{well} / {found.asked}"),
            (tr("Mean time to the answer"), "–" if found.mean_s is None else tr("{n:.1f} s").format(n=found.mean_s)),
            (tr("Typing by hand"), tr("{n} a minute").format(n=words.speed(found.speed))),
        ]

        def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
            title = plain(tr("Reply drill finished"), style_of("title"))
            told = [
                Content.assemble(fitted(plain("  " + name), 34), plain(value, style_of("strong")))
                for name, value in rows
            ]
            return [title, *(line.truncate(width) for line in told), Content("")]

        return lines

    def _show_clock(self) -> None:
        run = self.play.run
        number, of = run.number
        self.tell(
            run.opened.title or tr("Reply drill"), plain(f" {number} / {of}"), right=tr("answer in your own words")
        )
        left, limit = run.left, self._room.standards.reply_s
        line = Content("")
        if left is not None:
            full, empty = bar(left, 0, limit, CELLS)
            style = "$warning bold" if left <= URGENT else "$success"
            line = Content.assemble((full, style), (empty, "$faint"), ("  " + tr("{s:.0f} s").format(s=left), style))
        clock = self.query_one("#clock", Static)
        if clock.content != line:
            clock.update(line, layout=False)

    @on(Composer.Submitted)
    def said(self, event: Composer.Submitted) -> None:
        """An answer is sent."""
        self.play.run.answer(event.text, event.typed, event.typing_s, event.pasted)
        self.advance()

    def on_key(self, event: events.Key) -> None:
        """Between two lines Enter goes on."""
        if event.key == "enter" and self.composer.read_only:
            event.stop()
            if self.play.run.over:
                self.our_app.drills.open_menu()
            else:
                self.ask()

    def on_screen_resume(self) -> None:
        """Back from a page."""
        self.composer.focus()
        self.composer.place_caret()

    def on_unmount(self) -> None:
        """However the screen goes away, the log gets its end."""
        self.play.run.leave()

    def action_leave(self) -> None:
        """Give up."""
        self.play.run.leave()
        self.our_app.drills.open_menu()


def _buyer_line(question: Question) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        label = plain(tr("Buyer  "), style_of("buyer"))
        return [*indented(plain(question.buyer, style_of("strong")), width, label), Content("")]

    return lines


def _answer_line(answer: Answer) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        if not answer.text:
            return [plain(tr("Time is up: no answer"), style_of("bad")), Content("")]
        label = plain(tr("You  "), style_of("agent"))
        return [*indented(plain(answer.text, style_of("agent")), width, label), Content("")]

    return lines


def judged_block(judged: Judged) -> Block:
    """An answer's time and speed, what it was understood as, what an excellent one says."""

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page: list[Content] = []
        if judged.answer.text:
            cells = [_fact(name, value, style_of) for name, value in _facts(judged)]
            page = _columns(cells, width)
            page.append(Content(""))
        if judged.model:
            page += indented(plain(judged.model), width, plain(tr("Excellent  "), style_of("good")))
        return page

    return lines


def _facts(judged: Judged) -> list[tuple[str, str]]:
    answer = judged.answer
    return [
        (tr("Answered after"), tr("{n:.1f} s").format(n=answer.seconds)),
        (tr("Typing by hand"), tr("{n} a minute").format(n=words.speed(answer.speed))),
        (tr("The moment asks for"), step_list(judged.asked)),
        (tr("Seen in it"), step_list(judged.done)),
        (tr("Tone"), politeness_title(judged.seen.politeness)),
        (tr("The buyer"), tr("understood, and goes on") if judged.understood else tr("did not find an answer in it")),
    ]


def _fact(name: str, value: str, style_of: StyleOf) -> Content:
    return Content.assemble(fitted(plain("  " + name, style_of("muted")), NAMES), plain(value, style_of("strong")))


def _columns(cells: Sequence[Content], width: int) -> list[Content]:
    """Two columns where all of them fit in half the width, else one."""
    half = width // 2
    if max(cell.cell_length for cell in cells) > half:
        return list(cells)
    return [Content.assemble(fitted(a, half), b) for a, b in zip(cells[::2], cells[1::2], strict=True)]


def _brief(judged: Judged) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        answer = judged.answer
        well = judged.good
        sign = plain("✓ " if well else "✗ ", style_of("good" if well else "bad"))
        page = indented(plain(answer.question.buyer, style_of("muted")), width, sign)
        said = answer.text or tr("no answer")
        page += indented(plain(said), width, "  ")
        if answer.text:
            facts = tr("{s:.1f} s · {speed} a minute · seen: {steps} · tone: {tone}")
            tone = politeness_title(judged.seen.politeness)
            text = facts.format(
                s=answer.seconds, speed=words.speed(answer.speed), steps=step_list(judged.done), tone=tone
            )
            page += indented(plain(text, style_of("muted")), width, "  ")
        return [*page, Content("")]

    return lines
