"""Small files of a data folder: who practises here, which folder it is, the best scores for the home screen."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from kefu_sim.base.errors import KefuError
from kefu_sim.base.text import clean_message
from kefu_sim.i18n import tr
from kefu_sim.store.textfiles import write_text_file

LONGEST_NAME = 40
"""Characters of a profile's name."""


class Desk:
    """One data folder. Nothing is created before something is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def id(self) -> str:
        """A random name of the folder, drawn at the first call: it says where a record was made."""
        path = self.folder / "desk.id"
        if (known := _read(path).strip()[:40]) and known.isalnum():
            return known
        drawn = secrets.token_hex(6)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(drawn)
        except FileExistsError:
            return _read(path).strip()[:40] or drawn
        except OSError:
            return drawn
        return drawn

    @property
    def trainee(self) -> str:
        """Who practises: KEFU_SIM_TRAINEE, else the profile chosen last; empty for the one without a name."""
        override = os.environ.get("KEFU_SIM_TRAINEE")
        return tidy_name(_read(self.folder / "trainee.txt") if override is None else override)

    def choose(self, name: str) -> str:
        """Practise under this name from now on. Raises KefuError for a name that is none, UnwritableError."""
        tidy = tidy_name(name)
        if name.strip() and not tidy:
            raise KefuError(tr("this is no name for a profile"), hint=tr("letters, digits, Chinese characters"))
        write_text_file(self.folder / "trainee.txt", tidy, force=True)
        return tidy

    def bests(self) -> dict[str, float] | None:
        """Scenario → best total of who practises here; None when they have never been gathered."""
        known = self._all_bests()
        return None if known is None else known.get(self.trainee, {})

    def note_best(self, trainee: str, scenario: str, total: float) -> None:
        """A reception has ended with this total. Raises KefuError, UnwritableError where it cannot be kept."""
        known = self._all_bests() or {}
        mine = known.setdefault(trainee, {})
        if total > mine.get(scenario, -1.0):
            mine[scenario] = total
            self.keep_bests(known)

    def keep_bests(self, bests: Mapping[str, Mapping[str, float]]) -> None:
        """Trainee → scenario → best total, from the records. Raises KefuError, UnwritableError."""
        write_text_file(self.folder / "bests.json", json.dumps(bests, ensure_ascii=False), force=True)

    def _all_bests(self) -> dict[str, dict[str, float]] | None:
        try:
            found = json.loads(_read(self.folder / "bests.json"))
        except (ValueError, RecursionError):
            return None
        return found if _is_table(found) else None


def tidy_name(text: str) -> str:
    """A name as it is kept: one line, no controls."""
    return " ".join(clean_message(text, LONGEST_NAME).split())


def _is_table(found: object) -> bool:
    return isinstance(found, dict) and all(
        isinstance(row, dict) and all(isinstance(v, int | float) and 0 <= v <= 100 for v in row.values())
        for row in found.values()
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
