"""What every check of a story looks at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kefu_sim.author.ways import Way, reached, ways
from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import Path, YamlFile
from kefu_sim.scenario.check import nearest
from kefu_sim.scenario.model import Line, Node, Persona, Reply, Scenario
from kefu_sim.scoring.rubric import Flow


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
        found: list[tuple[Path, tuple[Line, ...]]] = [
            ((*path, "buyer"), reply.buyer) for path, reply in self.replies() if reply.buyer
        ]
        for name, node in self.story.nodes.items():
            at: Path = ("nodes", name)
            found.append(((*at, "buyer"), node.buyer))
            if node.unclear:
                found.append(((*at, "unclear", "buyer"), node.unclear.buyer))
            found += [((*at, "silence", i, "buyer"), branch.buyer) for i, branch in enumerate(node.silence)]
        return [(path, lines) for path, lines in found if lines]

    def conditions(self) -> Iterator[tuple[Path, str, str]]:
        """Every condition: its path, the name it tests, the test."""
        for path, reply in self.replies():
            for name, test in reply.if_.items():
                yield (*path, "if", name), name, test
        for name, node in self.story.nodes.items():
            for i, branch in enumerate(node.silence):
                for tested, test in branch.if_.items():
                    yield ("nodes", name, "silence", i, "if", tested), tested, test
        for path, lines in self.wordings:
            for i, line in enumerate(lines):
                for tested, test in line.if_.items():
                    yield (*path, i, "if", tested), tested, test

    def say(self, path: Path, code: str, message: str, fix: str) -> Problem:
        """A problem that points at a path of the file."""
        return self.file.problem(path, code, message, fix)
