"""`kefu-sim demo`: receptions that play themselves before a class; full screen, line by line, or into a file."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.cli.showing import add_showing, full_screen, recorded
from kefu_sim.i18n import language, tr

if TYPE_CHECKING:
    from kefu_sim.cli import Commands
    from kefu_sim.demo.model import Playlist
    from kefu_sim.demonstrations import DemoRoom


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("demo", help=tr("show a class how it is done, well and badly"))
    parser.add_argument("name", nargs="?", help=tr("a demo, a step (问好), a buyer or a lesson; --list shows them"))
    side = parser.add_mutually_exclusive_group()
    side.add_argument("--compare", action="store_const", dest="show", const="compare", help=tr("both, side by side"))
    side.add_argument("--good", action="store_const", dest="show", const="good", help=tr("the good agent alone"))
    side.add_argument("--bad", action="store_const", dest="show", const="bad", help=tr("the poor agent alone"))
    parser.add_argument("--list", action="store_true", help=tr("list lessons and demos"))
    parser.add_argument("--json", action="store_true", help=tr("with --list: as one JSON object a line"))
    add_showing(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List, print, record or show."""
    from kefu_sim.cli.practice import show_problems
    from kefu_sim.demonstrations import DemoRoom

    room = DemoRoom()
    show_problems([*room.house.library.problems, *room.problems])
    if args.list or (args.plain and args.name is None):
        return _list(room, as_json=args.json)
    lesson = room.playlists.items.get(args.name)
    if lesson is not None:
        return _lesson(room, lesson, args)
    if args.name is None:
        _refuse_record(args)
        return full_screen(room, args, "kefu-sim demo --list", lambda flow: flow.open_menu())
    demo = room.find(args.name)
    way = room.way(demo, args.show)
    if args.record:
        return recorded(room, args, room.show(demo, way, asks=False))
    if args.plain:
        from kefu_sim.plain_demo import print_showing

        print_showing(room.show(demo, way))
        return Exit.OK
    return full_screen(room, args, f"kefu-sim demo {args.name} --plain", lambda flow: flow.begin(demo, way))


def _lesson(room: DemoRoom, lesson: Playlist, args: argparse.Namespace) -> int:
    """Show a lesson, or print it with everything in it."""
    _refuse_record(args)
    if args.plain:
        from kefu_sim.plain_demo import print_lesson

        print_lesson(room, lesson)
        return Exit.OK
    return full_screen(room, args, f"kefu-sim demo {lesson.id} --plain", lambda flow: flow.begin_lesson(lesson))


def _refuse_record(args: argparse.Namespace) -> None:
    if args.record:
        raise KefuError(tr("only a single demo can be recorded"), hint=tr("name one: `kefu-sim demo --list`"))


def _list(room: DemoRoom, *, as_json: bool) -> int:
    """Print lessons with their agenda, then demos; the exit code tells of broken files."""
    from kefu_sim.plain_demo import print_list

    if as_json:
        lang = language()
        for lesson in room.playlists.items.values():
            row = {"lesson": lesson.id, "title": lesson.name.pick(lang), "minutes": lesson.minutes}
            print(json.dumps(row, ensure_ascii=False))
        for demo in room.in_order():
            row = {"demo": demo.id, "title": demo.name.pick(lang), "scenario": demo.scenario, "step": demo.step or None}
            print(json.dumps({**row, "shows": demo.shows()}, ensure_ascii=False))
    else:
        print_list(room)
    return Exit.BAD_INPUT if room.problems else Exit.OK
