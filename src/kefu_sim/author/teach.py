"""An item of the inbox becomes a sample of an intent, in the file of its story; verify says what came of it."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kefu_sim.author.files import short
from kefu_sim.author.inbox import Item, folded, settle
from kefu_sim.author.schema import FILE_NAME, lay_schema
from kefu_sim.author.subjects import subject_of
from kefu_sim.author.verify import Verified, verify
from kefu_sim.base.errors import BadFileError, KefuError
from kefu_sim.base.refusals import unwritable
from kefu_sim.base.yamladd import add_item
from kefu_sim.base.yamlfile import YamlFile, read_yaml
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.rulebook.known import known_ids, shared_intent_ids
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.conditions import alternatives
from kefu_sim.scenario.expand import expand
from kefu_sim.scenario.library import read_text, shipped_folder
from kefu_sim.scenario.load import load_scenario
from kefu_sim.scenario.model import Scenario
from kefu_sim.scenario.names import did_you_mean
from kefu_sim.store.textfiles import write_text_file

Key = Literal["say", "not"]


@dataclass(frozen=True, slots=True)
class Offer:
    """An intent that a text can be added to."""

    intent: str
    here: bool
    """Whether a reply at the node of the item waits for it."""
    samples: tuple[str, ...]
    """Its first samples."""


@dataclass(frozen=True, slots=True)
class Added:
    """What was done to a file."""

    intent: str
    key: Key
    path: Path
    line: int
    """Where the new sample stands, from 1."""
    copied: bool
    """Whether the story was copied out of the program for it."""
    verified: Verified

    @property
    def told(self) -> list[str]:
        """What was done, in sentences."""
        place = f"{short(self.path)}:{self.line}"
        done = tr("{place}: added to `{key}:` of `{intent}`").format(place=place, key=self.key, intent=self.intent)
        return [*self.copy, done]

    @property
    def copy(self) -> list[str]:
        """That the story was copied, if it was."""
        what = tr("The story came with the program; it was copied to {path}, and the copy is played from now on.")
        return [what.format(path=self.path)] if self.copied else []


@dataclass(frozen=True, slots=True)
class _Source:
    """A story as its file has it, and as it is with its fragments."""

    path: Path
    text: str
    own: YamlFile
    whole: YamlFile

    @property
    def intents(self) -> list[str]:
        """Names of the intents that stand in the file itself."""
        return list(_mapping(self.own.data, "intents"))


def offers(house: House, item: Item) -> list[Offer]:
    """The story's own intents, those that the node waits for first. Raises KefuError, BadFileError."""
    source = _source(house, item.scenario)
    story = house.library.get(item.scenario)
    awaited = waited_for(story, item.node)
    told = [Offer(name, name in awaited, story.intents[name].say[:3]) for name in source.intents]
    return sorted(told, key=lambda offer: not offer.here)


def waited_for(story: Scenario, node: str) -> list[str]:
    """Labels that the replies of a node wait for, in their order; none for a node that is not there."""
    replies = story.nodes[node].replies if node in story.nodes else ()
    return list(dict.fromkeys(label for reply in replies for part in reply.when for label in alternatives(part)))


def add(house: House, item: Item, intent: str, key: Key) -> Added:
    """Add the text of an item to an intent, verify the story, put the item away.

    The file is written only if it still loads. Raises KefuError, BadFileError, UnwritableError.
    """
    if not item.said:
        raise KefuError(tr("this row is about the whole reception: there are no words to add"))
    source = _source(house, item.scenario)
    _refuse_foreign(source, intent, key)
    _refuse_twice(source, intent, key, item.said)
    try:
        text = add_item(source.text, ("intents", intent, key), item.said, short(source.path))
    except LookupError:
        line, _ = source.own.where(("intents", intent, key))
        raise KefuError(
            tr("{file}:{line}: `{key}` of `{intent}` is written in a way that cannot be added to").format(
                file=short(source.path), line=line, key=key, intent=intent
            ),
            hint=tr("make it a list, `{key}: [...]`, and try again").format(key=key),
        ) from None
    known = known_ids(house.folder)
    load_scenario(text, short(source.path), known)
    target, copied = _target(house, source.path)
    _write(target, text, bom=source.path.read_bytes().startswith(codecs.BOM_UTF8), over=not copied)
    if copied:
        _lay_schema(target.parent, known)
    del house.library
    settle(house, item, key)
    subject = subject_of(text, short(target), known)
    samples = _mapping(_mapping(subject.file.data, "intents"), intent)[key]
    last = len(samples) - 1 if isinstance(samples, list) else 0
    return Added(intent, key, target, subject.file.where(("intents", intent, key, last))[0], copied, verify(subject))


