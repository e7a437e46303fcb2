"""The rules of scoring as validated, immutable values. Field names are the keys of the YAML files."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from kefu_sim.language.verdict import Severity
from kefu_sim.scoring.ledger import NO_WORDS, NOWHERE, Dimension, Phrase, Place, Row
from kefu_sim.scoring.names import AGENT_CUES, BUYER_CUES, RULES, topic_of


class Part(BaseModel):
    """Base of every part: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _as_phrase(value: object) -> object:
    return Phrase(**value) if isinstance(value, dict) and set(value) == {"zh", "en"} else value


def _as_pattern(value: object) -> object:
    """One alternation out of a list of regular expressions."""
    try:
        return re.compile("|".join(map(str, value))) if isinstance(value, list | tuple) else value
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None


Words = Annotated[Phrase, BeforeValidator(_as_phrase)]
Cue = Annotated[re.Pattern[str], BeforeValidator(_as_pattern)]
Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]
Tone = Literal["abusive", "curt", "plain", "polite", "warm"]
TONES: tuple[Tone, ...] = ("abusive", "curt", "plain", "polite", "warm")
"""Politeness −2 to 2, in order."""
FACE = "~"
"""What emoji and other faces are read as."""
LEAST = 0.1
"""Points below which a loss is not worth a word."""
KEPT = 1024
"""Texts whose cues, and figures whose words, are remembered."""


def tone_of(politeness: int) -> Tone:
    """Name of a politeness integer."""
    return TONES[min(max(politeness, -2), 2) + 2]


class Knot(NamedTuple):
    """One corner of a curve."""

    x: float
    y: float


class Curve(Part):
    """A line through corners with rising `x`; level before the first and after the last."""

    knots: Annotated[tuple[Knot, ...], Field(min_length=1)]

    @cached_property
    def _xs(self) -> list[float]:
        return [knot.x for knot in self.knots]

    def at(self, x: float) -> float:
        """Height at `x`."""
        index = bisect_right(self._xs, x)
        if index == 0:
            return self.knots[0].y
        if index == len(self.knots):
            return self.knots[-1].y
        (x0, y0), (x1, y1) = self.knots[index - 1], self.knots[index]
        return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def _as_curve(value: object) -> object:
    return {"knots": [tuple(k) for k in value]} if isinstance(value, list) else value


Line = Annotated[Curve, BeforeValidator(_as_curve)]


class SpeedRules(Part):
    """Reply speed (domain B.3 and C.1)."""

    curve: Line
    """Seconds → share of the points."""
    complaint_factor: Annotated[float, Field(ge=1, le=5)]
    """Seconds count so many times when the buyer has a grievance."""
    grieved: Words
    """That they do; with {factor}."""
    excused: Share
    """Part of the loss given back when the reply thanks for the wait or explains it."""
    first: Points
    mean: Points
    steady: Points
    slow_s: float
    """A wait beyond this is a slow round: half a mark."""
    timeout_s: float
    """A wait beyond this, or no reply at all, is a lost round: a whole mark."""
    follow_up_s: float
    """After asking for a moment, the next word of the agent comes within this."""
    few: int
    """With fewer rounds than this, rounds still count as one part in so many."""


class FlowRules(Part):
    """How well a step was done."""

    tone: dict[Tone, Share]
    """Share by the tone of the reply that did it."""
    depth: Line
    """Characters, as a share of the step's `full` → share of the points."""
    late: Share
    """Share of a step out of order."""
    opening: int
    """Steps of the opening count in the first so many replies."""
    answering: Points
    """For taking up every line of the buyer with substance."""
    answer_full: Annotated[int, Field(ge=1, le=60)]
    """Characters of a reply with substance."""
    few: int
    """With fewer replies than this, replies still count as one part in so many."""
    broken: dict[Tone, Points]
    """What a reply of that tone takes from the flow."""
    repeat: Points
    """What it takes when the buyer has to say it again or complains of not being answered."""


class CourtesyRules(Part):
    """Politeness (domain D.2), blended with the tone of each reply."""

    tone: Points
    """Points shared out over the replies by tone."""
    value: dict[Tone, Annotated[float, Field(ge=-2, le=1)]]
    hollow: Share
    """Value of polite words after which the buyer has to ask again."""
    few: int
    """With fewer replies than this, replies still count as one part in so many."""
    address: Points
    request: Points
    thanks: Points
    care: Points
    clean: Points
    enough: Points
    """So many requests or thanks are full marks."""
    ends: float
    """Weight of warm words in greeting and farewell."""
    middle: float
    """Weight of warm words in recommending, helping and verifying."""


