"""The only module that knows where things are kept on this machine."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

from platformdirs import user_data_path


def data_folder() -> Path:
    """Receptions and results; `KEFU_SIM_HOME` overrides the platform's place. Not created here."""
    override = os.environ.get("KEFU_SIM_HOME")
    return Path(override) if override else user_data_path("kefu-sim", appauthor=False)


def cache_folder(data: Path | None = None) -> Path:
    """What only saves time, and can be deleted at any moment; `KEFU_SIM_CACHE` overrides `cache` in the data folder."""
    override = os.environ.get("KEFU_SIM_CACHE")
    return Path(override) if override else (data or data_folder()) / "cache"


def as_argument(name: str) -> str:
    """A file or id as it is typed on a command line: in quotes where it holds a blank or what a shell would take."""
    if re.fullmatch(r"[\w@%+=:,./\\-]+", name) and (os.name == "nt" or "\\" not in name):
        return name
    return f'"{name}"' if os.name == "nt" else shlex.quote(name)


def package_file(*parts: str) -> Path:
    """A data file that travels in the package."""
    return Path(__file__).resolve().parents[1].joinpath(*parts)


def database_name() -> str:
    """The database of records that `KEFU_SIM_DB` or `--db` names: a file or a URL; empty for the one in the folder."""
    return os.environ.get("KEFU_SIM_DB", "")
