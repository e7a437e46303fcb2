"""What every check of a story looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kefu_sim.author.ways import Way, reached, ways
from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import Path, YamlFile
from kefu_sim.scenario.model import Line, Node, Persona, Reply, Scenario, Silence, Unclear
from kefu_sim.scenario.names import nearest
from kefu_sim.scoring.flows import Flow


@dataclass
class Study:
    """A story that fits the schema, with where everything stands."""

    story: Scenario
    file: YamlFile
    persona: Persona | None = None
    """None where the story names an unknown one."""
    flow: Flow | None = None
    hurt: frozenset[str] = field(default_factory=frozenset)
    """Nodes of which something is missing because it could not be read."""
    rows: Sequence[str] = ()
    """Rows of the training syllabus; none where they are not known."""
    defined: Callable[[str, str], bool] = lambda _code, _name: False
    """Whether a name may be defined in what could not be read; told its code and itself."""

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """All ways through the story; a misspelt target is taken for the node that was meant."""
        names = list(self.story.nodes)
        return tuple(
            way if way.target in self.story.nodes else replace(way, target=nearest(way.target, names) or way.target)
            for way in ways(self.story)
        )

    @cached_property
    def reached(self) -> frozenset[str]:
        """Nodes a reception can come to."""
        return reached(self.story, self.ways)

    @cached_property
    def mapped(self) -> bool:
        """Whether it is known where every way leads."""
        nodes = self.story.nodes
        return not self.hurt and self.story.start in nodes and all(way.target in nodes for way in self.ways)

    @cached_property
    def lines(self) -> Sequence[str]:
        """The file's text, line by line."""
        return self.file.text.split("\n")

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Node → its place in the file."""
        return {name: i for i, name in enumerate(self.story.nodes)}

    def moments(self) -> Iterator[tuple[str, Node, Path]]:
        """Nodes at which the agent is to answer, whole ones only, with their paths."""
        for name, node in self.story.nodes.items():
            if node.replies and not node.end and name not in self.hurt:
                yield name, node, ("nodes", name)

    @cached_property
    def reply_lists(self) -> Sequence[tuple[Path, tuple[Reply, ...]]]:
        """The replies of everywhere and those of each node, with their paths."""
        nodes = [(("nodes", name, "replies"), node.replies) for name, node in self.story.nodes.items()]
        return [(("always",), self.story.always), *nodes]

    def replies(self) -> Iterator[tuple[Path, Reply]]:
        """Every reply of the story with its path."""
        for path, rows in self.reply_lists:
            for i, reply in enumerate(rows):
                yield (*path, i), reply

    @cached_property
    def wordings(self) -> Sequence[tuple[Path, tuple[Line, ...]]]:
        """All lists of buyer lines with their paths."""
        found: list[tuple[Path, tuple[Line, ...]]] = [((*path, "buyer"), reply.buyer) for path, reply in self.replies()]
        found += [(("nodes", name, "buyer"), node.buyer) for name, node in self.story.nodes.items()]
        found += [((*path, "buyer"), branch.buyer) for path, branch in self.branches()]
        for name, promise in self.story.promises.items():
            found.append((("promises", name, "missed", "buyer"), promise.missed.buyer))
        return [(path, lines) for path, lines in found if lines]

    def branches(self) -> Iterator[tuple[Path, Unclear | Silence]]:
        """Every `unclear` and every branch of a `silence` the story writes, with its path."""
        places: list[tuple[Path, Scenario | Node]] = [((), self.story)]
        places += [(("nodes", name), node) for name, node in self.story.nodes.items()]
        for at, place in places:
            if place.unclear:
                yield (*at, "unclear"), place.unclear
            for i, branch in enumerate(place.silence):
                yield (*at, "silence", i), branch

    def conditions(self) -> Iterator[tuple[Path, str, str]]:
        """Every condition: its path, the name it tests, the comparisons of which all must hold."""
        sources: list[tuple[Path, Mapping[str, str]]] = [(path, reply.if_) for path, reply in self.replies()]
        sources += [(path, branch.if_) for path, branch in self.branches() if isinstance(branch, Silence)]
        sources += [((*path, i), line.if_) for path, lines in self.wordings for i, line in enumerate(lines)]
        for path, conditions in sources:
            for name, test in conditions.items():
                yield (*path, "if", name), name, test

    def say(self, path: Path, code: str, message: str, fix: str) -> Problem:
        """A problem that points at a path of the file."""
        return self.file.problem(path, code, message, fix)
