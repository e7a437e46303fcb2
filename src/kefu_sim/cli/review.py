"""`kefu-sim review`: a finished reception turn by turn; go back into one of its replies; failed turns again."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.cli.filters import open_records
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.cli import Commands
    from kefu_sim.history.review import Review
    from kefu_sim.house import House


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("review", help=tr("go through a finished reception turn by turn"))
    parser.add_argument(
        "reception", nargs="?", default="last", help=tr("id, or how it begins (default: the newest); see `history`")
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--from", type=int, metavar="N", dest="turn", help=tr("go back to message N and try another way"))
    what.add_argument("--compare", metavar="ID", help=tr("beside another reception of the same buyer"))
    what.add_argument("--due", action="store_true", help=tr("answer the failed turns again that are due today"))
    what.add_argument(
        "--dispute",
        metavar="N[.ROW]",
        help=tr("hold a row of the ledger to be wrong, counted as --plain shows them; again: take it back"),
    )
    parser.add_argument("--remark", metavar=tr("TEXT"), help=tr("with --dispute: why, in a few words"))
    parser.add_argument("--plain", action="store_true", help=tr("line by line, for pipes and screen readers"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Open the review, full screen or as text."""
    from kefu_sim.house import House

    house = House()
    if args.due:
        return _due(house, plain=args.plain)
    if args.remark is not None and args.dispute is None:
        raise KefuError(tr("a remark belongs to a row"), hint=tr("name the row: --dispute 3.1"))
    if not args.plain and args.dispute is None:
        from kefu_sim.cli.practice import need_terminal

        need_terminal(f"kefu-sim review {args.reception} --plain")
    open_records(house)
    from kefu_sim.history.shift_review import review_named

    review = review_named(house, args.reception)
    if args.dispute is not None:
        return _dispute(house, review, args.dispute, args.remark or "")
    if args.turn is not None:
        return _from(house, review, args.turn, plain=args.plain)
    if args.compare is not None:
        from kefu_sim.history.branch import pair_of
        from kefu_sim.plain_review import pair_text

        other = review_named(house, args.compare)
        if other.record.scenario != review.record.scenario:
            raise KefuError(
                tr("these are receptions of two different buyers"), hint=tr("compare two of the same buyer")
            )
        print(pair_text(pair_of(*sorted((review, other), key=lambda one: one.record.started))))
    elif args.plain:
        from kefu_sim.history.disputing import docket_of_review
        from kefu_sim.plain_review import review_text

        print(review_text(review, docket_of_review(house, review)))
    else:
        from kefu_sim.tui.app import KefuApp, run_app

        return run_app(KefuApp(lambda: house, opening=lambda app: app.past.open_review(review.record.id)))
    return Exit.OK


def _due(house: House, *, plain: bool) -> int:
    from datetime import date

    from kefu_sim.drills import DrillRoom

    today = date.today()  # noqa: DTZ011 (the trainee's own calendar)
    if plain:
        from kefu_sim import plain_drill

        room = DrillRoom(house)
        return plain_drill.answer_all(room, room.begin_due(today))
    from kefu_sim.cli.practice import need_terminal

    need_terminal("kefu-sim review --due --plain")
    from kefu_sim.tui.app import KefuApp, run_app

    return run_app(KefuApp(lambda: house, opening=lambda app: app.drills.begin_due()))


def _from(house: House, review: Review, number: int, *, plain: bool) -> int:
    """Go back to message `number`, counted from 1 as the transcript does."""
    turn = number - 1
    if review.in_shift:
        raise KefuError(
            tr("a reception of a shift cannot be re-entered"),
            hint=tr("the same buyer alone: kefu-sim practice {id}").format(id=review.record.scenario),
        )
    if not 0 <= turn < len(review.turns) or review.turns[turn].role != "agent":
        replies = [str(at + 1) for at, said in enumerate(review.turns) if said.role == "agent"]
        raise KefuError(
            tr("message {n} is not one of your replies").format(n=number),
            hint=tr("your replies: {names}").format(names=", ".join(replies) or tr("none")),
        )
    if plain:
        from kefu_sim.history.branch import begin_branch
        from kefu_sim.plain import go_on

        return go_on(house, begin_branch(house, review, turn))
    from kefu_sim.tui.app import KefuApp, run_app

    return run_app(KefuApp(lambda: house, opening=lambda app: app.past.reenter(review, turn)))


def _dispute(house: House, review: Review, place: str, remark: str) -> int:
    """Hold row `N.ROW` to be wrong, or take that back; N alone where there is one row only."""
    import sys

    from kefu_sim.history.disputing import docket_of_review
    from kefu_sim.reception_text import turned_over

    docket = docket_of_review(house, review)
    where = tr("see them: {command}").format(command=f"kefu-sim review {review.record.id} --plain")
    print(turned_over(docket, docket.named(place, where), remark), file=sys.stderr)
    return Exit.OK
