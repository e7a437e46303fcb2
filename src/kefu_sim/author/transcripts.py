"""The transcripts that stand beside a story under `tests:`: what each leads to, held against what it expects.

TEST   a transcript leads elsewhere than its `expect:` says
WORSE  one that handles rows of the syllabus badly is worth as much as the one it should be `worse_than:`
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kefu_sim.author.soak_again import what_broke
from kefu_sim.author.verify_subject import Finding, Subject
from kefu_sim.base.errors import KefuError
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.engine.script import play_script
from kefu_sim.i18n import language, tr
from kefu_sim.progress.disputes import replies
from kefu_sim.progress.puzzles import puzzles
from kefu_sim.scenario.conditions import holds
from kefu_sim.scenario.model import Expect, TestCase
from kefu_sim.scores import rubric_version, score_log
from kefu_sim.scoring.ledger import Score

SEEDS = (1, 2)
"""Seeds with which a transcript must be worth less than a better one."""
MARGIN = 1.0
"""Points that it must be worth less, at least."""


@dataclass(frozen=True, slots=True)
class Played:
    """A reception and its score."""

    log: Sequence[ev.Event]
    score: Score

    @property
    def path(self) -> list[str]:
        """Nodes in order of entry."""
        return [event.node for event in self.log if isinstance(event, ev.Entered)]

    @property
    def end(self) -> str:
        """The outcome."""
        return next(event.outcome for event in self.log if isinstance(event, ev.Ended))

    @property
    def revealed(self) -> set[str]:
        """Hidden facts that came out."""
        return {event.name for event in self.log if isinstance(event, ev.Revealed)}

    @property
    def steps(self) -> set[str]:
        """Steps credited."""
        return {step.value for step, status in self.score.steps.items() if status in {"done", "late"}}

    @property
    def unheard(self) -> tuple[int, str, str] | None:
        """The first message the buyer did not understand: its number among the agent's, from 1, its text, the node."""
        found = puzzles(self.log)
        if not found:
            return None
        said = replies(self.log)
        return sorted(said).index(found[0].turn) + 1, found[0].said, found[0].node

    def said_at(self, place: int) -> str:
        """The agent's last message at the node entered as the so-many-th, from 0; empty where nothing was said."""
        entered, said = -1, ""
        for event in self.log:
            if isinstance(event, ev.Entered):
                entered += 1
            elif isinstance(event, ev.AgentSent) and entered == place:
                said = event.text
        return said


@dataclass(frozen=True, slots=True)
class Unmet:
    """One thing that a transcript should lead to and does not."""

    key: str
    """Entry of `expect`."""
    message: str
    fix: str


def played(program: Program, case: TestCase, seed: int | None = None) -> Played:
    """Play a transcript, with its own seed or another.

    Raises KefuError about an order the story does not have, and what the program raises.
    """
    log = play_script(program, case.turns, case.seed if seed is None else seed, rubric_version())
    return Played(log, score_log(program, log))


def unmet(expect: Expect, came: Played) -> Iterator[Unmet]:
    """What was expected of a reception and did not come."""
    if expect.path and came.path != list(expect.path):
        message = tr("should go {wanted}, but goes {came}").format(wanted=_way(expect.path), came=_way(came.path))
        yield Unmet("path", message, _parting(expect.path, came))
    for key, names, there, what in (
        ("visits", expect.visits, came.path, tr("should come by {missing}, but goes {came}")),
        ("steps", expect.steps, came.steps, tr("should be credited with {missing}, but is credited with {came}")),
        ("reveals", expect.reveals, came.revealed, tr("should bring out {missing}, but brings out {came}")),
    ):
        missing = [name for name in names if name not in there]
        if missing:
            come = _way(there) if key == "visits" else _listed(there)
            yield Unmet(key, what.format(missing=_listed(missing), came=come), _mend(key))
    if expect.end not in {None, came.end}:
        message = tr("should end as `{wanted}`, but ends as `{came}`").format(wanted=expect.end, came=came.end)
        yield Unmet("end", message, _mend("end"))
    if expect.score and not holds(expect.score, came.score.total, lambda _: None):
        message = tr("should score {wanted}, but scores {came:g}")
        yield Unmet("score", message.format(wanted=expect.score, came=round(came.score.total, 2)), _mend("score"))


