"""An item of the inbox becomes a sample of an intent, in a file of the user; verify says what came of it."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kefu_sim.author.files import short
from kefu_sim.author.inbox import Item, folded, settle
from kefu_sim.author.schema import FILE_NAME, lay_schema
from kefu_sim.author.subjects import subject_of
from kefu_sim.author.verify import Verified, verify
from kefu_sim.base.errors import BadFileError, KefuError
from kefu_sim.base.paths import as_argument
from kefu_sim.base.refusals import unwritable
from kefu_sim.base.yamladd import add_entry, add_item
from kefu_sim.base.yamlfile import Foreign, YamlFile, read_yaml
from kefu_sim.base.yamlfile import Path as YamlPath
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.rulebook.known import known_ids
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.rulebook.recogniser import shared_samples
from kefu_sim.scenario import library
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.conditions import alternatives
from kefu_sim.scenario.expand import expand
from kefu_sim.scenario.fragments import fragments_of
from kefu_sim.scenario.labels import ANY, BUILT_IN
from kefu_sim.scenario.library import read_text
from kefu_sim.scenario.load import load_scenario
from kefu_sim.scenario.model import STAY, Reply, Scenario
from kefu_sim.scenario.names import did_you_mean
from kefu_sim.store.textfiles import write_text_file

Key = Literal["say", "not"]


HEARD = frozenset(("reading", "step", "tone", "fault"))
"""How the rules begin whose rows hang on steps, tones and faults that were heard in a reply."""

Owner = Literal["story", "fragment", "shared"]


@dataclass(frozen=True, slots=True)
class Offer:
    """An intent that a text can be added to."""

    intent: str
    here: bool
    """Whether a reply at the node of the item waits for it."""
    samples: tuple[str, ...]
    """Its first samples."""
    owner: Owner = "story"
    """Whether it is the story's own, a fragment's, or the program's for all stories."""


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
    extends: str = ""
    """Where the intent stands that the story's entry adds to, if it does."""
    shared: bool = False
    """Whether the file is one of fragments, which other stories may use too."""

    @property
    def told(self) -> list[str]:
        """What was done, in sentences."""
        place = f"{short(self.path)}:{self.line}"
        done = tr("{place}: added to `{key}:` of `{intent}`").format(place=place, key=self.key, intent=self.intent)
        return [*self.copy, done, *self.reach]

    @property
    def copy(self) -> list[str]:
        """That the story was copied, if it was."""
        what = tr("The story came with the program; it was copied to {path}, and the copy is played from now on.")
        return [what.format(path=self.path)] if self.copied else []

    @property
    def reach(self) -> list[str]:
        """What else it touches, or leaves as it is."""
        if self.shared:
            return [tr("Every story that uses this fragment has it now.")]
        if self.extends:
            what = tr("The intent itself ({where}) stays as it is; the story adds to it, with words under `any:` too.")
            return [what.format(where=self.extends)]
        return []


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

    def written(self, intent: str, key: str) -> Foreign | None:
        """Where samples of an intent stand, or else the intent; None for what stands in the file itself."""
        foreign = self.whole.foreign
        return foreign.get(("intents", intent, key)) or foreign.get(("intents", intent))

    def foreign(self, path: YamlPath) -> str:
        """File and line of a part of the story that a fragment brought in; empty for what stands in the file itself."""
        written = self.whole.foreign.get(path)
        return f"{short(Path(written.source))}:{written.line}" if written else ""

    def place(self, path: YamlPath) -> str:
        """File and line in the story's own file: of a part written there, of the `use:` that brings it in otherwise."""
        return f"{short(self.path)}:{self.whole.where(path)[0]}"


