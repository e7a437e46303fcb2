"""The figures of a shift, counted from its log alone (domain B.1, B.2); every one can be counted by hand.

Rounds are those of the platforms: first unanswered buyer line → next message of the agent. A round nobody answered
counts as failed. Rates and shares are percent.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from statistics import fmean
from typing import Any

from kefu_sim.base.clock import to_ms
from kefu_sim.engine import events as ev
from kefu_sim.rush import events as rv
from kefu_sim.rush.deals import BASKET, SOLD, bought_more, price, sale, sells
from kefu_sim.rush.floor import LATE_S, Floor, Seat
from kefu_sim.rush.pledges import book, kept_share
from kefu_sim.scoring import metrics
from kefu_sim.scoring.metrics import ROUND_CAP, rounds_of
from kefu_sim.scoring.transcript import Turn, from_events, unread

QUICK_S = 30.0
"""Limit of the quicker of the two reply rates, seconds."""
AGREED = frozenset({SOLD, "kept", "later"})
"""Outcomes on good terms."""


@dataclass(frozen=True, slots=True)
class Round:
    """One wait of a buyer."""

    opened: float
    """Seconds of the shift."""
    seconds: float | None
    """Until the answer; None when there was none."""
    waited: float
    """Until the answer, or until the buyer was gone."""
    load: int
    """Open chats at its beginning, this one included."""


@dataclass(frozen=True, slots=True)
class Served:
    """One reception in figures."""

    buyer: str
    name: str
    scenario: str
    complaint: bool
    rounds: tuple[Round, ...]
    buyer_lines: int
    agent_lines: int
    typed: int
    """Characters typed by hand in messages whose typing time is known …"""
    typing_s: float
    """… and the seconds they took."""
    outcome: str
    """Empty while it goes on."""
    sale: float
    """Yuan; 0 when nothing was sold."""
    could_buy_more: bool
    """Bought, and the story had more to sell than the buyer came for …"""
    bought_more: bool
    """… and some of that was bought."""
    satisfied: bool
    """Parted on good terms and in no worse a mood than at the beginning."""

    @property
    def first_reply_s(self) -> float | None:
        """Seconds to the first answer."""
        return self.rounds[0].seconds if self.rounds else None


@dataclass(frozen=True, slots=True)
class Rates:
    """Reply speed over a set of rounds. None where there was none to count."""

    rounds: int = 0
    first_reply_s: float | None = None
    """首响: mean over the buyers who were answered."""
    mean_reply_s: float | None = None
    """平均响应: mean over answered rounds, each capped at ROUND_CAP."""
    replied_30s: float | None = None
    """30秒应答率."""
    replied_3min: float | None = None
    """3分钟回复率."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A shift in figures."""

    buyers: int
    """Who came."""
    received: int
    gave_up: int
    """Left the queue."""
    unanswered: int
    """Received and never answered."""
    rates: Rates
    sold: int
    sales: float
    """Yuan."""
    inquirers: int
    """Who came with a question before buying."""
    worth: float
    """What all inquirers would have paid for what they came for, yuan; what was bought counts as it was paid."""
    no_sale: int
    """Inquirers whose stories cannot end in a sale: they only want to chat."""
    conversion: float | None
    """询单转化率: bought ÷ came with a question before buying."""
    basket: float | None
    """客单价, yuan."""
    could_buy_more: int
    """Who bought and could have been sold more than was asked for …"""
    bought_more: int
    """… and was."""
    answer_ratio: float | None
    """答问比: messages of the agent ÷ messages of the buyers."""
    satisfaction: float | None
    longest_wait_s: float | None
    longest_wait_buyer: str
    busy_s: float
    """Seconds the agent received nobody new …"""
    kept_out: int
    """… and how many buyers stood outside meanwhile."""
    promises: int
    """Made and settled."""
    promises_kept: float | None
    """Percent of them, kept in time."""
    typing_cpm: float | None
    """Characters a minute by hand."""

    def value(self, name: str) -> float | None:
        """A figure by name; see NAMES."""
        value: float | None = self.to_data()[name]
        return value

    def to_data(self) -> dict[str, Any]:
        """Values for JSON."""
        data = asdict(self)
        return {**data.pop("rates"), **data}


