"""`kefu-sim author new` and `author schema`: a first scenario, and the schema editors check scenarios by."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from kefu_sim.author.new import Kind
    from kefu_sim.cli import Commands

KINDS = ("sale", "complaint")
Answer = TypeVar("Answer")


def add(tools: Commands[argparse.ArgumentParser]) -> None:
    """Register both tools."""
    new = tools.add_parser(
        "new",
        help=tr("write a first scenario that already plays"),
        epilog=tr("What no option tells is asked for: five questions at most."),
    )
    new.add_argument("id", nargs="?", default="", help=tr("id and name of the file (default: pinyin of the title)"))
    new.add_argument("--kind", choices=KINDS, help=tr("sale: wants to buy and hesitates; complaint: is angry"))
    new.add_argument("--title", help=tr("title of the scenario"))
    new.add_argument("--shop", help=tr("name of the shop"))
    new.add_argument("--product", help=tr("what the buyer bought or looks at"))
    new.add_argument("--price", help=tr("its price in yuan"))
    new.add_argument("--persona", default="", help=tr("temperament: {names}").format(names=", ".join(_personas())))
    new.add_argument("--folder", type=Path, help=tr("where to write it (default: your own scenarios)"))
    new.set_defaults(run=run_new)
    schema = tools.add_parser("schema", help=tr("print the JSON Schema of scenario files, for editors"))
    schema.set_defaults(run=run_schema)


def _personas() -> list[str]:
    """Ids of the temperaments, without reading them."""
    from kefu_sim.base.paths import package_file

    return sorted(path.stem for path in package_file("rules", "personas").glob("*.yaml"))


def run_new(args: argparse.Namespace) -> int:
    """Ask for what is missing, write the file, say how to go on."""
    from kefu_sim.author.new import Wish, check_id, price_of, text_of, write_new
    from kefu_sim.base.paths import as_argument
    from kefu_sim.house import House
    from kefu_sim.rulebook.known import known_ids

    house = House()
    if args.id:
        check_id(args.id)  # before five questions are answered in vain
    wish = Wish(
        kind=args.kind or _ask(tr("The buyer (1 wants to buy and hesitates, 2 complains)"), _kind, "1", "--kind"),
        title=args.title or _ask(tr("Title of the scenario"), text_of, "", "--title"),
        shop=args.shop or _ask(tr("Name of the shop"), text_of, "", "--shop"),
        product=args.product or _ask(tr("What it is about, such as 保温杯"), text_of, "", "--product"),
        price=args.price or _ask(tr("Its price in yuan"), price_of, "", "--price"),
        id=args.id,
        persona=args.persona,
    )
    folder = args.folder or house.own_scenarios
    taken = {entry.id: entry.file for entry in house.library.entries.values()} if args.folder is None else None
    path = write_new(wish, folder, known_ids(), taken)
    print(path)
    name = path.stem if args.folder is None else as_argument(str(path))
    print(tr("Written. Play it, change it, look again:"), file=sys.stderr)
    for command in ("practice", "author watch", "author check", "author graph"):
        print(f"  kefu-sim {command} {name}", file=sys.stderr)
    return Exit.OK


def _kind(answer: str) -> Kind:
    named: dict[str, Kind] = {"1": "sale", "2": "complaint", "sale": "sale", "complaint": "complaint"}
    answer = unicodedata.normalize("NFKC", answer)
    if answer in named:
        return named[answer]
    raise KefuError(tr("`{answer}` is not one of the choices").format(answer=answer), hint="1 / 2")


def _ask(question: str, read: Callable[[str], Answer], default: str, option: str) -> Answer:
    """Ask until the answer can be used. Raises KefuError when nobody answers."""
    from kefu_sim.words import named

    while True:
        print(named(f"{question} [{default}]" if default else question, ""), end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            print(file=sys.stderr)
            raise KefuError(tr("no answer came"), hint=tr("or tell it with {option}").format(option=option))
        try:
            return read(line.strip() or default)
        except KefuError as error:
            print(error, file=sys.stderr)
            if not sys.stdin.isatty():
                raise


def run_schema(args: argparse.Namespace) -> int:
    """Print the schema."""
    del args
    from kefu_sim.author.schema import schema_text
    from kefu_sim.rulebook.known import known_ids

    sys.stdout.write(schema_text(known_ids()))
    return Exit.OK