@dataclass(frozen=True, slots=True)
class _Target:
    """The list that a sample is put into, in the file that it is in."""

    path: Path
    text: str
    at: YamlPath
    extends: str = ""
    """Where the intent stands that an entry yet to be made adds to; empty where the list's intent is there."""
    shared: bool = False
    """Whether it is a file of fragments."""

    def with_item(self, item: str) -> str:
        """Text of the file with the sample. Raises KefuError."""
        if self.extends:
            try:
                return add_entry(self.text, self.at, {"extends": True}, item, short(self.path))
            except LookupError:
                raise KefuError(
                    tr("{file}: `intents:` is written in a way that cannot be added to").format(file=short(self.path)),
                    hint=tr("write `intents:` with one `name: {...}` a line below it, and try again"),
                ) from None
        try:
            return add_item(self.text, self.at, item, short(self.path))
        except LookupError:
            *_, intent, key = self.at
            line, _ = read_yaml(self.text, short(self.path)).where(self.at)
            raise KefuError(
                tr("{file}:{line}: `{key}` of `{intent}` is written in a way that cannot be added to").format(
                    file=short(self.path), line=line, key=key, intent=intent
                ),
                hint=tr("make it a list, `{key}: [...]`, and try again").format(key=key),
            ) from None


def offers(house: House, item: Item) -> list[Offer]:
    """Intents that an item can be added to: those that the node waits for first, and the story's own before others'.

    Raises KefuError, BadFileError.
    """
    source = _source(house, item.scenario)
    story = house.library.get(item.scenario)
    awaited, own, shared = waited_for(story, item.node), source.intents, shared_samples()
    told = [Offer(name, name in awaited, story.intents[name].say[:3]) for name in own]
    fragments = (name for name in story.intents if name not in own)
    told += [Offer(name, name in awaited, story.intents[name].say[:3], "fragment") for name in fragments]
    told += [
        Offer(name, name in awaited, say[:3], "shared") for name, say in shared.items() if name not in story.intents
    ]
    return sorted(told, key=lambda offer: not offer.here)


def waited_for(story: Scenario, node: str) -> list[str]:
    """Labels that the replies of a node wait for, in their order; none for a node that is not there."""
    replies = story.nodes[node].replies if node in story.nodes else ()
    return list(dict.fromkeys(label for reply in replies for part in reply.when for label in alternatives(part)))


def unteachable(house: House, item: Item) -> list[str]:
    """What the node of an item waits for and no sample teaches, each with what can be done instead.

    Raises KefuError, BadFileError.
    """
    source, story = _source(house, item.scenario), house.library.get(item.scenario)
    waits = waited_for(story, item.node)
    facts = dict.fromkeys(label.split(".")[1] for label in waits if label.startswith("fact."))
    told = [_about_fact(source, story, name) for name in facts if name in story.facts]
    if heard := [label for label in waits if label in BUILT_IN - {ANY}]:
        told.append(_about_built_in(source, story, heard, item.node))
    if item.said and item.rule.split(".")[0] in HEARD:
        told.append(_about_misheard(item))
    return [*told, *_to_be_copied(house, source)] if told else []


def _to_be_copied(house: House, source: _Source) -> list[str]:
    """That the story's file is the program's, and where a copy of it is played instead."""
    path, copied = _copied(house, source.path)
    what = tr("The story came with the program: copy {file} to {path} first and change the copy, which is played then.")
    return [what.format(file=source.path, path=path)] if copied else []


def _about_fact(source: _Source, story: Scenario, name: str) -> str:
    at = ("facts", name)
    where, about = source.place(at), story.facts[name].about
    if written := source.foreign(at):
        what = tr(
            "An answer to “{fact}” is taught in the story, and this one comes from a fragment ({written}): leave "
            "that, and write `{name}: {{right: [...]}}` under `facts:` of the story, with the fragment's words and "
            "the new ones."
        )
        return what.format(fact=about, name=name, written=written)
    what = tr("An answer to “{fact}” is taught in the story: write its words into `right:` of `{name}` ({where}).")
    return what.format(fact=about, name=name, where=where)


def _about_built_in(source: _Source, story: Scenario, labels: Sequence[str], node: str) -> str:
    at = ("nodes", node, "replies")
    what = tr(
        "{labels}: heard alike in all stories, no sample teaches that. If the reply should do here, write an intent "
        "of your own with its words, and let `{node}` wait for it too ({where}): `when: {label} or my_intent`."
    )
    if source.foreign(at):
        what = tr(
            "{labels}: heard alike in all stories, no sample teaches that. If the reply should do here, write an "
            "intent of your own with its words, and give `{node}` a row of its own under `replies:` in the story "
            "({where}): `{row}`. It comes before the rows of the fragment, which stays as it is."
        )
    return what.format(
        labels=", ".join(labels), node=node, where=source.place(at), label=labels[0], row=_row_like(story, node, labels)
    )


