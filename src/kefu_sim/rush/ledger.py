"""What a shift is worth: a list of rows, each with its reason; the score is their sum, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from kefu_sim.rush.figures import Figures
from kefu_sim.rush.handover import SLOTS, Graded
from kefu_sim.rush.rules import RushRules, ScoreRules
from kefu_sim.rush.slips import Slip
from kefu_sim.scoring.ledger import Lang, Phrase
from kefu_sim.scoring.rubric import fill

FULL = 100.0


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One reason for points."""

    rule: str
    points: float
    """To two decimals."""
    reason: Phrase
    of: float = 0.0
    """The most it could have given; 0 for rows that only take or adjust."""
    better: Phrase = field(default_factory=Phrase)
    """What to do instead; empty when nothing was lost."""
    buyer: str = ""
    t: float | None = None

    def to_data(self, lang: Lang) -> dict[str, Any]:
        """Values for JSON."""
        return {
            "rule": self.rule,
            "points": self.points,
            "of": self.of,
            "buyer": self.buyer or None,
            "t": self.t,
            "reason": self.reason.pick(lang),
            "better": self.better.pick(lang),
        }


@dataclass(frozen=True, slots=True)
class ShiftScore:
    """The whole score of a shift with all its reasons."""

    total: float
    """0 to 100; equals the sum of the points of all rows."""
    rows: tuple[ShiftRow, ...]

    def to_data(self, lang: Lang) -> dict[str, Any]:
        """Values for JSON."""
        return {"total": self.total, "ledger": [row.to_data(lang) for row in self.rows]}


@dataclass(frozen=True, slots=True)
class Finding:
    """An order note that is found to be wrong or missing the day after."""

    buyer: str
    what: Phrase


@dataclass(frozen=True, slots=True)
class ShiftCase:
    """What is to be scored."""

    figures: Figures
    totals: Mapping[str, float]
    """Buyer → points of the reception, 0 to 100."""
    names: Mapping[str, str]
    """Buyer → what the buyer is called."""
    slips: Sequence[Slip] = ()
    handed: Sequence[Graded] | None = None
    """How those left behind were handed over; None where the shift asks for no forms."""
    archived: bool | None = None
    """Whether the chats are in a sound folder; None when they are in none."""
    next_day: Sequence[Finding] = ()
    missed: int = 0
    """Buyers who had not come yet when the agent went before the end."""


def score(case: ShiftCase, rules: RushRules) -> ShiftScore:
    """Score a shift."""
    book = _Book(case, rules)
    if case.figures.rates.rounds:
        book.judge()
        book.wind_up()
        book.scale()
        book.take()
        book.leave()
    total = round(sum(row.points for row in book.rows), 2)
    if clipped := round(min(max(total, 0.0), FULL) - total, 2):
        book.row("clip", clipped)
    return ShiftScore(round(sum(row.points for row in book.rows), 2) + 0.0, tuple(book.rows))


