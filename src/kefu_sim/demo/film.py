"""Receptions as a film: beats on one line of time that can be played, stepped and looked at from any moment.

A film is made once from finished logs. Seconds of film are not seconds of reception: long waits pass quickly, and each
line stays long enough to be read. `Film.frame` says for any second of film what there is to see.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Literal

from kefu_sim.demo.lane import Lane, Opinion, after_message
from kefu_sim.demo.model import NO_WORDS
from kefu_sim.demo.pace import Pace
from kefu_sim.engine import events as ev
from kefu_sim.scoring.ledger import Phrase

Kind = Literal["title", "lead", "buyer", "agent", "quiet", "end"]
Phase = Literal["wait", "type", "hold"]
PACE = Pace()

_UNSEEN = (ev.TypingStarted, ev.CardOpened, ev.HelpShown, ev.Paused, ev.Resumed)
"""Events that go with the message after them."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing that happens: a line is said, time passes, the film begins or ends."""

    kind: Kind
    lanes: tuple[int, ...]
    """Where it happens."""
    before: tuple[int, ...]
    """Events of every lane that have happened when it begins."""
    after: tuple[int, ...]
    wait: float = 0.0
    """Seconds of film before the words."""
    typing: float = 0.0
    """Seconds in which the agent's words appear."""
    hold: float = 0.0
    """Seconds in which everything stays to be read."""
    text: str = ""
    since: float = 0.0
    """Second of the reception at which it begins …"""
    at: float = 0.0
    """… and at which the words are out."""
    asks: bool = False
    """The film stops when it begins."""
    note: Phrase = NO_WORDS
    totals: tuple[float, ...] = ()
    """What every lane is worth after it."""
    opinion: Opinion | None = None
    """Of the agent's message said here."""

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return self.wait + self.typing + self.hold


@dataclass(frozen=True, slots=True)
class Frame:
    """What there is to see at a moment."""

    index: int
    """Of the beat."""
    beat: Beat
    into: float
    """Seconds since it began."""
    phase: Phase
    counts: tuple[int, ...]
    """Events that have happened, by lane."""
    totals: tuple[float, ...]
    draft: str
    """What the agent has typed so far."""
    clock: float
    """Second of the reception, in the lanes of the beat."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of a reception at which the agent may speak."""

    lane: int
    count: int
    """Events that have happened."""
    beat: int
    """The beat that goes on from there."""


@dataclass(frozen=True)
class Film:
    """Beats one after the other."""

    lanes: tuple[Lane, ...]
    beats: tuple[Beat, ...]
    starts: tuple[float, ...] = field(init=False)
    """Second of film at which each beat begins, then the length of the whole."""

    def __post_init__(self) -> None:
        lengths = (beat.seconds for beat in self.beats)
        object.__setattr__(self, "starts", tuple(round(t, 3) for t in accumulate(lengths, initial=0.0)))

    @property
    def seconds(self) -> float:
        """Length at speed 1."""
        return self.starts[-1]

    def frame(self, at: float) -> Frame:
        """What there is to see at a second of film."""
        index = min(max(bisect_right(self.starts, at) - 1, 0), len(self.beats) - 1)
        beat, into = self.beats[index], max(at - self.starts[index], 0.0)
        phase: Phase = "wait" if into < beat.wait else "type" if into < beat.wait + beat.typing else "hold"
        said = phase == "hold"
        share = (into - beat.wait) / beat.typing if beat.typing else 1.0
        draft = beat.text[: int(len(beat.text) * share) + 1] if phase == "type" else ""
        moved = beat.wait + beat.typing
        passed = min(into / moved, 1.0) if moved else 1.0
        totals = beat.totals if said or index == 0 else self.beats[index - 1].totals
        return Frame(
            index,
            beat,
            into,
            phase,
            beat.after if said else beat.before,
            totals,
            draft,
            beat.since + (beat.at - beat.since) * passed,
        )

    def moment(self, at: float) -> Moment | None:
        """Where a class can be asked at a second of film: the reply being given, else the next one; None when over."""
        frame = self.frame(at)
        first = frame.index + (frame.beat.kind == "agent" and frame.phase == "hold")
        for index, beat in enumerate(self.beats[first:], first):
            if beat.kind == "agent" or beat.asks:
                return Moment(beat.lanes[0], beat.before[beat.lanes[0]], index)
        lane = max(range(len(self.lanes)), key=lambda n: self.lanes[n].role == "good")
        log = self.lanes[lane].log
        return None if isinstance(log[-1], ev.Ended) else Moment(lane, len(log), len(self.beats) - 1)

    def total(self, lane: int) -> float:
        """What a lane is worth at the end."""
        return self.beats[-1].totals[lane]

    def opinions(self, lane: int) -> Iterator[tuple[int, Opinion]]:
        """Place in the log of each agent's message of a lane, and what the judge says of it."""
        yield from self.lanes[lane].known.items()
        for beat in self.beats:
            if beat.opinion is not None and lane in beat.lanes:
                yield _message(self.lanes[lane].log, beat.before[lane]), beat.opinion


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The events of one beat, in one lane."""

    kind: Kind
    start: int
    end: int
    since: float
    at: float
    text: str = ""
    number: int = -1
    """Of the agent's message."""


