"""`kefu-sim author graph`: the ways through a story as a tree, a chart or a picture."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.base.refusals import unwritable
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.author.coverage import Coverage
    from kefu_sim.cli import Commands
    from kefu_sim.scenario.model import Scenario

Form = Literal["tree", "mermaid", "dot", "svg", "png"]
FORMATS: tuple[Form, ...] = ("tree", "mermaid", "dot", "svg", "png")
ENDINGS: dict[str, Form] = {
    "": "tree",
    ".txt": "tree",
    ".svg": "svg",
    ".png": "png",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
}
"""How a file is called → the form that is meant."""


def add(tools: Commands[argparse.ArgumentParser]) -> None:
    """Register the tool."""
    parser = tools.add_parser("graph", help=tr("draw the ways through a scenario"))
    parser.add_argument("what", metavar=tr("FILE|ID"), help=tr("file or id of the scenario"))
    parser.add_argument(
        "--format", choices=FORMATS, help=tr("form of the drawing (default: what the file is called, else tree)")
    )
    parser.add_argument(
        "--coverage", metavar=tr("FILE"), help=tr("mark what the receptions of `author soak --coverage` came by")
    )
    parser.add_argument(
        "--output", "-o", "--out", metavar=tr("FILE"), help=tr("write the drawing to this file (default: stdout)")
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Draw one story."""
    from shutil import get_terminal_size

    from kefu_sim.author.drawings import DRAWINGS, as_dot, as_tree
    from kefu_sim.author.files import one_file
    from kefu_sim.author.graph import graph_of
    from kefu_sim.author.pictures import draw
    from kefu_sim.house import House
    from kefu_sim.rulebook.known import known_ids
    from kefu_sim.scenario.library import read_text
    from kefu_sim.scenario.load import load_scenario

    form: Form = args.format or _form_of(args.output or "")
    house = House()
    path, called = one_file(args.what, house.library.folders)
    story = load_scenario(read_text(path), str(path), known_ids(house.folder))
    graph = graph_of(story, _coverage(args.coverage, story, called) if args.coverage else None)
    if form == "svg" or form == "png":  # noqa: PLR1714 (the type checker follows this one)
        if not args.output and sys.stdout.isatty():
            hint = tr("name a file: --output {file}").format(file=f"{story.id}.{form}")
            raise KefuError(tr("a picture cannot be shown in the terminal"), hint=hint)
        drawing = draw(as_dot(graph), form)
    elif form == "tree" and not args.output and sys.stdout.isatty():
        drawing = as_tree(graph, get_terminal_size().columns).encode()
    else:
        drawing = DRAWINGS[form](graph).encode()
    _deliver(drawing, args.output)
    return Exit.OK


def _form_of(output: str) -> Form:
    """The form that the name of a file means. Raises KefuError for one that means none."""
    ending = Path(output).suffix.lower()
    if ending not in ENDINGS:
        known = ", ".join(filter(None, ENDINGS))
        raise KefuError(
            tr("no drawing is written as {ending}: {file}").format(ending=ending, file=output),
            hint=tr("end its name in one of {endings}, or say the form with --format").format(endings=known),
        )
    return ENDINGS[ending]


def _coverage(file: str, story: Scenario, called: str) -> Coverage:
    """The coverage of a story, called so on a command line; says so when the story has changed since."""
    from kefu_sim.author.coverage import read_coverage
    from kefu_sim.base.paths import as_argument
    from kefu_sim.scenario.library import read_text

    found = read_coverage(read_text(Path(file)), file)
    if story.id not in found:
        hint = tr("make it: kefu-sim author soak {id} --coverage {file}").format(id=called, file=as_argument(file))
        raise KefuError(tr("{file} has no coverage of `{id}`").format(file=file, id=story.id), hint=hint)
    if found[story.id].fingerprint != story.fingerprint():
        print(tr("The story was changed after its coverage was measured; counts may stand in the wrong places."),
              file=sys.stderr)  # fmt: skip
    return found[story.id]


def _deliver(drawing: bytes, out: str | None) -> None:
    if not out:
        sys.stdout.buffer.write(drawing)
        return
    try:
        Path(out).write_bytes(drawing)
    except OSError as error:
        raise unwritable(out, error) from None
    print(tr("Written: {path}").format(path=out), file=sys.stderr)