def _row_like(story: Scenario, node: str, labels: Sequence[str]) -> str:
    """A row for an intent of one's own that does what the first row for some labels does."""
    replies = story.nodes[node].replies if node in story.nodes else ()
    goto = next((reply.goto for reply in replies if _waits_for(reply, labels)), STAY)
    return "- {when: my_intent}" if goto == STAY else f"- {{when: my_intent, goto: {goto}}}"


def _waits_for(reply: Reply, labels: Sequence[str]) -> bool:
    return any(label in labels for part in reply.when for label in alternatives(part))


def _about_misheard(item: Item) -> str:
    what = tr(
        "If a step or a tone was heard that was not there: no story changes that. `{command}` shows by which words; "
        "put the entry away then, and report the sentence to the makers of the program. To keep the buyer from "
        "reacting to it, write an intent of your own with its words, and `unless: my_intent` at that row."
    )
    at = f" --at {item.scenario}/{item.node}" if item.node else ""
    return what.format(command=f"kefu-sim explain {as_argument(' '.join(item.said.split()))}{at}")


def add(house: House, item: Item, intent: str, key: Key) -> Added:
    """Add the text of an item to an intent, verify the story, put the item away.

    An intent of a fragment or of the program is extended in the story; only the user's own files are changed, and only
    if the story still loads. Raises KefuError, BadFileError, UnwritableError.
    """
    if not item.said:
        raise KefuError(tr("this row is about the whole reception: there are no words to add"))
    source = _source(house, item.scenario)
    _refuse_twice(source, intent, key, item.said)
    known = known_ids(house.folder)
    target = _target(house, source, item, intent, key)
    text = target.with_item(item.said)
    load_scenario(source.text if target.shared else text, short(source.path), known)
    path, copied = _copied(house, target.path)
    _write(path, text, bom=target.path.read_bytes().startswith(codecs.BOM_UTF8), over=not copied)
    if copied:
        _lay_schema(path.parent, known)
    del house.library
    settle(house, item, key)
    file = read_yaml(text, short(path))
    line, _ = file.where((*target.at, _last(file, target.at)))
    story = (source.text, source.path) if target.shared else (text, path)
    verified = verify(subject_of(story[0], short(story[1]), known_ids(house.folder)))
    return Added(intent, key, path, line, copied, verified, target.extends, target.shared)


def _last(file: YamlFile, at: YamlPath) -> int:
    """Index of the last item of a list."""
    value: Any = file.data
    for part in at:
        value = value[part]
    return len(value) - 1


def _source(house: House, scenario: str) -> _Source:
    entry = house.library.entries.get(scenario)
    if entry is None:
        broken = [problem for problem in house.library.problems if Path(problem.file).stem == scenario]
        if broken:
            raise BadFileError(broken)
        if file := _walk_in(house, scenario):
            raise KefuError(
                tr("`{id}` is a walk-in of shifts, which is not taught by samples from here").format(id=scenario),
                hint=tr("change its words in {file}, or put the item away as done").format(file=file),
            )
        raise KefuError(
            tr("the story `{id}` is not in the library any more").format(id=scenario),
            hint=tr("put its file back, or put the item away as done"),
        )
    path = Path(entry.file).resolve()
    text = read_text(path)
    own = read_yaml(text, short(path))
    return _Source(path, text, own, expand(own, known_ids(house.folder).shelf))


def _walk_in(house: House, scenario: str) -> str:
    """The file of a walk-in; empty for what is none."""
    from kefu_sim.shifts import ShiftRoom  # noqa: PLC0415 (only for what a shift left in the inbox)

    walk_ins = ShiftRoom(house).walk_ins.values()
    return next((short(Path(one.file.source)) for one in walk_ins if scenario in one.stories), "")