class SubstanceRules(Part):
    """Accuracy, resolution and brevity (domain C.1)."""

    facts: Points
    policy: Points
    promises: Points
    late: Share
    """Share of a promise that was kept after its time."""
    need: Points
    consent: Points
    outcome: Points
    outcomes: dict[str, Share]
    """Outcome of the story → share."""
    grievances: dict[str, Share]
    """The same for a story that is a complaint."""
    length: Line
    """Characters of a message → share."""
    questions: int
    """More questions than this in one message are a barrage."""
    few: int


class RedLines(Part):
    """What takes points whatever else was good (domain C.2)."""

    attitude: frozenset[str]
    """Categories of severity S that each take `attitude_points`; the other S categories cap the total."""
    attitude_points: Points
    attitude_most: Points
    minor_points: Points
    minor_most: Points
    habits: frozenset[str]
    """Categories that are a way of speaking: they take points once, however often they show."""
    forgiven: frozenset[str]
    """Categories that cost nothing when the agent puts it right in one of the next messages."""
    no_secret: frozenset[str]
    """Categories that are none where the buyer typed all numbers of the words in this chat."""
    cap: Points
    """Highest total after a compliance fault."""
    rude_cap: Points
    """Highest total after an abusive reply."""
    lost_cap: Points
    """Highest total of a reception that the buyer left lost: below what counts as passed."""
    help_points: Points
    """For each model answer looked at."""
    gap_points: Points
    """For each reply with a variable that was never filled."""
    better: dict[str, Words]
    """Category → what to say instead."""
    english: dict[str, str]
    """Category → its name in English."""

    def named(self, category: str) -> Phrase:
        """What a category of fault is called; one of a story's own keeps its name."""
        return Phrase(category, self.english.get(category, category))


class Claim(Part):
    """Words that claim what only the cards can bear out."""

    fault: str
    """Category."""
    asks: Literal["stock", "today", "scarce", "life", "price"]
    """What the cards are asked for."""
    says: Cue
    """In the reply as it is read; `n` is the number that is claimed."""
    severity: Severity = "S"


class CardRules(Part):
    """What is looked up on the cards, and the claims that they are asked about."""

    stock: Cue
    """Words that tell what is in stock …"""
    pieces: Cue
    """… and within them: `n` pieces are."""
    ends: Cue
    """Something lasts until `day`."""
    ends_today: Cue
    today: Cue
    """Today is `day`."""
    scarce: Cue
    life: Cue
    priced: Cue
    """A price stands on a card."""
    claims: tuple[Claim, ...]


class BonusRules(Part):
    """Extra points."""

    most: Points
    share: Share
    """Of what was lost, so much at most is made up for: a fault always shows in the total."""
    close: Points
    """For a warm farewell that had the last word."""
    kindness: Points
    """For caring about the buyer beyond the matter."""


class RuleText(Part):
    """What a row says: the rule in one sentence, and a better wording."""

    reason: Words
    none: Words = Phrase()
    """The sentence where `count` is 0; empty: the same one."""
    few: Words = Phrase()
    """Added where fewer `counted` than the `parts` the points are shared over."""
    near: Words = Phrase()
    """Added where a reply came `near`: the number of its message, from 1."""
    silent: Words = Phrase()
    """The sentence where none `counted`."""
    better: Words = Phrase()
    few_better: Words = Phrase()
    """The better wording where nothing but too few is the matter."""
    habit: Words = Phrase()
    """What to keep, start or stop doing: with the row's {topic} and {words}."""

    def said(self, values: Mapping[str, Any]) -> Phrase:
        """The sentence that fits these figures, its figures still to be filled in."""
        if self.silent.zh and not values.get("counted", 1):
            return self.silent
        sentence = self.none if self.none.zh and not values.get("count", 1) else self.reason
        added = self.few if _too_few(values) else self.near if "near" in values else Phrase()
        return Phrase(sentence.zh + added.zh, sentence.en + added.en)

    def advised(self, values: Mapping[str, Any]) -> Phrase:
        """The better wording that fits these figures."""
        alone = self.few_better.zh and values.get("counted", 0) and not values.get("count") and _too_few(values)
        return self.few_better if alone else self.better


