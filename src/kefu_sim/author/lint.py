"""Lint: everything that can be said about a scenario file without playing it, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from kefu_sim.author.allow import PLAYABLE, lint_pardons
from kefu_sim.author.codes import SEVERITIES, Severity, severity_of, severity_title
from kefu_sim.author.draft import Draft, read_draft
from kefu_sim.author.files import ID
from kefu_sim.author.lint_numbers import check_numbers
from kefu_sim.author.lint_promises import check_promises
from kefu_sim.author.lint_replies import check_replies
from kefu_sim.author.lint_rows import check_rows
from kefu_sim.author.lint_steps import check_steps
from kefu_sim.author.lint_texts import check_tests, check_texts
from kefu_sim.author.lint_ways import check_waiting, check_ways
from kefu_sim.author.lint_words import check_words
from kefu_sim.author.study import Study
from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.base.paths import cache_folder
from kefu_sim.base.yamlfile import YamlFile
from kefu_sim.i18n import tr
from kefu_sim.rulebook.flows import load_flows
from kefu_sim.rulebook.known import known_ids
from kefu_sim.rulebook.personas import load_personas
from kefu_sim.rulebook.syllabus import syllabus_rows
from kefu_sim.scenario.check import NAMED, Known, asked_in_vain, check_reachable, check_references
from kefu_sim.scenario.library import read_text
from kefu_sim.scenario.model import Persona, Scenario
from kefu_sim.scenario.names import did_you_mean, nearest
from kefu_sim.scenario.sound import SoundStories
from kefu_sim.scoring.flows import Flow

Check = Callable[[Study], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (
    check_replies, check_numbers, check_words, check_promises, check_steps, check_texts, check_tests, check_rows,
)  # fmt: skip
"""Need no more than a story that fits the schema."""
CHECKS_OF_THE_WHOLE: tuple[Check, ...] = (check_ways, check_waiting)
"""Would be misled by a part that could not be read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its weight."""

    problem: Problem
    severity: Severity

    def __str__(self) -> str:
        p = self.problem
        arrow = f" → {p.fix}" if p.fix else ""
        return f"{p.file}:{p.line}:{p.column} {p.code} {severity_title(self.severity)} {p.message}{arrow}"


@dataclass(frozen=True, slots=True)
class Rules:
    """What stories are checked against."""

    known: Known
    personas: Mapping[str, Persona]
    flows: Mapping[str, Flow]
    rows: Sequence[str]
    """Of the training syllabus."""


class Linted(NamedTuple):
    """What a look at one file brings to light."""

    findings: list[Finding]
    """In the order of the lines."""
    sound: tuple[Scenario, YamlFile] | None
    """The story, and where its parts stand; None where it cannot be played."""


def house_rules(folder: Path | None = None) -> Rules:
    """Those of this installation, and the fragments in the user's data folder."""
    return Rules(known_ids(folder), load_personas(), load_flows(), syllabus_rows())


def lint_text(text: str, source: str, rules: Rules) -> list[Finding]:
    """Everything to be said about one file, in the order of its lines. What can be played is kept for other tools."""
    return lint_story(text, source, rules).findings


def lint_story(text: str, source: str, rules: Rules) -> Linted:
    """The same, together with the story where it can be played."""
    draft = read_draft(text, source, rules.known.shelf)
    pardons = lint_pardons(text, source)
    found = (_meant(problem, text, rules) if problem.file == source else problem for problem in draft.problems)
    problems = {*_named_as_asked(found, draft, rules), *_beyond_schema(draft, rules)}
    sound = None
    if draft.story is not None and draft.file is not None and all(problem.code >= PLAYABLE for problem in problems):
        sound = draft.story, draft.file
        SoundStories(cache_folder(), rules.known).keep(draft.file)
    kept = [problem for problem in problems if not pardons.forgive(problem.code, problem.line)]
    if draft.story is not None and draft.whole:
        kept += pardons.idle()
    return Linted([Finding(problem, severity_of(problem)) for problem in sorted(kept)], sound)


def _meant(problem: Problem, text: str, rules: Rules) -> Problem:
    """What is no id of a temperament or a flow is told those there are, and the one whose title it is."""
    key, _, value = text.split("\n")[problem.line - 1].partition(":") if problem.code == "KS024" else ("", "", "")
    if key == "persona":
        titles = {one.title: id_ for id_, one in rules.personas.items()}
        near = nearest(value.strip(), list(titles))
        named = [titles[near]] if near else [id_ for title, id_ in titles.items() if title.removesuffix("型") in value]
        titled = ", ".join(f"{id_} ({one.title})" for id_, one in rules.personas.items())
        fix = did_you_mean(named[0], named) if named else tr("known: {names}").format(names=titled)
        return replace(problem, fix=fix)
    if key == "flow":
        return replace(problem, fix=did_you_mean(value.strip(), sorted(rules.flows)))
    return problem