def _target(house: House, source: _Source, item: Item, intent: str, key: Key) -> _Target:
    """Where a sample of an intent is to stand. Raises KefuError where none can be added."""
    at = ("intents", intent, key)
    if intent in source.intents:
        extending = _mapping(_mapping(source.own.data, "intents"), intent).get("extends") is True
        if not extending and (written := source.whole.foreign.get(at)):
            what = tr("`{key}:` of `{intent}` comes from a fragment ({where}), the rest from the story")
            where = f"{short(Path(written.source))}:{written.line}"
            raise KefuError(
                what.format(key=key, intent=intent, where=where),
                hint=tr("write `extends: true` to `{intent}` in the story ({where}), and try again").format(
                    intent=intent, where=source.place(at[:2])
                ),
            )
        return _Target(source.path, source.text, at)
    if intent in _mapping(source.whole.data, "intents"):
        own = _in_own_fragment(house, source, item, at)
        return own or _Target(source.path, source.text, at, _where(source.written(intent, key)))
    shelf = known_ids(house.folder).shelf
    if shelf is not None and (place := shelf.intents().get(intent)) is not None:
        return _Target(source.path, source.text, at, _where(Foreign(place.file.source, *place.file.where(place.path))))
    raise _unknown(house, source, item, intent, key)


def _where(written: Foreign | None) -> str:
    assert written is not None
    return f"{short(Path(written.source))}:{written.line}"


def _in_own_fragment(house: House, source: _Source, item: Item, at: YamlPath) -> _Target | None:
    """The list in a fragment of the story's own file or of the user's folder; None where the story has to extend it.

    What hangs on parameters means something else in other stories.
    """
    written = source.whole.foreign.get(at[:2])
    shelf = known_ids(house.folder).shelf
    found = [*fragments_of(source.own).values(), *(shelf.fragments() if shelf else {}).values()]
    for fragment in found:
        file, inside = fragment.place.file, (*fragment.place.path, *at)
        if written != Foreign(file.source, *file.positions.get(inside[:-1], (0, 0))):
            continue
        path = source.path if file is source.own else Path(file.source)
        theirs = _mapping(_mapping(fragment.body, "intents"), str(at[1]))
        mine = file is source.own or path.is_relative_to(house.folder)
        if mine and "$" not in repr(theirs) + item.said:
            return _Target(path, file.text, inside, shared=file is not source.own)
    return None


def _unknown(house: House, source: _Source, item: Item, intent: str, key: Key) -> KefuError:
    """Why nothing can be added to what is no intent, and what can be done instead."""
    hint = tr("intents of the story itself: {names}").format(names=", ".join(source.intents) or tr("none"))
    story = house.library.get(item.scenario)
    fact = intent.removeprefix("fact.").split(".")[0]
    if fact in story.facts:
        what = tr("`{intent}` is an answer, not an intent: no sample teaches it")
        instead = _about_fact(source, story, fact)
        return KefuError(what.format(intent=intent), hint="\n".join((instead, *_to_be_copied(house, source))))
    if intent in BUILT_IN - {ANY}:
        what = tr("`{intent}` belongs to the program, not to the story: no sample teaches it")
        instead = _about_misheard(item) if key == "not" else _about_built_in(source, story, [intent], item.node)
        return KefuError(what.format(intent=intent), hint="\n".join((instead, *_to_be_copied(house, source))))
    what = tr("unknown {kind} `{name}`").format(kind=tr("intent"), name=intent)
    near = did_you_mean(intent, [*_mapping(source.whole.data, "intents"), *shared_samples()])
    return KefuError(what, hint="\n".join(filter(None, (near, hint))))


def _refuse_twice(source: _Source, intent: str, key: Key, text: str) -> None:
    read = load_normaliser()
    there = _mapping(_mapping(source.whole.data, "intents"), intent).get(key)
    for i, sample in enumerate(there if isinstance(there, list) else [there]):
        if isinstance(sample, str) and folded(sample, read) == folded(text, read):
            problem = source.whole.problem(("intents", intent, key, i), "", "")
            raise KefuError(
                tr("{file}:{line}: “{text}” stands there already").format(
                    file=short(Path(problem.file)), line=problem.line, text=sample
                ),
                hint=tr("`kefu-sim author verify` says whether it is understood; then put the item away as done"),
            )


def _copied(house: House, path: Path) -> tuple[Path, bool]:
    """The file to write, and whether that is a copy: what came with the program stays as it is."""
    if not path.is_relative_to(library.shipped_folder().resolve()):
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