def _too_few(values: Mapping[str, Any]) -> bool:
    return bool(values.get("counted", 1) < values.get("parts", 1))


class Rubric(Part):
    """All weights, thresholds, cues and sentences."""

    version: str
    dimensions: dict[Dimension, Points]
    """The most each dimension gives."""
    wall: Line
    """Characters of one message → share of what it may earn for steps, answers and courtesy."""
    speed: SpeedRules
    flow: FlowRules
    courtesy: CourtesyRules
    substance: SubstanceRules
    redlines: RedLines
    cards: CardRules
    bonus: BonusRules
    buyer_cues: dict[str, Cue]
    agent_cues: dict[str, Cue]
    rules: dict[str, RuleText]

    @model_validator(mode="after")
    def _complete(self) -> Rubric:
        if missing := sorted(set(RULES) - set(self.rules)):
            raise ValueError(f"no sentence for the rules {', '.join(missing)}")
        if missing := sorted((BUYER_CUES - set(self.buyer_cues)) | (AGENT_CUES - set(self.agent_cues))):
            raise ValueError(f"no words for the cues {', '.join(missing)}")
        return self

    @cached_property
    def scale(self) -> float:
        """Sum of all dimensions."""
        return sum(self.dimensions.values())

    @cached_property
    def buyer_says(self) -> Callable[[str], frozenset[str]]:
        """Names of the cues in a line of the buyer."""
        return _found(self.buyer_cues)

    @cached_property
    def agent_says(self) -> Callable[[str], frozenset[str]]:
        """Names of the cues in a reply of the agent, also where a face splits a word (谢😊谢)."""
        says = _found(self.agent_cues)
        return lambda said: says(said) | says(said.replace(FACE, "")) if FACE in said else says(said)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Rubric:
        """Copy, with other rules; what was worked out from the old ones is left behind."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    @cached_property
    def with_few(self) -> Callable[[int], Rubric]:
        """The same rules for a story of few replies: no more than so many are asked for a full count."""
        return lru_cache(self._with_few)

    def _with_few(self, few: int) -> Rubric:
        parts = ("speed", "flow", "courtesy", "substance")
        shorter = {
            name: part.model_copy(update={"few": min(few, part.few)}) for name in parts if (part := getattr(self, name))
        }
        return self.model_copy(update=shorter)

    def row(
        self,
        rule: str,
        points: float,
        of: float = 0.0,
        *,
        at: Place = NOWHERE,
        better: Phrase | None = None,
        **values: Any,
    ) -> Row:
        """Make a row; `better` stands only where points were lost that are worth a word."""
        lost = points <= of - LEAST or points < 0
        reason, advice, topic = self._worded(rule, lost and better is None, **values)
        wording = better if lost and better is not None else advice
        return Row(rule, float(round(points, 2)), reason, float(round(of, 2)), at, wording, RULES[rule], topic)

    @cached_property
    def _worded(self) -> Callable[..., tuple[Phrase, Phrase, Phrase]]:
        """Remembers the words of rows; by types of the figures too, for 1 and 1.0 are not written alike."""
        return lru_cache(KEPT, typed=True)(self._words)

    def _words(self, rule: str, advised: bool, /, **values: Any) -> tuple[Phrase, Phrase, Phrase]:
        """Reason, better wording (empty unless `advised`) and topic of a row with these figures."""
        text = self.rules[rule]
        advice = fill(text.advised(values), values) if advised else NO_WORDS
        return fill(text.said(values), values), advice, topic_of(values)


def _found(cues: Mapping[str, Cue]) -> Callable[[str], frozenset[str]]:
    """Look for all cues in a text at once, and remember: every part of a score asks, and again as a log grows."""
    return lru_cache(KEPT)(lambda text: frozenset(name for name, cue in cues.items() if cue.search(text)))


def fill(words: Phrase, values: dict[str, Any]) -> Phrase:
    """Put the figures of a reception into a sentence; a value that is a Phrase is put in by language."""
    if not values or "{" not in words.zh + words.en:
        return words
    zh = {k: v.zh if isinstance(v, Phrase) else v for k, v in values.items()}
    en = {k: v.en if isinstance(v, Phrase) else v for k, v in values.items()}
    return Phrase(words.zh.format(**zh), words.en.format(**en))
