"""What becomes of the samples of an intent, as they stand and as other people type them.

All of it hangs on the intent alone: stories share those of fragments, and each is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from kefu_sim.author.verify_spellings import Kind, spellings
from kefu_sim.language.intents import CompiledIntent, carries
from kefu_sim.language.lately import Memory
from kefu_sim.language.normalise import Normalised
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.rulebook.typists import load_typists
from kefu_sim.scenario.model import IntentSpec

KEPT = 512
"""So many intents are remembered: those of the shipped stories, and more."""


class Spelling(NamedTuple):
    """Another spelling of a sample."""

    kind: Kind
    typed: str
    told: bool
    """Whether it is taken as its author means the sample to be."""


class Sample(NamedTuple):
    """A sample of an intent."""

    key: Literal["say", "not"]
    """Where it stands."""
    number: int
    text: str
    told: bool
    """Whether it is recognised under `say:`, and is not under `not:`."""
    spellings: Sequence[Spelling]


_KNOWN: Memory[IntentSpec, Sequence[Sample]] = Memory(KEPT)


def samples_of(written: IntentSpec, compiled: CompiledIntent) -> Sequence[Sample]:
    """All samples of an intent, given as its author wrote it and as it is matched."""
    known = _KNOWN.recall([written])
    if not known:
        known[written] = [*_samples(written.say, compiled, "say"), *_samples(written.not_, compiled, "not")]
        _KNOWN.keep(known)
    return known[written]


def _samples(texts: Sequence[str], compiled: CompiledIntent, key: Literal["say", "not"]) -> Iterator[Sample]:
    fold, meant = load_normaliser(), key == "say"
    for number, text in enumerate(texts):
        read = fold(text)
        spelt = list(_spelt(text, read, compiled, meant=meant))
        yield Sample(key, number, text, carries(read, compiled) == meant, spelt)


def _spelt(text: str, plain: Normalised, compiled: CompiledIntent, *, meant: bool) -> Iterator[Spelling]:
    """The other spellings of a sample; what is read as the sample itself needs no second look."""
    fold = load_normaliser()
    for kind, typed in spellings(text, load_typists()):
        told = fold.alike(typed, text)
        if not told:
            read = fold(typed)
            told = (read.text == plain.text and read.spelt is None) or carries(read, compiled) == meant
        yield Spelling(kind, typed, told)
