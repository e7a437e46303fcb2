"""What is verified: a story together with its file, so that every finding has a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from kefu_sim.author.codes import Severity, severity_title
from kefu_sim.author.verify_intents import Sample, samples_of
from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import YamlFile
from kefu_sim.engine.program import Program
from kefu_sim.language.intents import CompiledIntent, carries
from kefu_sim.language.normalise import Normalised
from kefu_sim.programs import BoundRecogniser
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.scenario.model import Scenario


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing found in a story."""

    file: str
    line: int
    """1-based."""
    column: int
    """1-based, in characters."""
    code: str
    severity: Severity
    message: str
    fix: str = ""

    def __str__(self) -> str:
        arrow = f" → {self.fix}" if self.fix else ""
        return (
            f"{self.file}:{self.line}:{self.column} {self.code} {severity_title(self.severity)} {self.message}{arrow}"
        )


def noted(problem: Problem) -> Finding:
    """A problem of the file as a note."""
    return Finding(problem.file, problem.line, problem.column, problem.code, "note", problem.message, problem.fix)


@dataclass
class Subject:
    """A story, ready to play, and where its parts stand."""

    file: YamlFile
    program: Program
    compiled: Sequence[CompiledIntent]
    """The story's own intents and answers."""
    called: str = ""
    """What names it on a command line; its id where nothing is given."""

    @property
    def story(self) -> Scenario:
        """The story."""
        return self.program.scenario

    @cached_property
    def intents(self) -> dict[str, CompiledIntent]:
        """The same by id."""
        return {intent.id: intent for intent in self.compiled}

    def ahead(self, asked: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Let texts, each with its context, be read at once before they are asked about."""
        if isinstance(self.program.understand, BoundRecogniser):
            self.program.understand.ahead(asked)

    @cached_property
    def read(self) -> Callable[[str], Normalised]:
        """Folds a text; samples are asked about by one check after the other."""
        return cache(load_normaliser())

    @cached_property
    def samples(self) -> Mapping[str, Sequence[Sample]]:
        """The samples of each intent, and what becomes of them."""
        return {name: samples_of(written, self.intents[name]) for name, written in self.story.intents.items()}

    def meets(self, label: str, read: Normalised) -> bool:
        """Whether an intent or answer is found in a text."""
        return label in self.intents and carries(read, self.intents[label])

    def find(
        self, path: Sequence[str | int], code: str, message: str, fix: str = "", severity: Severity = "error"
    ) -> Finding:
        """Make a finding that points at a path of the file."""
        problem = self.file.problem(path, code, message, fix)
        return Finding(problem.file, problem.line, problem.column, code, severity, problem.message, fix)
