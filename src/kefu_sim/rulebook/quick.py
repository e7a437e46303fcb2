"""Reads and writes books of quick replies: YAML with positions, CSV as spreadsheets and shop tools make it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from pydantic import ValidationError

from kefu_sim.base.errors import BadFileError, Problem
from kefu_sim.base.paths import package_file
from kefu_sim.base.text import clean
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.base.yamlwrite import write_yaml
from kefu_sim.i18n import tr
from kefu_sim.quick.model import LONGEST, MOST, QuickBook, QuickReply, book_of
from kefu_sim.scenario.load import validate

COLUMNS = {"group": ("group", "分组", "分类", "快捷短语分组"), "key": ("key", "编码", "短码", "快捷编码"),
           "text": ("text", "内容", "话术", "快捷短语")}  # fmt: skip
"""Names under which the columns of a CSV file are known; the first of each is written."""
OTHERS = "其他"
_FORMULA = ("=", "+", "-", "@", "\t", "'")


def starter_book() -> QuickBook:
    """The book everybody begins with."""
    return read_book(package_file("rules", "quick-replies.yaml").read_text(encoding="utf-8"), "quick-replies.yaml")


def read_book(text: str, source: str) -> QuickBook:
    """Read a book from YAML. Raises BadFileError that lists every problem."""
    book = validate(read_yaml(text, source), QuickBook)
    if len(book) > MOST:
        raise BadFileError([_too_many(source, len(book))])
    return book_of([(clean(group), _cleaned(reply)) for group, reply in book.rows()])


def write_book(book: QuickBook) -> str:
    """A book as YAML."""
    groups = [{"title": group.title, "replies": [_row(reply) for reply in group.replies]} for group in book.groups]
    return write_yaml({"schema": 1, "groups": groups})


def _row(reply: QuickReply) -> dict[str, str]:
    return {"text": reply.text, **({"key": reply.key} if reply.key else {})}


def _cleaned(reply: QuickReply) -> QuickReply:
    return reply.model_copy(update={"text": clean(reply.text)})


def read_csv(text: str, source: str) -> QuickBook:
    """Read a book from CSV, with or without a head line. Raises BadFileError that lists every bad line."""
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=False))
    columns = _columns(lines[0]) if lines else None
    if columns is None:
        columns = {"group": 0, "key": 1, "text": 2} if lines and len(lines[0]) > 2 else {"group": 0, "text": 1}
        first = 1
    else:
        first = 2
    rows: list[tuple[str, QuickReply]] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines[first - 1 :], first):
        cells = {name: _plain(clean(line[at]).strip()) for name, at in columns.items() if at < len(line)}
        if not any(cells.values()):
            continue
        try:
            reply = QuickReply(text=cells.get("text", ""), key=cells.get("key", ""))
        except ValidationError:
            what = tr("a reply takes 1 to {most} characters, its code up to 12 without blanks").format(most=LONGEST)
            problems.append(Problem(source, number, 1, "KS501", what, tr("mend or delete this line")))
            continue
        rows.append((cells.get("group") or OTHERS, reply))
    if len(rows) > MOST:
        problems.append(_too_many(source, len(rows)))
    if problems:
        raise BadFileError(problems)
    return book_of(rows)


def write_csv(book: QuickBook) -> str:
    """A book as CSV; what a spreadsheet would take for a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([names[0] for names in COLUMNS.values()])
    for group, reply in book.rows():
        writer.writerow([_quoted(cell) for cell in (group, reply.key, reply.text)])
    return "\ufeff" + out.getvalue()


def _columns(head: Sequence[str]) -> dict[str, int] | None:
    """Where the columns stand, if this is a head line."""
    names = [cell.strip().lower() for cell in head]
    found = {column: names.index(name) for column, known in COLUMNS.items() for name in known if name in names}
    return found if "text" in found else None


def _quoted(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _too_many(source: str, count: int) -> Problem:
    what = tr("{n} replies are too many (the limit is {most})").format(n=count, most=MOST)
    return Problem(source, 1, 1, "KS502", what, tr("split the file"))
