"""Adds one text to a list in a YAML file and leaves every other byte of it as it is.

The file is not written anew from what was read: the new item is put between the characters that are there, in the style
of its neighbours, and the plainest spelling of it that reads back as the same text is taken.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from kefu_sim.base.errors import BadFileError
from kefu_sim.base.yamlfile import Path, read_yaml
from kefu_sim.base.yamlread import LOADER

WIDEST = 120
"""Characters of a line that an item is still put on."""


def add_item(text: str, path: Path, item: str, source: str = "") -> str:
    """Text of the file with `item` added to the list at a path of keys.

    A list that is missing is made, right behind the last entry of what it belongs to; a single text becomes a list of
    two. Raises BadFileError when the text is not readable, LookupError when nothing at the path can hold a list.
    """
    before = read_yaml(text, source).data
    wanted = _with_item(before, path, item)
    root = yaml.compose(text, Loader=LOADER)
    assert root is not None
    parent, node = _found(root, path)
    for spelt in _spellings(item):
        told = _placed(text, parent, node, path[-1], spelt)
        try:
            if read_yaml(told, source).data == wanted:
                return told
        except BadFileError:
            continue
    raise LookupError(".".join(map(str, path)))


def add_entry(text: str, path: Path, marks: Mapping[str, bool], item: str, source: str = "") -> str:
    """The same for a list in an entry that is not there yet: `gift: {extends: true, say: [item]}`.

    `path`: key of the mapping of entries, which is made at the end of the file where it is missing; name of the entry;
    key of the list. `marks` stand before the list.
    """
    before = read_yaml(text, source).data
    group, name, key = map(str, path)
    there = before.get(group) if isinstance(before, dict) else None
    if not isinstance(before, dict) or not isinstance(there or {}, dict) or name in (there or {}):
        raise LookupError(f"{group}.{name}.{key}")
    wanted = {**before, group: {**(there or {}), name: {**marks, key: [item]}}}
    root = yaml.compose(text, Loader=LOADER)
    assert isinstance(root, yaml.MappingNode)
    _, node = _found(root, (group,))
    for spelt in _spellings(item):
        told = "".join(f"{mark}: {json.dumps(value)}, " for mark, value in marks.items())
        made = _with_entry(text, root, node, group, f"{name}: {{{told}{key}: [{spelt}]}}")
        try:
            if read_yaml(made, source).data == wanted:
                return made
        except BadFileError:
            continue
    raise LookupError(f"{group}.{name}.{key}")


def _with_entry(text: str, root: yaml.MappingNode, node: yaml.Node | None, group: str, entry: str) -> str:
    if isinstance(node, yaml.MappingNode):
        return _new_entry(text, node, entry)
    if node is None:
        return _new_entry(text, root, f"{group}:{_line_break(text)}  {entry}")
    start, end = node.start_mark.index, node.end_mark.index
    blank = " " if start == end else ""
    return f"{text[:start]}{blank}{{{entry}}}{_tail(text, start, end)}"


def _with_item(data: object, path: Path, item: str) -> object:
    """What the file must read as afterwards."""
    made: Any = copy.deepcopy(data)
    place = made
    for key in path[:-1]:
        if not isinstance(place, dict) or key not in place:
            raise LookupError(".".join(map(str, path)))
        place = place[key]
    if not isinstance(place, dict):
        raise LookupError(".".join(map(str, path)))
    there = place.get(path[-1])
    if isinstance(there, dict):
        raise LookupError(".".join(map(str, path)))
    place[path[-1]] = [*([] if there is None else there if isinstance(there, list) else [there]), item]
    return made


def _found(root: yaml.Node, path: Path) -> tuple[yaml.MappingNode, yaml.Node | None]:
    """The mapping that holds the list, and the list itself, if it is there."""
    node: yaml.Node | None = root
    parent = root
    for key in path:
        assert isinstance(node, yaml.MappingNode)
        parent = node
        node = next((value for name, value in node.value if name.value == key), None)
    assert isinstance(parent, yaml.MappingNode)
    return parent, node


def _spellings(item: str) -> Iterator[str]:
    """Ways to write a text, the plainest first."""
    if item == item.strip() and "\n" not in item:
        yield item
    if "\n" not in item:
        yield "'" + item.replace("'", "''") + "'"
    yield json.dumps(item, ensure_ascii=False)


def _placed(text: str, parent: yaml.MappingNode, node: yaml.Node | None, key: str | int, spelt: str) -> str:
    if node is None:
        return _new_entry(text, parent, f"{key}: [{spelt}]")
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        if start == end:
            return f"{text[:start]} [{spelt}]{text[end:]}"
        return f"{text[:start]}[{text[start:end].rstrip()}, {spelt}]{_tail(text, start, end)}"
    assert isinstance(node, yaml.SequenceNode)
    if node.flow_style:
        return _in_flow(text, node, spelt)
    return _new_line(text, _end_of(text, node.value[-1]), f"{' ' * node.start_mark.column}- {spelt}")


def _tail(text: str, start: int, end: int) -> str:
    """What stood behind a value, with the blanks that its end mark took along."""
    return text[start + len(text[start:end].rstrip()) :]


def _in_flow(text: str, node: yaml.SequenceNode, spelt: str) -> str:
    if not node.value:
        at = node.start_mark.index + 1
        return f"{text[:at]}{spelt}{text[at:]}"
    last = node.value[-1]
    at = last.start_mark.index + len(text[last.start_mark.index : last.end_mark.index].rstrip())
    begins, ends = text.rfind("\n", 0, at) + 1, _line_end(text, at)
    if ends - begins + len(spelt) + 2 <= WIDEST or "#" in text[at:ends]:
        return f"{text[:at]}, {spelt}{text[at:]}"
    indent = " " * node.value[0].start_mark.column
    return f"{text[:at]},{_line_break(text)}{indent}{spelt}{text[at:]}"


def _new_entry(text: str, parent: yaml.MappingNode, entry: str) -> str:
    if parent.flow_style:
        if not parent.value:
            at = parent.start_mark.index + 1
            return f"{text[:at]}{entry}{text[at:]}"
        value = parent.value[-1][1]
        at = value.start_mark.index + len(text[value.start_mark.index : value.end_mark.index].rstrip())
        return f"{text[:at]}, {entry}{text[at:]}"
    return _new_line(text, _end_of(text, parent.value[-1][1]), " " * parent.start_mark.column + entry)


def _end_of(text: str, node: yaml.Node) -> int:
    """Where the last character of a value stands, without the comments and blank lines below it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())


def _new_line(text: str, at: int, line: str) -> str:
    """Put a line below the one at which something ends."""
    end = _line_end(text, at)
    broken = _line_break(text)
    if end == len(text):
        return f"{text}{broken}{line}"
    nl = text.index("\n", end) + 1
    return f"{text[:nl]}{line}{broken}{text[nl:]}"


def _line_end(text: str, at: int) -> int:
    """Where the line of a place ends, before its line break."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if text[end - 1 : end] == "\r" and end > at else end


def _line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
