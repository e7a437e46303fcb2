"""What bots know of a story before they begin: its words, its way to the good ending, how it is scored."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kefu_sim.author.bots_expert import Moment, Rated, Scale, rate
from kefu_sim.author.samples import Ear, Samples
from kefu_sim.author.soak_memory import Memory
from kefu_sim.base.draws import seeded
from kefu_sim.base.text import clean_message
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.language.gaming import likeness
from kefu_sim.programs import BoundRecogniser, program_for
from kefu_sim.rulebook.bots import BotWords, load_bot_words
from kefu_sim.rulebook.flows import load_flows
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.scenario.check import exits
from kefu_sim.scenario.labels import STEP_NAMES, fact_label
from kefu_sim.scenario.model import STAY, PatternItem, Scenario
from kefu_sim.scoring.flows import Flow
from kefu_sim.scoring.ledger import Score
from kefu_sim.scoring.rubric import Rubric
from kefu_sim.scoring.score import case_of, score_reception, total

SUCCESSES = frozenset({"sold", "kept"})
"""Outcomes an agent works for."""
TOO_NEAR = 0.6
"""Likeness to a model answer from which on words are not one's own."""


HEAPS = 24
"""Heaps of keywords for one story."""
FEWEST, MOST = 6, 14
"""Words of a heap."""
LISTS = 4
"""Lists of phrases for one story."""
_draw = seeded(0)


def heap(story: Scenario, courtesies: Sequence[str], number: int) -> str:
    """Pile up words of courtesy and keywords of the story, in turn."""
    keys = [item for intent in story.intents.values() for item in intent.any if not isinstance(item, PatternItem)]
    pools, count = (courtesies, [*keys, *courtesies]), FEWEST + int(_draw(number, "count") * (MOST - FEWEST))
    words = [pools[i % 2][int(_draw(number, f"word {i}") * len(pools[i % 2]))] for i in range(count)]
    return ("", " ", "，", "、")[number % 4].join(words)