NAMES: Mapping[str, str] = {
    "first_reply_s": "<=", "mean_reply_s": "<=", "replied_3min": ">=", "replied_30s": ">=", "conversion": ">=",
    "basket": ">=", "answer_ratio": ">=", "satisfaction": ">=", "longest_wait_s": "<=", "sales": ">=",
    "gave_up": "<=", "unanswered": "<=", "promises_kept": ">=",
}  # fmt: skip
"""Figures a goal can be set on, and which way is good."""


def served(floor: Floor, log: Sequence[rv.Entry]) -> list[Served]:
    """Every reception of a shift, in the order of being received."""
    load = _load(log)
    return [_served(seat, load) for seat in floor.seats.values()]


def _served(seat: Seat, load: Callable[[float], int]) -> Served:
    turns = from_events(seat.log, unread)
    outcome, scenario = seat.state.outcome or "", seat.program.scenario
    return Served(
        buyer=seat.buyer,
        name=seat.visit.name,
        scenario=seat.visit.scenario,
        complaint=scenario.complaint,
        rounds=tuple(_rounds(seat, turns, load)),
        buyer_lines=sum(turn.role == "buyer" for turn in turns),
        agent_lines=sum(turn.role == "agent" for turn in turns),
        typed=sum(turn.typed for turn in turns if turn.typing_s > 0),
        typing_s=sum(turn.typing_s for turn in turns if turn.typed > 0),
        outcome=outcome,
        sale=sale(seat) if outcome == SOLD else 0.0,
        could_buy_more=outcome == SOLD and BASKET in scenario.vars,
        bought_more=outcome == SOLD and bought_more(seat),
        satisfied=outcome in AGREED and _mood_kept(seat),
    )


def _rounds(seat: Seat, turns: Sequence[Turn], load: Callable[[float], int]) -> Iterator[Round]:
    """The waits of a buyer. Who stood outside while the agent was busy had waited so long before the first line."""
    outside = seat.kept_out
    for one in rounds_of(turns):
        opened = turns[one.opened].t
        answered = None if one.seconds is None else to_ms(one.seconds + outside)
        waited = to_ms(_waited(one, turns, seat.state.t) + outside)
        yield Round(opened, answered, waited, load(opened))
        outside = 0.0


def _waited(wait: metrics.Round, turns: Sequence[Turn], gone: float) -> float:
    return round(gone - turns[wait.opened].t, 3) if wait.seconds is None else wait.seconds


def _mood_kept(seat: Seat) -> bool:
    mood = seat.program.scenario.vars.get("mood")
    return mood is None or seat.state.meters.get("mood", mood.init) >= mood.init


def _load(log: Iterable[rv.Entry]) -> Callable[[float], int]:
    """How many receptions were open at a moment, those that begin then included."""
    moves = [
        (entry.t, 1 if isinstance(entry.event, ev.Opened) else -1)
        for entry in log
        if isinstance(entry.event, ev.Opened | ev.Ended)
    ]
    times, levels = [t for t, _ in moves], list(accumulate(step for _, step in moves))
    return lambda t: max(levels[bisect_right(times, t) - 1], 1) if times and t >= times[0] else 1