@dataclass
class _Book:
    case: ShiftCase
    rules: RushRules
    rows: list[ShiftRow] = field(default_factory=list)
    care: float = 0.0
    """What slips can take."""

    @property
    def weights(self) -> ScoreRules:
        return self.rules.score

    def row(
        self, rule: str, points: float, of: float = 0.0, at: tuple[str, float | None] = ("", None), **values: Any
    ) -> None:
        """`at`: whose window, and when."""
        text = self.rules.rules[rule]
        lost = points < of - 0.005 or points < 0
        better = fill(text.better, values) if lost else Phrase()
        self.rows.append(ShiftRow(rule, round(points, 2), fill(text.reason, values), round(of, 2), better, *at))

    def part(self, rule: str, n: int) -> Phrase:
        """A part of a sentence about so many; nothing about none."""
        return fill(self.rules.rules[rule].reason, {"n": n}) if n else Phrase()

    def judge(self) -> None:
        """What is earned; what the shift gave no occasion for leaves the whole."""
        figures, totals = self.case.figures, self.case.totals
        weights, rates = self.weights, figures.rates
        answered = rates.first_reply_s is not None
        first, mean = rates.first_reply_s or 0.0, rates.mean_reply_s or 0.0
        part = (figures.received - figures.unanswered) / figures.received
        unanswered = self.part("part.unanswered", figures.unanswered)
        for rule, seconds, most in (("speed.first", first, weights.first), ("speed.mean", mean, weights.mean)):
            share = part * weights.curve.at(seconds) / 100 if answered else 0.0
            told = round(seconds) if answered else "—"
            self.row(rule, most * share, most, seconds=told, unanswered=unanswered)
        for rule, value, most in (
            ("speed.3min", rates.replied_3min, weights.replied_3min),
            ("speed.30s", rates.replied_30s, weights.replied_30s),
            ("deal.satisfaction", figures.satisfaction, weights.satisfaction),
        ):
            if value is not None:
                self.row(rule, most * value / 100, most, percent=f"{value:g}")
        self.deal()
        quality = fmean(totals.values()) if totals else 0.0
        self.row("service.quality", weights.quality * quality / 100, weights.quality, quality=round(quality))
        self.care = weights.care * part
        self.row("care.start", self.care, weights.care, unanswered=unanswered)

    def deal(self) -> None:
        """What was sold: to how many of those who can be sold to, how much more than was asked for, and in all."""
        figures, weights = self.case.figures, self.weights
        if figures.worth:
            whom, share = figures.inquirers - figures.no_sale, figures.sales / figures.worth
            percent, most = f"{figures.conversion or 0:g}", weights.conversion
            chats = self.part("part.chats", figures.no_sale)
            self.row("deal.conversion", most * figures.sold / whom, most, percent=percent, chats=chats)
            sales, worth, most = f"{figures.sales:g}", f"{figures.worth:g}", weights.sales
            self.row("deal.sales", most * share, most, sales=sales, worth=worth)
        if figures.could_buy_more:
            more, could, most = figures.bought_more, figures.could_buy_more, weights.basket
            basket = f"{figures.basket or 0:g}"
            self.row("deal.basket", most * more / could, most, basket=basket, more=more, could=could)

    def wind_up(self) -> None:
        """The end of the shift: forms, a word to the buyers, the archive."""
        handed, weights = self.case.handed, self.weights
        if handed is None:
            return
        if handed:
            share = fmean(one.share for one in handed)
            right = sum(sum(one.slots.values()) for one in handed)
            most = len(handed) * len(SLOTS)
            self.row("handover.form", weights.handover * share, weights.handover, right=right, slots=most)
            told = sum(one.told for one in handed)
            share = told / len(handed)
            self.row("handover.told", weights.told * share, weights.told, told=told, count=len(handed))
        self.row("archive", weights.archive * bool(self.case.archived), weights.archive)

    def scale(self) -> None:
        """The row that brings what could be judged to the full scale."""
        most = sum(row.of for row in self.rows)
        if abs(most - FULL) > 0.01:
            earned = sum(row.points for row in self.rows)
            self.row("scale", earned * FULL / most - earned, most=round(most), scale=round(FULL))

    def take(self) -> None:
        """What slips cost, together no more than was there for care; and what comes out the day after."""
        names, left = self.case.names, self.care
        for slip in self.case.slips:
            points = min(left, self.weights.slips[slip.kind])
            left -= points
            words = slip.text[slice(*slip.span)][:24]
            who, other = names.get(slip.buyer, slip.buyer), names.get(slip.other, "")
            at = (slip.buyer, slip.t)
            self.row(f"slip.{slip.kind}", -points, at=at, words=Phrase(words, words), who=who, other=other)
        for found in self.case.next_day:
            who = names.get(found.buyer, found.buyer)
            self.row("next-day", -self.weights.next_day, at=(found.buyer, None), who=who, what=found.what)

    def leave(self) -> None:
        """Who goes before the end keeps of the points what was seen of the shift: its buyers who had come by then."""
        missed, came = self.case.missed, self.case.figures.buyers
        earned = sum(row.points for row in self.rows)
        if missed and earned > 0:
            self.row("left.early", -earned * missed / (missed + came), missed=missed, whole=missed + came)