def film_of(lanes: Sequence[Lane], *, title: bool = True, asks: bool = True) -> Film:
    """Make a film of one reception, or of two side by side: the same moment first in the one, then in the other.

    `title`: it begins with a page that says what to watch. `asks`: it stops where the cues say so.
    """
    maker = _Maker(tuple(lanes))
    maker.begin(title=title)
    parts = [_rounds(_chunks(lane)) for lane in lanes]
    shared = _shared(maker.lanes, [opening for opening, *_ in parts])
    for chunk in parts[0][0][:shared]:
        maker.play(chunk, maker.everywhere)
    rounds = [_from_first_reply(rounds, shared) for rounds in parts]
    apart = len(maker.beats)
    for number in range(max(map(len, rounds))):
        for lane, mine in enumerate(rounds):
            for chunk in mine[number] if number < len(mine) else ():
                maker.play(chunk, (lane,))
    maker.end()
    return Film(maker.lanes, tuple(_stops(maker.beats, apart) if asks else _unstopped(maker.beats)))


def _shared(lanes: Sequence[Lane], openings: Sequence[Sequence[_Chunk]]) -> int:
    """How many beats at the beginning are the same in all lanes."""
    count = 0
    for chunks in zip(*openings, strict=False):
        said = {lane.events[chunk.start : chunk.end] for lane, chunk in zip(lanes, chunks, strict=True)}
        if len(said) > 1:
            break
        count += 1
    return count


def _from_first_reply(rounds: list[list[_Chunk]], shared: int) -> list[list[_Chunk]]:
    """The rounds of a lane; what it has to itself before its first reply belongs to that round."""
    opening, *replies = rounds
    if not replies:
        return [opening[shared:]]
    return [[*opening[shared:], *replies[0]], *replies[1:]]


def _stops(beats: Sequence[Beat], apart: int) -> list[Beat]:
    """Where lanes part, a question asked in either of them comes before both."""
    firsts: dict[tuple[int, ...], int] = {}
    for index, beat in enumerate(beats[apart:], apart):
        if beat.kind == "agent":
            firsts.setdefault(beat.lanes, index)
    if len(firsts) < 2 or not any(beats[index].asks for index in firsts.values()):
        return list(beats)
    once = [replace(beat, asks=False) if i in firsts.values() else beat for i, beat in enumerate(beats)]
    once[apart] = replace(once[apart], asks=True)
    return once


def _unstopped(beats: Sequence[Beat]) -> list[Beat]:
    return [replace(beat, asks=False) for beat in beats]


def _chunks(lane: Lane) -> Iterator[_Chunk]:
    """The beats of one reception, in its order."""
    log = lane.events
    pending, since = lane.lead, log[lane.lead - 1].t if lane.lead else 0.0
    number = sum(isinstance(event, ev.AgentSent) for event in log[: lane.lead])
    for index in range(lane.lead, len(log)):
        event = log[index]
        if index < pending or not isinstance(event, ev.BuyerSaid | ev.AgentSent):
            continue
        if isinstance(event, ev.BuyerSaid):
            yield _Chunk("buyer", pending, index + 1, since, event.t, event.text)
            pending = index + 1
        else:
            if any(not isinstance(between, _UNSEEN) for between in log[pending:index]):
                yield _Chunk("quiet", pending, index, since, log[index - 1].t)
                pending, since = index, log[index - 1].t
            end = after_message(log, index)
            yield _Chunk("agent", pending, end, since, event.t, event.text, number)
            pending = end
            number += 1
        since = event.t
    if pending < len(log):
        yield _Chunk("quiet", pending, len(log), since, log[-1].t)