def figures(floor: Floor, everybody: Sequence[Served]) -> Figures:
    """Count a shift."""
    rounds = [round_ for one in everybody for round_ in one.rounds]
    asked, said = sum(one.buyer_lines for one in everybody), sum(one.agent_lines for one in everybody)
    buyers = [one for one in everybody if one.outcome == SOLD]
    bought = {one.buyer for one in buyers}
    sales = sum(one.sale for one in buyers)
    came = [(visit.buyer, floor.programs[visit.scenario, visit.persona].scenario) for visit in floor.visits.values()]
    asking = [(buyer, scenario) for buyer, scenario in came if not scenario.complaint]
    ended = [one for one in everybody if one.outcome]
    typed, typing_s = sum(one.typed for one in everybody), sum(one.typing_s for one in everybody)
    pledges = book(floor)
    waits = [(r.waited, one.buyer) for one in everybody for r in one.rounds]
    longest, who = max(waits, key=lambda wait: wait[0], default=(None, ""))
    return Figures(
        buyers=len(floor.visits),
        received=len(everybody),
        gave_up=len(floor.gave_up),
        unanswered=sum(bool(one.rounds) and one.agent_lines == 0 for one in everybody),
        rates=rates(rounds, [one.first_reply_s for one in everybody]),
        sold=len(buyers),
        sales=round(sales, 2),
        inquirers=len(asking),
        worth=round(sales + sum(price(scenario) for buyer, scenario in asking if buyer not in bought), 2),
        no_sale=sum(not sells(scenario) for _, scenario in asking),
        conversion=_percent(len(buyers), len(asking)),
        basket=round(sales / len(buyers), 2) if buyers else None,
        could_buy_more=sum(one.could_buy_more for one in everybody),
        bought_more=sum(one.bought_more for one in everybody),
        answer_ratio=round(said / asked, 2) if asked else None,
        satisfaction=_percent(sum(one.satisfied for one in ended), len(ended)),
        longest_wait_s=longest,
        longest_wait_buyer=who,
        busy_s=floor.busy_for,
        kept_out=len(floor.outside),
        promises=sum(pledge.settled for pledge in pledges),
        promises_kept=kept_share(pledges),
        typing_cpm=round(typed * 60 / typing_s, 1) if typing_s else None,
    )


def rates(rounds: Sequence[Round], first: Iterable[float | None]) -> Rates:
    """Reply speed over rounds, and over first answers."""
    seconds = [r.seconds for r in rounds if r.seconds is not None]
    firsts = [s for s in first if s is not None]
    return Rates(
        rounds=len(rounds),
        first_reply_s=round(fmean(firsts), 1) if firsts else None,
        mean_reply_s=round(fmean(min(s, ROUND_CAP) for s in seconds), 1) if seconds else None,
        replied_30s=_percent(sum(s <= QUICK_S for s in seconds), len(rounds)),
        replied_3min=_percent(sum(s <= LATE_S for s in seconds), len(rounds)),
    )


def counting_all(everybody: Sequence[Served]) -> dict[str, float]:
    """Speeds that leave nobody out, for goals: else the surest way to answer fast would be to answer few.

    A wait that was never answered counts as long as it was, and at least LATE_S.
    """
    waits = [[r.waited if r.seconds is not None else max(r.waited, LATE_S) for r in one.rounds] for one in everybody]
    firsts, all_waits = [one[0] for one in waits if one], [min(s, ROUND_CAP) for one in waits for s in one]
    if not firsts:
        return {}
    return {"first_reply_s": round(fmean(firsts), 1), "mean_reply_s": round(fmean(all_waits), 1)}


def by_load(everybody: Sequence[Served], bands: Sequence[int]) -> list[tuple[int, int | None, Rates]]:
    """Reply speed by how many chats were open: (from, to, rates) of each band that occurred; the last has no end."""
    found = []
    low = 1
    for high in (*bands, None):
        rounds = [r for one in everybody for r in one.rounds if low <= r.load and (high is None or r.load <= high)]
        firsts = [
            one.first_reply_s
            for one in everybody
            if one.rounds and low <= one.rounds[0].load and (high is None or one.rounds[0].load <= high)
        ]
        if rounds:
            found.append((low, high, rates(rounds, firsts)))
        low = (high or low) + 1
    return found


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
