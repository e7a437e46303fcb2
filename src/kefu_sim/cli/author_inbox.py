"""`kefu-sim author inbox`: replies that were not understood, and rows in dispute; one of them becomes a sample."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.cli.filters import open_records
from kefu_sim.i18n import language, tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kefu_sim.author.inbox import Group, Item
    from kefu_sim.cli import Commands
    from kefu_sim.house import House


def add(tools: Commands[argparse.ArgumentParser]) -> None:
    """Register the tool."""
    parser = tools.add_parser(
        "inbox",
        help=tr("see what buyers did not understand and what was disputed, and teach the story"),
        epilog=tr(
            "On a terminal this opens a screen; in a pipe, or with --plain, it prints a list. With --add the exit code "
            "is that of `author verify`."
        ),
    )
    parser.add_argument("scenario", nargs="*", metavar="ID", help=tr("only these scenarios"))
    parser.add_argument("--format", choices=("text", "json"), help=tr("print a list in this form (default: text)"))
    parser.add_argument("--plain", action="store_true", help=tr("line by line, for pipes and screen readers"))
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--add", metavar="N", help=tr("add entry N to an intent; needs --intent and --say or --not"))
    what.add_argument("--done", metavar="N", help=tr("put entry N away"))
    parser.add_argument("--intent", metavar=tr("NAME"), help=tr("the intent it is added to"))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--say", action="store_const", const="say", dest="key", help=tr("it means this intent"))
    which.add_argument("--not", action="store_const", const="not", dest="key", help=tr("it does not mean this intent"))
    parser.set_defaults(run=run, key=None)


def run(args: argparse.Namespace) -> int:
    """List, add, put away, or open the screen."""
    from kefu_sim.house import House

    if (args.intent or args.key) and args.add is None:
        raise KefuError(
            tr("which entry is to be added?"), hint=tr("name it: kefu-sim author inbox --add N --intent NAME --say")
        )
    house = House()
    open_records(house)
    if args.add is not None:
        return _add(house, args)
    if args.done is not None:
        return _done(house, args.done)
    _refuse_unknown(house, args.scenario)
    if args.format is None and not args.plain and sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty():
        from kefu_sim.tui.app import KefuApp, run_app

        return run_app(KefuApp(lambda: house, opening=lambda app: app.inbox.open(args.scenario)))
    return _list(house, args)


def _refuse_unknown(house: House, names: Sequence[str]) -> None:
    from kefu_sim.author.inbox import groups
    from kefu_sim.scenario.names import did_you_mean

    known = house.library.entries
    for name in names:
        if name not in known and not groups(house, [name]):
            what = tr("no scenario has the id `{id}`").format(id=name)
            raise KefuError(what, hint=did_you_mean(name, sorted(known)))


def _list(house: House, args: argparse.Namespace) -> int:
    from kefu_sim.author.inbox import groups

    found = groups(house, args.scenario)
    if args.format == "json":
        print(json.dumps([to_data(item) for group in found for item in group.items], ensure_ascii=False, indent=2))
        return Exit.OK
    if found:
        print(report(house, found))
    else:
        print(tr("The inbox is empty: nothing was misunderstood, nothing is disputed."), file=sys.stderr)
    return Exit.OK


def _add(house: House, args: argparse.Namespace) -> int:
    from kefu_sim.author.inbox import find
    from kefu_sim.author.teach import add as teach
    from kefu_sim.author.teach import offers, unteachable
    from kefu_sim.author.verify import summary
    from kefu_sim.cli.author_verify import exit_code

    item = find(house, args.add)
    if args.intent is None or args.key is None:
        names = ", ".join(offer.intent for offer in offers(house, item))
        which = tr("add --intent NAME and --say or --not; intents, those waited for first: {names}").format(names=names)
        raise KefuError(
            tr("to which intent, and does it mean it or not?"), hint="\n".join((which, *unteachable(house, item)))
        )
    added = teach(house, item, args.intent, args.key)
    for line in added.told:
        print(line, file=sys.stderr)
    sys.stdout.write("".join(f"{finding}\n" for finding in added.verified.findings))
    print(summary(added.verified), file=sys.stderr)
    return exit_code(added.verified.findings)


def _done(house: House, name: str) -> int:
    from kefu_sim.author.inbox import find, settle
    from kefu_sim.base.text import clean

    item = find(house, name)
    settle(house, item, "done")
    print(tr("put away: {text}").format(text=clean(item.said or item.reason.pick(language()))), file=sys.stderr)
    return Exit.OK


def report(house: House, found: Sequence[Group]) -> str:
    """The inbox as text."""
    from kefu_sim.base.errors import BadFileError
    from kefu_sim.base.text import clean

    lines: list[str] = []
    for group in found:
        try:
            story = house.library.get(group.scenario)
            node = story.nodes.get(group.node)
        except (KefuError, BadFileError):
            node = None
        place = group.node or tr("the whole reception")
        title = f" {node.title}" if node is not None and node.title else ""
        count = trn("{n} time", "{n} times", group.count).format(n=group.count)
        lines.append(f"{group.scenario} / {place}{title}  ({count})")
        for item in group.items:
            lines += entry(item)
        lines.append("")
    lines.append(tr("Add one: kefu-sim author inbox --add N --intent NAME --say (or --not); put away: --done N"))
    lines.append(tr("N is the number of an entry, which moves up when one goes, or the name beside it, which stays."))
    return clean("\n".join(lines))


def entry(item: Item) -> list[str]:
    """One item as lines."""
    from kefu_sim.author.inbox import SHORTEST_ID
    from kefu_sim.words import day, named

    lang = language()
    head = f"{item.number:>5}  {item.id[:SHORTEST_ID]}  {item.count:>3}×  "
    blank = " " * len(head)
    if item.kind == "unclear":
        lines = [head + tr("not understood: “{text}”").format(text=_one_line(item.said))]
    else:
        lines = [head + tr("disputed: {row}: {reason}").format(row=item.about, reason=item.reason.pick(lang))]
        if item.said:
            lines.append(blank + tr("said: “{text}”").format(text=_one_line(item.said)))
        nobody, silent = tr("(no name)"), tr("(no remark)")
        lines += [blank + named(f"{one.who or nobody}, {day(one.at)}", one.text or silent) for one in item.remarks]
    if item.buyer:
        lines.append(blank + tr("buyer before: “{text}”").format(text=_one_line(item.buyer)))
    lines.append(blank + tr("look at it: {command}").format(command=f"kefu-sim review {item.receptions[-1]} --plain"))
    if item.kind == "unclear":
        heard = " ".join(item.labels) or tr("nothing")
        who = ", ".join(name or tr("(no name)") for name in item.who)
        lines.append(
            blank + tr("understood: {labels} · {who} · last {day}").format(labels=heard, who=who, day=day(item.last))
        )
    return lines


def to_data(item: Item) -> dict[str, Any]:
    """Values for JSON."""
    from kefu_sim.words import day

    data = {
        "number": item.number, "id": item.id, "kind": item.kind, "scenario": item.scenario, "node": item.node,
        "count": item.count, "said": item.said, "buyer": item.buyer, "who": list(item.who), "last": day(item.last),
        "receptions": list(item.receptions),
    }  # fmt: skip
    if item.kind == "unclear":
        return {**data, "understood": list(item.labels)}
    remarks = [{"who": one.who, "day": day(one.at), "text": one.text} for one in item.remarks]
    reason = item.reason.pick(language())
    return {**data, "rule": item.rule, "reason": reason, "points": item.points, "of": item.most, "remarks": remarks}


def _one_line(text: str) -> str:
    return " ".join(text.split())
