"""The use cases of quick replies: the trainee's own book, its import and export, what a buyer's variables stand for."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from kefu_sim.base.errors import KefuError, UnwritableError
from kefu_sim.base.paths import data_folder
from kefu_sim.i18n import tr
from kefu_sim.quick.model import MOST, QuickBook, QuickReply, book_of
from kefu_sim.quick.search import initial_letters
from kefu_sim.readings import fetch
from kefu_sim.rulebook.quick import read_book, read_csv, starter_book, write_book, write_csv
from kefu_sim.scenario.library import read_text
from kefu_sim.store.textfiles import write_text_file

FILE, INITIALS = "quick-replies.yaml", "quick-initials.json"


Kind = Literal["yaml", "csv"]


@dataclass
class QuickRoom:
    """The trainee's book of quick replies."""

    folder: Path = field(default_factory=data_folder)

    @property
    def file(self) -> Path:
        """Where the trainee's own book is."""
        return self.folder / FILE

    @cached_property
    def book(self) -> QuickBook:
        """The trainee's own book, else the one everybody begins with. Raises BadFileError."""
        return read_book(read_text(self.file), str(self.file)) if self.file.is_file() else starter_book()

    def keep(self, book: QuickBook) -> None:
        """Make a book the trainee's own. Raises UnwritableError; never leaves half a file."""
        write_text_file(self.file, write_book(book), force=True)
        self.__dict__["book"] = book

    def add(self, group: str, reply: QuickReply, *, instead_of: QuickReply | None = None) -> None:
        """Keep one more reply, or another one in place of one."""
        rows = list(self.book.rows())
        at = next((i for i, (_, old) in enumerate(rows) if old is instead_of), None)
        if at is not None and rows[at][0] == group:
            rows[at] = (group, reply)
        else:
            rows = [row for i, row in enumerate(rows) if i != at]
            same = [i for i, (title, _) in enumerate(rows) if title == group]
            rows.insert(same[-1] + 1 if same else len(rows), (group, reply))
        self.keep(book_of(rows))

    def remove(self, reply: QuickReply) -> None:
        """Keep one reply less."""
        self.keep(book_of([row for row in self.book.rows() if row[1] is not reply]))

    def take_in(self, path: Path, *, replace: bool = False) -> int:
        """Read replies from a YAML or CSV file into the own book; returns how many are new. Raises KefuError."""
        text = read_text(path)
        read = read_csv if path.suffix.lower() == ".csv" else read_book
        given = read(text, str(path))
        if not len(given):
            raise KefuError(tr("{path} holds no quick reply").format(path=path), hint=tr("see `kefu-sim quick --help`"))
        before = 0 if replace else len(self.book)
        merged = given if replace else book_of([*self.book.rows(), *given.rows()])
        if len(merged) > MOST:
            what = tr("{n} replies are too many (the limit is {most})").format(n=len(merged), most=MOST)
            raise KefuError(what, hint=tr("delete some first"))
        self.keep(merged)
        return len(merged) - before

    def written(self, kind: Kind) -> str:
        """The own book as the text of a file."""
        return write_csv(self.book) if kind == "csv" else write_book(self.book)

    def initials(self) -> dict[str, str]:
        """Pinyin initials of all texts and groups; slow when there are new ones, which are then kept."""
        known = self._known_initials()
        texts = dict.fromkeys(text for group, reply in self.book.rows() for text in (group, reply.text))
        unknown = [text for text in texts if text not in known]
        if unknown:
            readings = fetch("\n".join(unknown))
            at = 0
            for text in unknown:
                known[text] = initial_letters(readings[at : at + len(text)])
                at += len(text) + 1
            if readings:
                with suppress(UnwritableError):  # only saves the second it took
                    write_text_file(self.folder / INITIALS, json.dumps(known, ensure_ascii=False), force=True)
        return known

    def _known_initials(self) -> dict[str, str]:
        try:
            found = json.loads((self.folder / INITIALS).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
