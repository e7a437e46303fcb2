"""The chats of a shift in a folder of one's own: the log as it is, each chat and the report as text, readable again."""

from __future__ import annotations

import re
from pathlib import Path

from kefu_sim.base.errors import BadLogError, KefuError
from kefu_sim.i18n import tr
from kefu_sim.rush import events as rv
from kefu_sim.shift_text import Chat, chats, report_text
from kefu_sim.shifts import ShiftPlay
from kefu_sim.store.shifts import read_shift_log
from kefu_sim.store.textfiles import write_text_file

LOG, REPORT, CHATS = "shift.jsonl", "report.txt", "chats"
_UNSAFE = re.compile(r"[^\w一-鿿-]+")


def write_archive(play: ShiftPlay, folder: Path) -> Path:
    """Put a shift into a new folder below `folder`, named by its log; returns it. Raises KefuError, UnwritableError."""
    place = folder / (play.name or play.plan.shift.id)
    if place.exists():
        raise KefuError(
            tr("{path} is there already").format(path=place), hint=tr("choose another folder; nothing was overwritten")
        )
    for chat in chats(play.run.log):
        name = f"{chat.number:03d}-{_UNSAFE.sub('_', chat.name)}.txt"
        write_text_file(place / CHATS / name, f"{chat.name}\n\n{chat.text}\n")
    play.archive(place)
    write_text_file(place / REPORT, report_text(play.plan, play.run, play.report(), ()) + "\n")
    write_text_file(place / LOG, "".join(rv.to_line(entry) + "\n" for entry in play.run.log))
    return place


def read_archive(folder: Path) -> tuple[str, list[Chat]]:
    """Report and chats of an archived shift. Raises KefuError."""
    path = folder / LOG
    if not path.is_file():
        what = tr("{path} holds no archived shift").format(path=folder)
        raise KefuError(what, hint=tr("name the folder in which `shift.jsonl` is"))
    log = read_shift_log(path)
    if not log:
        raise BadLogError(tr("the log of {id} is empty").format(id=path))
    try:
        report = (folder / REPORT).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        report = ""
    return report, chats(log)
