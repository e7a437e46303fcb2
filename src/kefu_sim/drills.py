"""The use cases of the drill that every face shares: put a text together, begin, keep, measure, compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from kefu_sim.base.clock import Clock
from kefu_sim.base.draws import Draw, seeded
from kefu_sim.base.errors import BadLogError, KefuError, UnwritableError
from kefu_sim.base.text import unfolded
from kefu_sim.base.wallclock import WallClock
from kefu_sim.drill import events as ev
from kefu_sim.drill import texts
from kefu_sim.drill.bill import Loss, bill
from kefu_sim.drill.measure import Figures, curve, figures
from kefu_sim.drill.phrases import Phrase, followed, phrases, remeasured, worst
from kefu_sim.drill.reply import Question, ReplyRun, answers
from kefu_sim.drill.row import DrillRow, best, drill_row, summary
from kefu_sim.drill.run import Run
from kefu_sim.drill.sheet import sheet_of
from kefu_sim.drill.standards import Standards, phrase_goal
from kefu_sim.engine.program import Program
from kefu_sim.history.due import all_cards
from kefu_sim.history.due import questions as due_questions
from kefu_sim.history.intake import take_in
from kefu_sim.house import House, fresh_seed
from kefu_sim.i18n import language, tr
from kefu_sim.programs import program_for
from kefu_sim.progress.record import Wanted
from kefu_sim.progress.spacing import due_on
from kefu_sim.reply_questions import Judged, judge, questions
from kefu_sim.rulebook.drill import load_bank, load_standards
from kefu_sim.scenario.model import Scenario
from kefu_sim.store.drills import Drills
from kefu_sim.store.logs import LogWriter
from kefu_sim.store.textfiles import read_text_file

REMEMBERED = 12
"""Drills back from now that the phrases to practise are gathered from."""
REPLY_STORIES = 6
"""So many stories, drawn at random, give the buyer lines of one reply drill."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the trainee chose."""

    target: int = 80
    """Characters a minute."""
    seconds: float = 60.0
    """0: until the text is done."""
    length: int = 200
    """Characters of a drill without a time limit."""
    mode: ev.Mode = "practice"
    source: str = "bank"
    """`bank`, `phrases`, `scenario` or `file`."""
    wanted: texts.Wanted = field(default_factory=texts.Wanted)
    scenario: str = ""
    file: str = ""
    face: ev.Face = "screen"
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A finished drill and how it compares."""

    id: str
    opened: ev.Opened
    figures: Figures
    curve: tuple[float, ...]
    """Characters a minute in each second."""
    bill: tuple[Loss, ...]
    slow: tuple[Phrase, ...]
    """Slowest first."""
    wrong: tuple[Phrase, ...]
    next: tuple[Phrase, ...]
    """What the next drill practises."""
    before: float | None
    """Personal best of this level before; None without one."""
    record: bool
    """Whether this is the new one."""
    latin: bool


@dataclass
class Keeper:
    """Saves a drill as it goes: nothing before something was typed; when the disk refuses, the drill goes on."""

    drills: Drills
    opened: ev.Opened
    id: str = ""
    unsaved: str = ""
    """Why nothing is saved any more; empty while saving works."""
    _held: list[ev.Event] = field(default_factory=list)
    _writer: LogWriter[ev.Event] | None = None

    def keep(self, new: Sequence[ev.Event]) -> None:
        """Append events; the first that brings text brings those before it."""
        if self.unsaved:
            return
        self._held += new
        if self._writer is None and not any(map(_brings_text, new)):
            return
        try:
            if self._writer is None:
                stamp = datetime.now().astimezone().strftime("%Y%m%dT%H%M%S")
                self._writer = self.drills.new_log(stamp)
                self.id = self._writer.path.stem
                self._held.insert(0, self.opened)
            self._writer.write(self._held)
            self._held.clear()
            if isinstance(new[-1], ev.Ended):
                self._writer.close()
        except UnwritableError as error:
            self.unsaved = error.message


@dataclass
class DrillPlay:
    """One drill being typed, and where it is kept."""

    run: Run
    keeper: Keeper
    settings: Settings
    remark: str = ""
    """What was done to a foreign text."""


@dataclass
class ReplyPlay:
    """One reply drill, and where it is kept."""

    run: ReplyRun
    keeper: Keeper
    house: House


@dataclass
class DrillRoom:
    """Everything a face needs."""

    house: House = field(default_factory=House)

    @cached_property
    def standards(self) -> Standards:
        """The numbers of the trade."""
        return load_standards()

    @cached_property
    def drills(self) -> Drills:
        """The folder of drills."""
        return self.house.drills

    def material(self, settings: Settings, draw: Draw) -> texts.Material:
        """The lines to type. Raises KefuError that says why there are none."""
        chars = texts.room_for(settings.seconds, self.standards) if settings.seconds else settings.length
        match settings.source:
            case "phrases":
                return self._phrases(settings, draw, chars)
            case "scenario":
                story = self.house.library.get(settings.scenario)
                return texts.Material(_model_answers(story), story.title, f"scenario:{story.id}")
            case "file":
                lines, lost = texts.fit(read_text_file(Path(settings.file)))
                remark = tr("{n} characters that cannot be typed or drawn were left out").format(n=lost) if lost else ""
                return texts.Material(lines, Path(settings.file).name, "file", remark)
            case _:
                lines = texts.chosen(load_bank(), settings.wanted, chars, draw)
                return texts.Material(lines, tr("Service sentences"), "bank")

    def begin(self, settings: Settings, clock: Clock | None = None) -> DrillPlay:
        """Open a drill; the count-down runs from now. Raises KefuError."""
        seed = fresh_seed() if settings.seed is None else settings.seed
        material = self.material(settings, seeded(seed))
        lines: Sequence[str] = material.lines
        if settings.seconds:
            most = texts.room_for(settings.seconds, self.standards)
            lines = texts.filled(lines, most)
        else:
            most = min(settings.length, texts.LONGEST_TEXT)
        text, starts = texts.joined(lines, most)
        opened = ev.Opened(
            0.0, "copy", settings.mode, settings.target, settings.seconds, text, starts,
            title=material.title, source=material.source, rules=self.standards.version, face=settings.face,
            started=_now(), trainee=self.house.desk.trainee,
        )  # fmt: skip
        keeper = Keeper(self.drills, opened)
        run = Run(opened, self.standards, clock or WallClock(), keeper.keep)
        return DrillPlay(run, keeper, settings, material.remark)

    def begin_reply(
        self, count: int, mode: ev.Mode = "practice", seed: int | None = None, clock: Clock | None = None
    ) -> ReplyPlay:
        """Open a reply drill. Raises KefuError when no scenario can be read."""
        draw, library = seeded(fresh_seed() if seed is None else seed), self.house.library
        ids = sorted(sorted(library.entries), key=lambda story: draw(0, story))
        asked = questions([library.get(story) for story in ids[:REPLY_STORIES]], count, draw)
        if not asked:
            raise KefuError(tr("there is no buyer to answer"), hint=tr("`kefu-sim list` shows what is wrong"))
        return self._reply(asked, mode, tr("Reply drill"), "scenarios", clock)

    def begin_due(self, today: date, clock: Clock | None = None) -> ReplyPlay:
        """Open a reply drill of the failed turns that are due. Raises KefuError when none is, or none can be found."""
        take_in(self.house)
        waiting = all_cards(self.house)
        asked = due_questions(due_on(waiting, today))
        if not asked:
            hint = tr("the next one comes on {day}").format(day=waiting[0].due) if waiting else ""
            raise KefuError(tr("no failed turn is to be answered again today"), hint=hint)
        return self._reply(asked, "practice", tr("Failed turns again"), "review", clock)

    def _reply(
        self, asked: Sequence[Question], mode: ev.Mode, title: str, source: str, clock: Clock | None
    ) -> ReplyPlay:
        opened = ev.Opened(
            0.0, "reply", mode, 80, 0.0, "", title=title, source=source,
            rules=self.standards.version, started=_now(), trainee=self.house.desk.trainee,
        )  # fmt: skip
        keeper = Keeper(self.drills, opened)
        return ReplyPlay(ReplyRun(opened, asked, self.standards, clock or WallClock(), keeper.keep), keeper, self.house)

    def brief(self, question: Question) -> str:
        """Which shop, which goods, which buyer: what one must know to answer a line."""
        entry = self.house.library.entries.get(question.scenario)
        if entry is None:
            return ""
        return entry.brief_en if language() == "en" and entry.brief_en else unfolded(entry.brief)

    def report(self, play: DrillPlay) -> Report:
        """Measure a drill that has ended, keep its summary, and compare it."""
        log = play.run.log
        opened = play.run.opened
        latin = texts.mainly_latin(opened.text)
        others = [row for row in self.rows() if row.id != play.keeper.id]
        before = best(others, opened.target, latin=latin)
        row = summary(play.keeper.id, log, self.standards)
        sheet = sheet_of(log, self.standards)
        found, known = figures(sheet), phrases(sheet)
        goal = phrase_goal(opened.target)
        past = before.net if before is not None else None
        return Report(
            id=play.keeper.id,
            opened=opened,
            figures=found,
            curve=tuple(curve(sheet.strokes, found.elapsed)),
            bill=bill(sheet, found),
            slow=tuple(sorted((p for p in known if p.ms > goal), key=lambda p: -p.ms)),
            wrong=tuple(p for p in known if p.errors),
            next=tuple(self.to_practise(opened.target, [*self._past_logs(play.keeper.id), log])),
            before=past,
            record=row.record and (past is None or (row.net or 0.0) > past),
            latin=latin,
        )

    def to_practise(self, target: int, logs: Sequence[Sequence[ev.Event]] | None = None) -> list[Phrase]:
        """The worst phrases of the last drills that have not yet beaten their goal since."""
        goal, count = phrase_goal(target), self.standards.worst
        book: Mapping[str, Phrase] = {}
        for log in self._past_logs() if logs is None else logs:
            sheet = sheet_of(log, self.standards)
            book = followed(book, remeasured(sheet, book), worst(phrases(sheet), goal, count), goal)
        return worst(book.values(), goal, count)

    def judged(self, play: ReplyPlay) -> list[Judged]:
        """All answers of a reply drill, understood as the buyers of their stories would."""
        programs: dict[str, Program] = {}
        found: list[Judged] = []
        for answer in answers(play.run.log):
            story = answer.question.scenario
            if story not in programs:
                programs[story] = program_for(self.house.library.get(story))
            found.append(judge(programs[story], answer))
        return found

    def rows(self) -> list[DrillRow]:
        """Summaries of all drills of who practises here, oldest first.

        Without a database that can be used they are made anew from the logs; a log that cannot be read is passed over.
        """
        wanted = Wanted(self.house.desk.trainee, "drill")
        try:
            take_in(self.house)
            figures = self.house.records.figures(wanted)
        except KefuError:
            return [row for drill in self.drills.ids() if (row := self._made_anew(drill))]
        return [row for kept in figures if (row := drill_row(kept))]

    def _made_anew(self, drill: str) -> DrillRow | None:
        try:
            log = self.drills.read(drill)
        except BadLogError:
            return None
        opened = log[0]
        assert isinstance(opened, ev.Opened)
        return summary(drill, log, self.standards) if opened.trainee == self.house.desk.trainee else None

    def _past_logs(self, without: str = "") -> list[list[ev.Event]]:
        logs = []
        for drill in self.drills.ids()[-REMEMBERED:]:
            try:
                log = self.drills.read(drill)
            except BadLogError:
                continue
            if drill != without and isinstance(log[0], ev.Opened) and log[0].drill == "copy":
                logs.append(log)
        return logs

    def _phrases(self, settings: Settings, draw: Draw, chars: int) -> texts.Material:
        known = self.to_practise(settings.target)
        if not known:
            raise KefuError(
                tr("no phrase is waiting to be practised at this level"),
                hint=tr("type a drill first; what was slow or wrong in it comes here"),
            )
        lines = texts.around([(p.text, p.sentence) for p in known], load_bank(), chars, draw)
        title = tr("Your worst phrases: {words}").format(words=" · ".join(p.text for p in known))
        return texts.Material(lines, title, "phrases")


def _brings_text(event: ev.Event) -> bool:
    return isinstance(event, ev.Commit | ev.Pasted) or (isinstance(event, ev.Answered) and bool(event.text))


def _model_answers(story: Scenario) -> tuple[str, ...]:
    models = [node.model for node in story.nodes.values() if node.model is not None]
    lines, _ = texts.fit("\n".join(dict.fromkeys(said for model in models for said in (model.pass_, model.excellent))))
    return lines


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