@dataclass
class Kit:
    """One story, ready for bots."""

    program: Program
    """Hears through a memory."""
    memory: Memory
    pathless: bool = False
    """Whether its bots find their words without knowing the way: it is being found with them."""
    _copied: dict[str, bool] = field(default_factory=dict, repr=False)
    _alike: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict), repr=False)
    _texts: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _rated: dict[tuple[Moment, tuple[str, ...]], Rated] = field(default_factory=dict, repr=False)
    _scales: dict[Moment, Scale] = field(default_factory=dict, repr=False)

    @cached_property
    def story(self) -> Scenario:
        """The story."""
        return self.program.scenario

    @cached_property
    def samples(self) -> Samples:
        """Texts by label."""
        return Samples(self.story)

    @cached_property
    def ear(self) -> Ear:
        """Labels of texts."""
        return Ear(self.program)

    def by_itself(self, text: str, node: str = "") -> frozenset[str]:
        """What a text means, whatever stands before it; at a node, if one is named."""
        return self.ear.labels(text, node)

    def ahead(self, texts: Iterable[str], context: Sequence[str] = ()) -> None:
        """Let texts be read at once that are to be weighed at one place."""
        self.memory.ahead((text, context, ()) for text in dict.fromkeys(texts))

    def texts(self, label: str) -> tuple[str, ...]:
        """Texts for a label: samples, and whatever else the author wrote that carries it."""
        if label not in self._texts:
            own = self._saying(label) if "." in label else []
            self._texts[label] = tuple(dict.fromkeys((*self.samples.of(label), *own)))
        return self._texts[label]

    def _saying(self, label: str) -> list[str]:
        """What the author wrote that carries a label."""
        self.ahead(self._written)
        return [text for text in self._written if label in self.by_itself(text)]

    @cached_property
    def _written(self) -> tuple[str, ...]:
        """Everything the author lets an agent say."""
        samples = (text for intent in self.story.intents.values() for text in intent.say)
        tests = (turn.say for case in self.story.tests for turn in case.turns if turn.say)
        return tuple(dict.fromkeys((*samples, *tests, *self.models)))

    @cached_property
    def telling(self) -> frozenset[str]:
        """Labels that a score or a reply far on asks for: steps, right answers, promises and their keeping."""
        promises = self.story.promises.values()
        answers = (fact_label(name, right=True) for name in self.story.facts)
        return frozenset((*STEP_NAMES, *answers, *(label for p in promises for label in (*p.made, *p.kept))))

    def rated(self, moment: Moment, *said: str) -> Rated:
        """What an expert could say, the best first; weighed once for each moment."""
        key = (moment, said)
        if key not in self._rated:
            self._rated[key] = rate(self, moment, *said)
        return self._rated[key]

    def scale(self, moment: Moment) -> Scale:
        """What weighs turns of a moment, the same one however often it is asked for: it remembers."""
        if moment not in self._scales:
            self._scales[moment] = Scale(self, moment)
        return self._scales[moment]

    @cached_property
    def words(self) -> BotWords:
        """What bots say beside the story's samples."""
        return load_bot_words()

    @cached_property
    def rubric(self) -> Rubric:
        """How receptions are scored."""
        return load_rubric()

    @cached_property
    def flow(self) -> Flow:
        """The steps of this story's flow."""
        return load_flows()[self.story.flow]

    @cached_property
    def models(self) -> tuple[str, ...]:
        """All model answers."""
        models = [node.model for node in self.story.nodes.values() if node.model is not None]
        return tuple(text for model in models for text in (model.pass_, model.excellent))

    def copied(self, text: str) -> bool:
        """Whether a text is a model answer, or near one."""
        if text not in self._copied:
            self._copied[text] = any(likeness(text, model) >= TOO_NEAR for model in self.models)
        return self._copied[text]

    @cached_property
    def heaps(self) -> tuple[str, ...]:
        """Heaps of courtesy words and keywords, without sentences around them."""
        return tuple(heap(self.story, self.words.stuffing, number) for number in range(HEAPS))

    @cached_property
    def pastes(self) -> tuple[str, ...]:
        """Templates, cards and lists of phrases."""
        cards = ("\n".join(f"{key}：{value}" for key, value in card.items()) for card in self.story.cards.values())
        says = [intent.say for intent in self.story.intents.values() if intent.say]
        lists = ("。".join(say[number % len(say)] for say in says[:10]) for number in range(LISTS))
        return tuple(text for text in (*self.words.pasted, *cards, *lists) if text)

    def near(self, text: str, others: Iterable[str], least: float) -> bool:
        """Whether a text is as much as `least` (0 to 1) like one of others."""
        known = self._alike[text]
        for other in others:
            alike = known.get(other)
            if alike is None:
                alike = known[other] = likeness(text, other)
            if alike >= least:
                return True
        return False

    def dear(self, meter: str) -> bool:
        """Whether a number of the story is the better the higher: a tone moves it, or the buyer leaves at its end."""
        tones = self.program.persona.tone.values()
        return bool(self.story.vars[meter].out) or any(meter in deltas for deltas in tones)

    def score(self, log: Sequence[ev.Event]) -> Score:
        """What a reception is worth, and why."""
        return score_reception(log, self.story, self.program.understand, self.rubric, self.flow)

    def total(self, log: Sequence[ev.Event]) -> float:
        """What a reception is worth."""
        return total(case_of(log, self.story, self.program.understand), self.rubric, self.flow)

    @cached_property
    def led(self) -> tuple[ev.Event, ...]:
        """Log of the agent who says every model answer; nothing in a kit without a way.

        What that agent says where the answers do not suffice is weighed in such a kit.
        """
        from kefu_sim.author.bots import MODEL  # noqa: PLC0415 (bots look into the kit)
        from kefu_sim.author.soak_play import play  # noqa: PLC0415

        return () if self.pathless else play(Kit(self.program, self.memory, pathless=True), MODEL, 0).log

    @cached_property
    def way(self) -> tuple[str, ...]:
        """Nodes of that reception: the author's idea of how it goes."""
        return tuple(event.node for event in self.led if isinstance(event, ev.Entered))

    @cached_property
    def stuck(self) -> str:
        """Node at which all its model answers were said and the buyer still, or again, waits; empty where none is."""
        node, models = "", set(map(clean_message, self.models))
        for event in self.led:
            if isinstance(event, ev.Entered):
                node = event.node
            elif isinstance(event, ev.AgentSent) and self.story.nodes[node].model and event.text not in models:
                return node
        return ""

    @cached_property
    def goals(self) -> frozenset[str]:
        """Endings worth coming to: the one of the way; all that are a success where the way comes to none."""
        nodes = self.story.nodes
        if self.way and nodes[self.way[-1]].end is not None:
            return frozenset(self.way[-1:])
        return frozenset(name for name, node in nodes.items() if node.end in SUCCESSES)

    @cached_property
    def distance(self) -> dict[str, int]:
        """Node → steps back to the way; nodes without a way back are left out. Empty where the way comes to no end."""
        if not self.goals.intersection(self.way[-1:]):
            return {}
        before: dict[str, set[str]] = {name: set() for name in self.story.nodes}
        everywhere = [reply.goto for reply in self.story.always if reply.goto != STAY]
        for name, node in self.story.nodes.items():
            if node.end is None:
                for target in (*exits(node), *everywhere):
                    before[target].add(name)
        found = dict.fromkeys(self.way, 0)
        todo = deque(found)
        while todo:
            here = todo.popleft()
            for name in before[here]:
                if name not in found:
                    found[name] = found[here] + 1
                    todo.append(name)
        return found


def kit_for(story: Scenario) -> Kit:
    """Make a story ready for bots."""
    program = program_for(story)
    assert isinstance(program.understand, BoundRecogniser)
    memory = Memory(program.understand)
    return Kit(replace(program, understand=memory), memory)
