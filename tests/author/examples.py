"""Completes the pieces of scenarios that stand on the pages about lint codes."""

import re
from pathlib import Path

SOUND = (Path(__file__).parent / "sound.yaml").read_text(encoding="utf-8")
_TOP = re.compile(r"^(?:# )?([a-z_]+) ?[:：]")
_NODE = re.compile(r"^  ([a-z_]+) ?:")


def completed(piece: str) -> str:
    """The sound story with the blocks of a piece in place of its own; `# key:` takes a block out."""
    if piece.startswith("schema:"):
        return piece
    whole = _blocks(SOUND, _TOP)
    for key, block in _blocks(piece, _TOP).items():
        if block.startswith("#"):
            del whole[key]
        elif key == "nodes":
            nodes = _blocks(whole["nodes"], _NODE)
            nodes.update({name: text for name, text in _blocks(block, _NODE).items() if name})
            whole["nodes"] = "".join(nodes.values())
        else:
            whole[key] = block
    return "".join(whole.values())


def _blocks(text: str, pattern: re.Pattern[str]) -> dict[str, str]:
    """Text by the keys its lines begin with; lines before the first key stand under an empty one."""
    blocks: dict[str, str] = {}
    key = ""
    for line in text.splitlines(keepends=True):
        if match := pattern.match(line):
            key = match[1]
        blocks[key] = blocks.get(key, "") + line
    return blocks
