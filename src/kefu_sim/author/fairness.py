"""Fairness: whether a story and the scorer treat good and bad agents as a trainer would.

CRASH   the program raised an error
UNFAIR  a bot is worth more or less than any story may give it
STEP    doing a step that was missing lowers the score
POLITE  leaving out a polite word raises it
LENGTH  empty words raise it

The last three are asked of single messages of good receptions: everything else stays as it was, and the reception is
scored anew. With empty words the message is read anew. The other two are asked of the scorer: a step is added to what
was understood; without a polite word, tone and faults are read anew and steps and intents stand. What leaving it out
brings when steps and intents are read anew too is measured (READING) and held against nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kefu_sim.author.bots import BOTS
from kefu_sim.author.charged import charges, dearest, moved, richest
from kefu_sim.author.soak_again import command, what_broke
from kefu_sim.author.soak_kit import Kit
from kefu_sim.author.soak_play import Run, play, play_together
from kefu_sim.author.verify_subject import Finding, Subject
from kefu_sim.engine import events as ev
from kefu_sim.i18n import tr
from kefu_sim.language.verdict import STEPS, Step
from kefu_sim.progress.disputes import moment_of
from kefu_sim.scoring.ledger import Score
from kefu_sim.scoring.score import Case, case_of, score

RECEPTIONS = 5
"""Receptions of each bot."""
GOOD = ("model", "expert", "slow")
"""Bots whose messages are changed."""
LOOKED_AT = 2
"""Receptions of each of them."""
SLACK = 0.05
"""Points by which rounding may move a total."""
READING = "READING"
"""Name of the change that is only measured."""


@dataclass
class Fairness:
    """What the bots are worth in one story, and what changing their messages does."""

    scenario: str
    totals: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Bot → points of each reception."""
    seeds: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Bot → seed of each of these receptions."""
    asked: Counter[str] = field(default_factory=Counter)
    """Code → changes tried."""
    worst: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Code, or READING → points by which the worst change went the wrong way."""
    findings: list[Finding] = field(default_factory=list)

    @property
    def fair(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Change:
    """A message said otherwise, and what that does to the total."""

    code: str
    said: str
    instead: str
    """The other wording, or the step added."""
    gain: float
    """Points more than before."""
    node: str = ""
    """Where the message was said."""
    why: str = ""
    """The rows that went the wrong way, of a change that did."""

    @property
    def wrong(self) -> float:
        """Points by which it goes the wrong way."""
        return -self.gain if self.code == "STEP" else self.gain


def examine(subject: Subject, kit: Kit, *, receptions: int = RECEPTIONS, seed: int = 0) -> Fairness:
    """Hold a story to everything."""
    found = Fairness(kit.story.id)
    broken = _receive(subject, kit, found, range(seed, seed + receptions))
    found.findings += _gated(subject, kit, found)
    for name in GOOD:
        for at in range(seed, seed + min(LOOKED_AT, receptions)):
            try:
                _change(subject, kit, found, name, at)
            except Exception as error:  # noqa: BLE001 (whatever goes wrong is what is looked for)
                broken.setdefault(what_broke(error), command(subject, name, at))
    found.findings += [_broken(subject, what, again) for what, again in broken.items()]
    return found


def _receive(subject: Subject, kit: Kit, found: Fairness, seeds: range) -> dict[str, str]:
    """Let each bot receive the buyer with each seed; what broke off, with the command that shows it."""
    broken: dict[str, str] = {}
    turns = [(BOTS[name], at) for name in kit.words.gates for at in seeds]
    for (bot, at), run in zip(turns, play_together(kit, turns), strict=True):
        points = _points(kit, run)
        if isinstance(points, Exception):
            broken.setdefault(what_broke(points), command(subject, bot.name, at))
        else:
            found.totals[bot.name].append(points)
            found.seeds[bot.name].append(at)
    return broken


def _points(kit: Kit, run: Run | Exception) -> float | Exception:
    """What a reception is worth; what was raised where that cannot be told."""
    try:
        return run if isinstance(run, Exception) else kit.total(run.log)
    except Exception as error:  # noqa: BLE001 (whatever goes wrong is what is looked for)
        return error


def _change(subject: Subject, kit: Kit, found: Fairness, bot: str, seed: int) -> None:
    """Ask everything of the messages of one reception. Raises what the program raises."""
    for change in changes(kit, play(kit, BOTS[bot], seed)):
        found.asked[change.code] += 1
        found.worst[change.code] = max(found.worst[change.code], change.wrong)
        if change.code != READING and change.wrong > SLACK:
            found.findings.append(_told(subject, change, bot, seed))


def _broken(subject: Subject, what: str, again: str) -> Finding:
    message = tr("a reception broke off: {what}").format(what=what)
    return subject.find((), "CRASH", message, tr("see what was said, and every point: {command}").format(command=again))


def _gated(subject: Subject, kit: Kit, found: Fairness) -> Iterator[Finding]:
    for name, points in found.totals.items():
        gate, low, high = kit.words.gates[name], min(points), max(points)
        if low < gate.least:
            what = tr("`{bot}` is worth {points:.1f}, at least {bound:g} is due (seed {seed})")
            why, telling = tr("most was lost by: {rows}"), dearest
            strange, bound = low, gate.least
        elif high > gate.most:
            what = tr("`{bot}` is worth {points:.1f}, at most {bound:g} is due (seed {seed})")
            why, telling = tr("most was given for: {rows}"), richest
            strange, bound = high, gate.most
        else:
            continue
        seed = found.seeds[name][points.index(strange)]
        log = play(kit, BOTS[name], seed).log
        rows = telling(kit.score(log))
        message = what.format(bot=name, points=strange, bound=bound, seed=seed)
        if rows:
            message = tr("{what}; {why}").format(what=message, why=why.format(rows=charges(rows)))
        node = next(filter(None, (moment_of(log, row.turn).node for row in rows)), "")
        yield subject.find(_path(node), "UNFAIR", message, _seen(subject, name, seed))


def _path(node: str) -> tuple[str, ...]:
    return ("nodes", node) if node else ()


def _seen(subject: Subject, bot: str, seed: int) -> str:
    return tr("see what was said, and every point: {command}").format(command=command(subject, bot, seed))


def _told(subject: Subject, change: Change, bot: str, seed: int) -> Finding:
    what = {
        "STEP": tr("“{said}” with the step {instead} is worth {gain:+.2f}"),
        "POLITE": tr("“{said}” without courtesy, “{instead}”, is worth {gain:+.2f}"),
        "LENGTH": tr("“{said}” with empty words, “{instead}”, is worth {gain:+.2f}"),
    }[change.code]
    message = what.format(said=change.said, instead=change.instead, gain=change.gain)
    if change.why:
        message = tr("{what}: {rows}").format(what=message, rows=change.why)
    return subject.find(_path(change.node), change.code, message, _seen(subject, bot, seed))


def changes(kit: Kit, run: Run) -> Iterator[Change]:
    """Every change of one message that fairness asks about, one at a time."""
    case = case_of(run.log, kit.story, kit.program.understand)
    before = score(case, kit.rubric, kit.flow)
    yield from _with_steps(kit, case, run.log)
    sent = [at for at, event in enumerate(run.log) if isinstance(event, ev.AgentSent)]
    for place, at in zip(sent, _agent(case), strict=True):
        for code, text in _reworded(kit, case.turns[at].text):
            event = run.log[place]
            assert isinstance(event, ev.AgentSent)
            log = [*run.log[:place], replace(event, text=text), *run.log[place + 1 :]]
            anew = case_of(log, kit.story, kit.program.understand)
            asked = [(code, anew)] if code == "LENGTH" else [(code, _but_tone(case, at, anew)), (READING, anew)]
            for name, other in asked:
                after = score(other, kit.rubric, kit.flow)
                gain = round(after.total - before.total, 2)
                yield _explained(Change(name, event.text, text, gain, moment_of(run.log, at).node), before, after)


def _explained(change: Change, before: Score, after: Score) -> Change:
    """The change with the rows that went the wrong way, if it went wrong."""
    if change.wrong <= SLACK:
        return change
    return replace(change, why=moved(before, after, -1.0 if change.code == "STEP" else 1.0))


def _reworded(kit: Kit, text: str) -> Iterator[tuple[str, str]]:
    for word in kit.words.polite:
        plain = text.replace(word, "你" if word == "您" else "", 1)
        if word in text and any(char.isalnum() for char in plain):
            yield "POLITE", plain
    yield from (("LENGTH", text + padding) for padding in kit.words.padding)


def _but_tone(case: Case, at: int, anew: Case) -> Case:
    """The case with one message reworded: its tone as read anew, all else understood as before."""
    old, new = case.turns[at].recognition, anew.turns[at].recognition
    if old is not None and new is not None:
        tone = replace(old, politeness=new.politeness, issues=new.issues, faults=new.faults, gaming=new.gaming)
        old = replace(tone, read=new.read)
    turn = case.turns[at]._replace(text=anew.turns[at].text, recognition=old)
    return replace(case, turns=(*case.turns[:at], turn, *case.turns[at + 1 :]))


def _with_steps(kit: Kit, case: Case, log: Sequence[ev.Event]) -> Iterator[Change]:
    """Each step that was called for: first left out of the whole reception, then done in one message of it."""
    for step in STEPS:
        bare = _told_with(case, {at: set(_steps(case, at)) - {step} for at in _agent(case)})
        before = score(bare, kit.rubric, kit.flow)
        if before.steps.get(step) != "missing":
            continue
        for at in _agent(case):
            with_it = _told_with(bare, {at: {*_steps(bare, at), step}})
            after = score(with_it, kit.rubric, kit.flow)
            gain = round(after.total - before.total, 2)
            change = Change("STEP", case.turns[at].text, step.value, gain, moment_of(log, at).node)
            yield _explained(change, before, after)


def _agent(case: Case) -> list[int]:
    return [at for at, turn in enumerate(case.turns) if turn.role == "agent"]


def _steps(case: Case, at: int) -> tuple[Step, ...]:
    found = case.turns[at].recognition
    return found.steps if found else ()


def _told_with(case: Case, steps: Mapping[int, set[Step]]) -> Case:
    """The case with other steps in some messages."""
    turns = list(case.turns)
    for at, wanted in steps.items():
        found = turns[at].recognition
        if found is not None:
            told = replace(found, steps=tuple(s for s in STEPS if s in wanted))
            turns[at] = turns[at]._replace(recognition=told)
    return replace(case, turns=tuple(turns))