def _source(house: House, scenario: str) -> _Source:
    entry = house.library.entries.get(scenario)
    if entry is None:
        broken = [problem for problem in house.library.problems if Path(problem.file).stem == scenario]
        if broken:
            raise BadFileError(broken)
        raise KefuError(
            tr("the story `{id}` is not in the library any more").format(id=scenario),
            hint=tr("put its file back, or put the item away as done"),
        )
    path = Path(entry.file).resolve()
    text = read_text(path)
    own = read_yaml(text, short(path))
    return _Source(path, text, own, expand(own, known_ids(house.folder).shelf))


def _refuse_foreign(source: _Source, intent: str, key: Key) -> None:
    """Only what stands in the story's own file is changed."""
    whole = _mapping(source.whole.data, "intents")
    foreign = source.whole.foreign.get(("intents", intent, key)) if intent in source.intents else None
    if intent in source.intents and foreign is None:
        return
    hint = tr("intents of the story itself: {names}").format(names=_listed(source.intents))
    if intent in whole:
        written = foreign or source.whole.foreign.get(("intents", intent))
        where = f"{written.source}:{written.line}" if written else "?"
        what = tr("`{intent}` comes from a fragment ({where}) that other stories use too; it is not changed from here")
        raise KefuError(what.format(intent=intent, where=where), hint=hint)
    if intent in shared_intent_ids():
        what = tr("`{intent}` belongs to the program, not to the story; it is not changed from here")
        raise KefuError(what.format(intent=intent), hint=hint)
    near = did_you_mean(intent, source.intents)
    what = tr("unknown {kind} `{name}`").format(kind=tr("intent"), name=intent)
    raise KefuError(what, hint="\n".join(filter(None, (near, hint))))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or tr("none")


def _refuse_twice(source: _Source, intent: str, key: Key, text: str) -> None:
    read = load_normaliser()
    there = _mapping(_mapping(source.own.data, "intents"), intent).get(key)
    for i, sample in enumerate(there if isinstance(there, list) else [there]):
        if isinstance(sample, str) and folded(sample, read) == folded(text, read):
            line, _ = source.own.where(("intents", intent, key, i))
            raise KefuError(
                tr("{file}:{line}: “{text}” stands there already").format(
                    file=short(source.path), line=line, text=sample
                ),
                hint=tr("`kefu-sim author verify` says whether it is understood; then put the item away as done"),
            )


def _target(house: House, path: Path) -> tuple[Path, bool]:
    """The file to write, and whether that is a copy: what came with the program stays as it is."""
    if not path.is_relative_to(shipped_folder().resolve()):
        return path, False
    return house.own_scenarios / path.name, True


def _write(path: Path, text: str, *, bom: bool, over: bool) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path.parent, error) from None
    write_text_file(path, ("\ufeff" if bom else "") + text, force=over)


def _lay_schema(folder: Path, known: Known) -> None:
    """Let editors find what the first line of a copied story names."""
    try:
        lay_schema(folder, known)
    except OSError as error:
        raise unwritable(folder / FILE_NAME, error) from None


def _mapping(data: object, key: str) -> dict[str, object]:
    """A mapping within a mapping; an empty one where there is none."""
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}
