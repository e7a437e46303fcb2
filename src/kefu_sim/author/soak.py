"""Soak: many bots receive one story's buyer; what breaks, what nobody ever comes by, and what the bots are worth.

Before them the story's own transcripts are played.

TEST     a transcript of the story leads elsewhere than it expects
WORSE    one that handles something badly is not worth less than the one that handles it well
CRASH    the program raised an error
ENDLESS  a chat that does not come to an end, or that the model answers do not bring to one
ENDING   an ending that nobody reached
UNMET    a reply, branch, notice, missed promise or wording that nobody came by
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kefu_sim.author.bots import BOTS, MODEL
from kefu_sim.author.bots_directed import Directed
from kefu_sim.author.coverage import Coverage, Place, chief, passed
from kefu_sim.author.soak_again import command, what_broke, whole_soak
from kefu_sim.author.soak_hints import hint
from kefu_sim.author.soak_kit import Kit
from kefu_sim.author.soak_play import Bot, Run, play_together
from kefu_sim.author.transcripts import run_tests
from kefu_sim.author.verify_subject import Finding, Subject
from kefu_sim.engine import events as ev
from kefu_sim.i18n import tr

DIRECTED = "directed"
"""Name of the bot that looks for what the others did not meet."""
TOGETHER = 40
"""Receptions played side by side."""
Show = Callable[[str, int, Sequence[ev.Event], float], None]
"""Told of a reception: bot, seed, log, total."""


@dataclass
class Record:
    """What receptions of one bot came to."""

    totals: list[float] = field(default_factory=list)
    endings: Counter[str] = field(default_factory=Counter)
    """Ending node → times; the empty name for receptions that did not end by themselves."""
    messages: int = 0
    """Messages of the agent, all receptions together."""


@dataclass(frozen=True, slots=True)
class Soaked:
    """What soaking one story brought to light."""

    scenario: str
    coverage: Coverage
    records: Mapping[str, Record]
    """Bot → what its receptions came to, in the order of the bots."""
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


@dataclass
class Soak:
    """One soak going on."""

    subject: Subject
    kit: Kit
    counts: Counter[str] = field(default_factory=Counter)
    receptions: int = 0
    records: dict[str, Record] = field(default_factory=lambda: defaultdict(Record))
    broken: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """(code, message) → how to see it again."""
    stuck: str = ""
    """Node that the model answers do not lead on from; empty where there is none."""
    show: Show | None = None

    def run(self, turns: Sequence[tuple[Bot, int]]) -> None:
        """Let bots receive the buyer, each with a seed."""
        for (bot, seed), played in zip(turns, play_together(self.kit, turns), strict=True):
            if isinstance(played, Exception):
                self._broke_off(played, command(self.subject, bot.name, seed))
            else:
                self._ended(bot, seed, played)

    def _broke_off(self, error: Exception, again: str) -> None:
        self.broken["CRASH", what_broke(error)].append(again)

    def _ended(self, bot: Bot, seed: int, run: Run) -> None:
        try:
            total = self.kit.total(run.log)
        except Exception as error:  # noqa: BLE001 (whatever goes wrong is what is looked for)
            self._broke_off(error, command(self.subject, bot.name, seed))
            return
        record = self.records[bot.name]
        record.totals.append(total)
        record.endings[run.ending] += 1
        if self.show is not None:
            self.show(bot.name, seed, run.log, total)
        record.messages += run.messages
        self.add(run.log)
        if run.endless:
            self.broken["ENDLESS", run.last_node].append(command(self.subject, bot.name, seed))

    def add(self, log: Sequence[ev.Event]) -> None:
        """Count what a reception came by."""
        self.receptions += 1
        self.counts.update(passed(log, self.kit.story))

    @property
    def coverage(self) -> Coverage:
        """What was met so far."""
        story = self.kit.story
        counts = dict(sorted(self.counts.items()))
        return Coverage(scenario=story.id, fingerprint=story.fingerprint(), receptions=self.receptions, counts=counts)

    def search(self, seed: int, runs: int) -> None:
        """Send the directed bot after what nobody met in so many receptions from a seed on."""
        wanted = {place.id for place in self.coverage.unmet(self.kit.story)}
        try:
            for spot in Directed(self.kit, seed, wanted).receptions():
                log = spot.log()
                self.records[DIRECTED].endings[spot.state.node if spot.state.over else ""] += 1
                self.add(log)
        except Exception as error:  # noqa: BLE001 (whatever goes wrong is what is looked for)
            self._broke_off(error, whole_soak(self.subject, seed, runs))

    def be_led(self) -> None:
        """See whether the model answers lead through the story."""
        try:
            self.stuck = self.kit.stuck
        except Exception as error:  # noqa: BLE001 (whatever goes wrong is what is looked for)
            self._broke_off(error, command(self.subject, MODEL.name, 0))

    def findings(self, *, whole: bool) -> Iterator[Finding]:
        """What is wrong; places never met only after a whole soak."""
        for (code, what), commands in self.broken.items():
            path: tuple[str | int, ...] = ()
            message = tr("a reception broke off: {what}").format(what=what)
            if code == "ENDLESS":
                path = ("nodes", what)
                message = tr("the chat does not come to an end; it goes round at `{node}`").format(node=what)
            fix = tr("see it again: {command}").format(command=commands[0])
            times = tr("{n} times").format(n=len(commands))
            yield self.subject.find(path, code, f"{message} ({times})", fix)
        if self.stuck:
            yield self._unled(self.stuck)
        if whole:
            yield from map(self._unmet, chief(self.coverage.unmet(self.kit.story)))

    def _unled(self, node: str) -> Finding:
        what = tr("the model answers do not lead on: both of `{node}` said, the chat is still there or comes back")
        fix = tr("let the reply that takes them go to the next node (`goto:`), or write answers that lead on")
        return self.subject.find(("nodes", node), "ENDLESS", what.format(node=node), fix)

    def _unmet(self, place: Place) -> Finding:
        code = "ENDING" if place.kind == "ending" else "UNMET"
        what = tr("nobody reached the ending `{node}`").format(node=place.id.partition("/")[0])
        if code == "UNMET":
            what = tr("nobody came by {place}").format(place=place.id)
        return self.subject.find(place.path, code, what, hint(self.kit, place))


@dataclass(frozen=True, slots=True)
class Plan:
    """Who receives the buyer how often."""

    runs: int = 200
    seed: int = 0
    """The bots take turns, and each goes through the seeds from this one on."""
    bots: Sequence[str] = tuple(BOTS)

    @property
    def whole(self) -> bool:
        """Whether everything is to be met: with all bots."""
        return set(self.bots) == set(BOTS)


def soak(subject: Subject, kit: Kit, plan: Plan, show: Show | None = None) -> Soaked:
    """Play the story's transcripts, then the receptions of a plan; with all bots one looks for what is still unmet.

    `show` is told of each reception.
    """
    going, bots = Soak(subject, kit, show=show), plan.bots
    tested = list(run_tests(subject, kit.program))
    turns = [(BOTS[bots[i % len(bots)]], plan.seed + i // len(bots)) for i in range(plan.runs)]
    for start in range(0, len(turns), TOGETHER):
        going.run(turns[start : start + TOGETHER])
    if MODEL.name in bots:
        going.be_led()
    if plan.whole:
        going.search(plan.seed, plan.runs)
    found = tuple(sorted([*tested, *going.findings(whole=plan.whole)]))
    return Soaked(kit.story.id, going.coverage, dict(going.records), found)