def _named_as_asked(problems: Iterable[Problem], draft: Draft, rules: Rules) -> Iterator[Problem]:
    """What is no name is told the one that the rest of the story asks for in vain, where that is one alone."""
    asked: Mapping[str, frozenset[str]] = {}
    if draft.unnamed and draft.story is not None and draft.file is not None:
        asked = asked_in_vain(draft.story, draft.file, replace(rules.known, lost=rules.known.lost | draft.lost))
    meant = {problem: asked.get(NAMED.get(key, ""), frozenset()) for key, problem in draft.unnamed.items()}
    for problem in problems:
        names = meant.get(problem, frozenset())
        fix = tr("write `{name}`, as the rest of the story calls it").format(name=min(names, default=""))
        yield replace(problem, fix=fix) if len(names) == 1 else problem


def _beyond_schema(draft: Draft, rules: Rules) -> Iterator[Problem]:
    story, file = draft.story, draft.file
    if story is None or file is None:
        return
    unnamed = frozenset(NAMED[key] for key in draft.unnamed if key in NAMED)
    known = replace(rules.known, lost=rules.known.lost | draft.lost, unnamed=unnamed)
    hurt = {file.where(("nodes", name)) for name in draft.hurt}
    wrong = [
        problem
        for problem in check_references(story, file, known)
        if problem.code not in {"KS110", "KS111", "KS112"} or (problem.line, problem.column) not in hurt
    ]
    if draft.named:
        yield from wrong
    codes, lines = {problem.code for problem in wrong}, {problem.line for problem in wrong}
    persona, flow = rules.personas.get(story.persona), rules.flows.get(story.flow)
    study = Study(story, file, persona, flow, draft.hurt, rules.rows, known.may_define)
    checks = (*CHECKS, *CHECKS_OF_THE_WHOLE) if draft.whole else CHECKS if draft.named else ()
    for check in checks:
        yield from (
            problem
            for problem in check(study)
            if problem.file == file.source
            and not problem.fragment  # shared fragments are others'
            and not (problem.code == "KS241" and "KS107" in codes)  # the step that is missing may be the misspelt one
            and not (problem.code == "KS219" and problem.line in lines)
        )
    if not draft.whole:
        return
    if any(problem.code == "KS103" for problem in wrong):
        return  # a misspelt target would look like an orphan
    yield from check_reachable(story, file, known)


def lint_texts(texts: Sequence[tuple[str, str]], rules: Rules) -> Iterator[list[Finding]]:
    """Everything to be said about each of some texts, given with their files."""
    return (lint_text(text, source, rules) for text, source in texts)


def lint_files(
    paths: Iterable[Path],
    rules: Rules,
    look: Callable[[Sequence[tuple[str, str]], Rules], Iterator[list[Finding]]] = lint_texts,
) -> list[Finding]:
    """Everything to be said about some files, two that share an id, and the author's own fragments.

    `look` tells about the texts.
    """
    shelf = rules.known.shelf
    found = [Finding(problem, severity_of(problem)) for problem in (shelf.problems() if shelf else ())]
    owners: dict[tuple[Path, str], Path] = {}
    read = [(path, *_read(path)) for path in paths]
    looked = look([(text, str(path)) for path, text, _ in read if text is not None], rules)
    for path, text, unread in read:
        if text is None:
            found += unread
            continue
        found += next(looked)
        if match := ID.search(text):
            key = (path.resolve().parent, match.group(1))
            if (other := owners.setdefault(key, path)) != path:
                line = text[: match.start()].count("\n") + 1
                what = tr("the id `{id}` is taken by {file}").format(id=key[1], file=other)
                found.append(Finding(Problem(str(path), line, 1, "KS116", what, tr("rename one")), "error"))
    return found


def _read(path: Path) -> tuple[str | None, list[Finding]]:
    """The text of a file; without one, why."""
    try:
        return read_text(path), []
    except BadFileError as error:
        return None, [Finding(problem, severity_of(problem)) for problem in error.problems]


def worst(findings: Sequence[Finding]) -> Severity | None:
    """The heaviest weight among findings; None without any."""
    return next((weight for weight in SEVERITIES if any(f.severity == weight for f in findings)), None)