def _rounds(chunks: Iterable[_Chunk]) -> list[list[_Chunk]]:
    """What comes before the first reply of the agent, then each reply with what follows from it."""
    parts: list[list[_Chunk]] = [[]]
    for chunk in chunks:
        if chunk.kind == "agent":
            parts.append([])
        parts[-1].append(chunk)
    return parts


def _message(log: Sequence[ev.Event], start: int) -> int:
    return next(i for i in range(start, len(log)) if isinstance(log[i], ev.AgentSent))


@dataclass
class _Maker:
    """Gathers beats while the lanes move on."""

    lanes: tuple[Lane, ...]
    beats: list[Beat] = field(default_factory=list)

    @property
    def everywhere(self) -> tuple[int, ...]:
        return tuple(range(len(self.lanes)))

    @property
    def counts(self) -> tuple[int, ...]:
        return self.beats[-1].after if self.beats else tuple(lane.lead for lane in self.lanes)

    @property
    def totals(self) -> tuple[float, ...]:
        return self.beats[-1].totals if self.beats else tuple(lane.total(lane.lead) for lane in self.lanes)

    def begin(self, *, title: bool) -> None:
        counts, totals = self.counts, self.totals
        lane = self.lanes[0]
        since = lane.log[lane.lead - 1].t if lane.lead else 0.0
        if title:
            self.beats.append(Beat("title", self.everywhere, counts, counts, hold=PACE.title, totals=totals))
        if any(isinstance(event, ev.BuyerSaid) for event in lane.log[: lane.lead]):
            hold = PACE.lead if title else 0.0
            beat = Beat("lead", self.everywhere, counts, counts, hold=hold, since=since, at=since, totals=totals)
            self.beats.append(beat)

    def end(self) -> None:
        counts = self.counts
        self.beats.append(Beat("end", self.everywhere, counts, counts, hold=PACE.end, totals=self.totals))

    def play(self, chunk: _Chunk, lanes: tuple[int, ...]) -> None:
        """Let a chunk happen, in one lane or in all."""
        before, totals = self.counts, self.totals
        after = tuple(chunk.end if n in lanes else count for n, count in enumerate(before))
        lane, opinion = self.lanes[lanes[0]], None
        if chunk.kind == "agent":
            opinion = lane.opinion(_message(lane.log, chunk.start), before[lanes[0]])
        total = opinion.total if opinion else lane.total(chunk.end)
        beat = Beat(
            chunk.kind,
            lanes,
            before,
            after,
            text=chunk.text,
            since=chunk.since,
            at=chunk.at,
            totals=tuple(total if n in lanes else old for n, old in enumerate(totals)),
            opinion=opinion,
        )
        self.beats.append(self._timed(beat, chunk))

    def _timed(self, beat: Beat, chunk: _Chunk) -> Beat:
        waited = chunk.at - chunk.since
        if chunk.kind == "buyer":
            return replace(beat, wait=PACE.answering(chunk.text, waited), hold=PACE.reading(chunk.text))
        if chunk.kind == "quiet":
            return replace(beat, wait=min(max(waited, 0.0), PACE.longest_wait), hold=PACE.quiet)
        lane = self.lanes[beat.lanes[0]]
        cue = lane.cues.get(chunk.number)
        typing = PACE.typing(chunk.text)
        why = "".join(row.reason.zh for row in beat.opinion.rows) if beat.opinion else ""
        return replace(
            beat,
            wait=PACE.ready if lane.role == "class" else PACE.thinking(waited - typing),
            typing=typing,
            hold=PACE.judging(why),
            asks=cue is not None and cue.asks,
            note=cue.note if cue else NO_WORDS,
        )
