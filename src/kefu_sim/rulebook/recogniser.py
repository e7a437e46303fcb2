"""Builds the one recogniser from the rule data and the weights of the package."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from kefu_sim.base.kept import kept, sources
from kefu_sim.base.paths import package_file
from kefu_sim.language.decide import ToneScale
from kefu_sim.language.intents import CompiledIntent, Intent, compile_intents, pattern_of
from kefu_sim.language.model import StatModel
from kefu_sim.language.patterns import Told, grams
from kefu_sim.language.recognise import Recogniser, Tables
from kefu_sim.language.rules import Kind, Rule, RuleBook
from kefu_sim.rulebook.files import read_rules
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.rulebook.yesno import load_yesno

if TYPE_CHECKING:
    from pathlib import Path

    from kefu_sim.scenario.model import Scenario

KINDS: dict[str, Kind] = {
    "steps.yaml": "step",
    "politeness.yaml": "tone",
    "faults.yaml": "fault",
    "buyer.yaml": "buyer",
}
LOOKALIKES = "lookalikes.yaml"
"""Decides nothing, so that the version does not hang on it."""
_OTHER_FILES = ("variants.yaml", "traditional.yaml", "intents/shared.yaml", "yesno.yaml")
_LISTS = ("any", "unless", "after", "not_after", "allow")


def load_rules(name: str) -> tuple[Rule, ...]:
    """Read one file of cues."""
    rows: Any = read_rules(name)["rules"]
    exceptions = {row["id"]: row.get("unless") or [] for row in rows}
    shared = [exceptions[row["unless_of"]] if "unless_of" in row else [] for row in rows]
    return tuple(_rule(row, more, KINDS.get(name, "fault")) for row, more in zip(rows, shared, strict=True))


def _rule(row: Mapping[str, Any], more: Sequence[str], kind: Kind) -> Rule:
    """One cue; `more` are the exceptions it shares with another one."""
    any_, unless, after, not_after, allow = (tuple(str(v) for v in row.get(key) or ()) for key in _LISTS)
    return Rule(
        id=row["id"],
        label=row["label"],
        kind=kind,
        strength=float(row.get("strength", -1)),
        any=any_,
        unless=(*unless, *more),
        at=row.get("at", "anywhere"),
        after=after,
        not_after=not_after,
        allow=allow,
        opening=row.get("opening", False),
        typed=row.get("typed", False),
        entire=row.get("entire", False),
        sure=row.get("sure", False),
        severity=row.get("severity", "M"),
        issue=row.get("issue"),
        clause=row.get("clause", False),
        feared=row.get("feared", False),
        denied=row.get("denied", False),
        apart=row.get("apart", False),
        clears=row.get("clears"),
        zh=row["zh"],
        en=row["en"],
    )


def load_scale() -> ToneScale:
    """Read how tones add up."""
    row: Any = read_rules("politeness.yaml")["scale"]
    cuts, length = tuple(map(float, row["cuts"])), tuple((int(most), float(added)) for most, added in row["length"])
    marks = (float(row[key]) for key in ("opening", "faces", "exclamations", "questions", "ellipses"))
    return ToneScale(cuts, length, *marks)


@dataclass(frozen=True, slots=True)
class _Written:
    """An intent as it stands in a rule file."""

    any: Sequence[Any]
    unless: Sequence[Any] = ()


def load_intents() -> tuple[CompiledIntent, ...]:
    """Compile the shared intents."""
    rows: Any = read_rules("intents/shared.yaml")["intents"]
    written = {name: _Written(row["any"], row.get("unless") or ()) for name, row in rows.items()}
    return _compiled(written, "intents")


def compile_story(scenario: Scenario) -> tuple[CompiledIntent, ...]:
    """Compile the intents of one story, which was found sound when it was loaded."""
    return _compiled(scenario.all_intents(), f"story-{scenario.id}", scenario.charged_intents())


def _compiled(intents: Mapping[str, Intent], kept_as: str, strict: Collection[str] = ()) -> tuple[CompiledIntent, ...]:
    items = (item for intent in intents.values() for item in (*intent.any, *intent.unless))
    patterns = [pattern_of(item) for item in items if not isinstance(item, str)]
    return compile_intents(intents, load_normaliser(), _told(kept_as, patterns), strict=strict, sound=True)


def shared_samples() -> dict[str, tuple[str, ...]]:
    """Give the sample replies of each shared intent."""
    rows: Any = read_rules("intents/shared.yaml")["intents"]
    return {name: tuple(row.get("say") or ()) for name, row in rows.items()}


@cache
def load_tables() -> Tables:
    """Give the rule data, compiled."""
    digest = hashlib.sha256()
    for place in (*(package_file("rules", name) for name in (*KINDS, *_OTHER_FILES)), *_code()):
        digest.update(place.read_bytes())
    books = {name: load_rules(name) for name in KINDS}
    every = [rule for rules in books.values() for rule in rules]
    spoken = [pattern for rule in every if not (rule.typed or rule.entire) for pattern in (*rule.any, *rule.unless)]
    entire = [pattern for rule in every if rule.typed or rule.entire for pattern in rule.any]
    told = _told("rules", [*spoken, *entire])
    return Tables(
        normaliser=load_normaliser(),
        buyer=RuleBook(books.pop("buyer.yaml"), told),
        rules=RuleBook(chain.from_iterable(books.values()), told),
        scale=load_scale(),
        intents=load_intents(),
        version=digest.hexdigest()[:12],
        yesno=load_yesno(),
        lookalikes=RuleBook(load_rules(LOOKALIKES)),
    )


def _code() -> list[Path]:
    """What reads a reply besides rules and weights: word lists, bounds and how all of it is put together."""
    return [*sorted(package_file("language").glob("*.py")), package_file("scenario", "answers.py")]


def _told(name: str, patterns: Sequence[str]) -> Told:
    """What patterns need, kept between runs: to find it takes as long as the rest of the tables together."""

    def find() -> Told:
        return {pattern: [sorted(layer) for layer in grams(pattern)] for pattern in patterns}

    return kept(f"grams-{name}", (sources("language/literals.py", "language/patterns.py"), *patterns), find)


@cache
def load_recogniser() -> Recogniser:
    """Give the recogniser; the first call reads rules and weights."""
    tables = load_tables()
    with package_file("data", "recogniser.bin").open("rb") as weights:
        digest = hashlib.file_digest(weights, "blake2b").digest()  # the quicker one of Python's own
        weights.seek(0)
        model = StatModel.from_stream(weights)
    version = hashlib.sha256(tables.version.encode() + digest).hexdigest()[:12]
    return Recogniser(replace(tables, version=version), model)


@cache
def load_listener() -> Recogniser:
    """Give the recogniser for those who ask for labels alone."""
    return load_recogniser().without_evidence()