def _way(nodes: Iterable[str]) -> str:
    return " → ".join(nodes)


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names)) or tr("nothing at all")


def _parting(wanted: Sequence[str], came: Played) -> str:
    """Where a reception leaves the way that was expected of it, and what to do there."""
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(wanted, came.path, strict=False)))
    said = came.said_at(common - 1) if common else ""
    if not said:
        return _mend("path")
    what = tr("they part at `{node}` after “{said}”: mend the replies there, or write the new way into `path:`")
    return what.format(node=came.path[common - 1], said=said)


def _mend(key: str) -> str:
    return tr("mend the story, or the lines of the test; if it is meant to go so now, change `{key}:`").format(key=key)


def run_tests(subject: Subject, program: Program) -> Iterator[Finding]:
    """Play every transcript of a story, in a program of it; what does not come as expected."""
    for at, case in enumerate(subject.story.tests):
        where = ("tests", at)
        try:
            came = played(program, case)
        except KefuError as error:
            yield subject.find(where, "TEST", _named(case, error.message), error.hint)
        except Exception as error:  # noqa: BLE001 (whatever goes wrong is what is looked for)
            message = tr("a reception broke off: {what}").format(what=what_broke(error))
            yield subject.find(where, "CRASH", _named(case, message))
        else:
            if rows := list(unmet(case.expect, came)):
                yield subject.find(where, "TEST", _named(case, _told(rows, came)), rows[0].fix)
    yield from _not_worse(subject, program)


def _told(rows: Sequence[Unmet], came: Played) -> str:
    """All that did not come of one transcript, and where the buyer was lost: most of it has one cause."""
    told = [row.message for row in rows]
    if came.unheard is not None:
        what = tr("message {n} “{said}” was not understood at `{node}`")
        number, said, node = came.unheard
        told.append(what.format(n=number, said=said, node=node))
    return ("；" if language() == "zh" else "; ").join(told)


def _not_worse(subject: Subject, program: Program) -> Iterator[Finding]:
    """Transcripts that are not worth less than those they should be worse than."""
    tests = subject.story.tests
    places = {case.name: at for at, case in enumerate(tests)}
    for at, case in enumerate(tests):
        if case.worse_than not in places:
            continue
        where, other = ("tests", at, "worse_than"), places[case.worse_than]
        try:
            seed, worth, better = max((_worths(program, case, tests[other], seed) for seed in SEEDS), key=_nearness)
        except KefuError:  # told already
            continue
        except Exception as error:  # noqa: BLE001 (whatever goes wrong is what is looked for)
            message = tr("a reception broke off: {what}").format(what=what_broke(error))
            yield subject.find(where, "CRASH", _named(case, message))
            continue
        if worth > better - MARGIN:
            what = tr(
                "scores {worth:g}, “{better}” (line {line}) {points:g}, with seed {seed}: {margin:g} less are due"
            )
            message = what.format(
                worth=round(worth, 2), better=case.worse_than, line=subject.file.where(("tests", other))[0],
                points=round(better, 2), seed=seed, margin=MARGIN,
            )  # fmt: skip
            yield subject.find(where, "WORSE", _named(case, message), _how_to_part(case))


def _worths(program: Program, case: TestCase, better: TestCase, seed: int) -> tuple[int, float, float]:
    """The seed, and what both are worth with it."""
    return seed, played(program, case, seed).score.total, played(program, better, seed).score.total


def _nearness(worths: tuple[int, float, float]) -> float:
    """How near a transcript comes to the better one."""
    _, worth, better = worths
    return worth - better


def _how_to_part(case: TestCase) -> str:
    if not case.rows:
        return tr("let it do that one thing worse, or let the story score it: by a fact, a promise, a `steps:`")
    fix = tr(
        "let it neglect {rows} more plainly, or let the story score what it neglects: a fact, a promise, a `steps:`"
    )
    return fix.format(rows=", ".join(case.rows))


def _named(case: TestCase, message: str) -> str:
    return tr("test “{name}”: {what}").format(name=case.name, what=message)
