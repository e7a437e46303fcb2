"""Archives: one zip file with a manifest that names every part and its hash. Nothing is ever overwritten.

Names in an archive are never used as names of files: parts are found by the manifest, and what they hold is checked.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kefu_sim.base.errors import KefuError
from kefu_sim.base.fields import misfit
from kefu_sim.base.refusals import unreadable, unwritable
from kefu_sim.i18n import tr
from kefu_sim.progress.disputes import Dispute
from kefu_sim.progress.record import Record
from kefu_sim.store.entries import Entry, key_of

FORMAT = 1
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
LARGEST = 50_000_000
"""Bytes of one part, unpacked."""
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,120}")
_WHEN = (2026, 1, 1, 0, 0, 0)
"""Times in the zip file never change, so that equal records make equal archives."""


@dataclass(frozen=True, slots=True)
class OpenLog:
    """A reception that was not finished."""

    id: str
    log: str


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    """`record` or `open`."""
    id: str
    file: str
    sha256: str


def write_archive(path: Path, entries: Iterable[Entry], logs: Iterable[OpenLog], made: str) -> int:
    """Write an archive; returns how many records it has. Raises UnwritableError, KefuError when the file is there."""
    _refuse_over(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    parts: list[_Part] = []
    try:
        with zipfile.ZipFile(draft, "x", zipfile.ZIP_DEFLATED) as file:
            parts += [_put(file, "record", e.record.id, f"records/{e.record.key}.json", _dumped(e)) for e in entries]
            count = len(parts)
            for number, log in enumerate(logs, 1):
                parts.append(_put(file, "open", log.id, f"open/{number}.jsonl", log.log))
            manifest = json.dumps(
                {"format": FORMAT, "made": made, "parts": [asdict(part) for part in parts]},
                ensure_ascii=False,
                indent=1,
            )
            _write(file, MANIFEST, manifest.encode("utf-8"))
            _write(file, SEAL, sha256(manifest.encode("utf-8")).hexdigest().encode("ascii"))
        _refuse_over(path)
        draft.rename(path)
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from None
    finally:
        with suppress(OSError):
            draft.unlink()
    return count


def _refuse_over(path: Path) -> None:
    if path.exists():
        raise KefuError(tr("{path} is there already").format(path=path), hint=tr("name another file"))


def read_archive(path: Path) -> Iterator[Entry | OpenLog]:
    """Check an archive part by part and give what it holds. Raises KefuError that names what is wrong with it."""
    try:
        with zipfile.ZipFile(path) as file:
            for part in _manifest(file, path):
                data = _read(file, part.file, path)
                if sha256(data).hexdigest() != part.sha256:
                    raise _damaged(path, part.file, tr("its hash is another"))
                yield _entry(data, path, part) if part.kind == "record" else _open_log(data, path, part)
    except OSError as error:
        raise unreadable(path, error) from None
    except (zipfile.BadZipFile, EOFError):
        raise _damaged(path, "", tr("it is no archive, or a part of it is missing")) from None
    except (zlib.error, NotImplementedError, RuntimeError, ValueError) as error:
        raise _damaged(path, "", str(error)) from None


def _put(file: zipfile.ZipFile, kind: str, name: str, place: str, text: str) -> _Part:
    data = text.encode("utf-8")
    _write(file, place, data)
    return _Part(kind, name, place, sha256(data).hexdigest())


def _write(file: zipfile.ZipFile, place: str, data: bytes) -> None:
    info = zipfile.ZipInfo(place, _WHEN)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    file.writestr(info, data)


def _dumped(entry: Entry) -> str:
    data = {
        "record": entry.record._asdict(),
        "desk": entry.desk,
        "recogniser": entry.recogniser,
        "figures": entry.figures,
        "score": entry.score,
        "log": entry.log,
        "disputes": [dispute._asdict() for dispute in entry.disputes],
    }
    return json.dumps(data, ensure_ascii=False)


def _manifest(file: zipfile.ZipFile, path: Path) -> list[_Part]:
    data = _read(file, MANIFEST, path)
    if sha256(data).hexdigest() != _read(file, SEAL, path).decode("ascii", "replace").strip():
        raise _damaged(path, MANIFEST, tr("its hash is another"))
    found = _json(data, path, MANIFEST)
    if not isinstance(found.get("format"), int) or found["format"] > FORMAT:
        what = tr("{path}: written by a newer kefu-sim").format(path=path)
        raise KefuError(what, hint=tr("update kefu-sim to open it"))
    try:
        parts = [_Part(**part) for part in found["parts"]]
    except (KeyError, TypeError):
        raise _damaged(path, MANIFEST, tr("not a manifest")) from None
    if any(misfit(_Part, asdict(part)) for part in parts):
        raise _damaged(path, MANIFEST, tr("not a manifest"))
    return parts


def _read(file: zipfile.ZipFile, place: str, path: Path) -> bytes:
    try:
        info = file.getinfo(place)
    except KeyError:
        raise _damaged(path, place, tr("it is missing")) from None
    if info.file_size > LARGEST:
        raise _damaged(path, place, tr("it is too large"))
    with file.open(info) as part:
        return part.read(LARGEST + 1)


def _entry(data: bytes, path: Path, part: _Part) -> Entry:
    found = _json(data, path, part.file)
    try:
        record = Record(**found["record"])
        disputes = tuple(Dispute(**row) for row in found.get("disputes", ()))
        entry = Entry(
            record, found["desk"], found["recogniser"], found["log"], found["score"], figures=found["figures"],
            disputes=disputes,
        )  # fmt: skip
    except (KeyError, TypeError):
        raise _damaged(path, part.file, tr("not a record")) from None
    texts = (entry.desk, entry.recogniser, entry.figures, entry.log, entry.score or "")
    if misfit(Record, record._asdict()) or not all(isinstance(text, str) for text in texts):
        raise _damaged(path, part.file, tr("not a record"))
    if any(misfit(Dispute, d._asdict()) or (d.desk, d.reception) != (entry.desk, record.id) for d in disputes):
        raise _damaged(path, part.file, tr("not a record"))
    if key_of(entry.log) != record.key:
        raise _damaged(path, part.file, tr("the log is not the one it was made from"))
    return entry


def _open_log(data: bytes, path: Path, part: _Part) -> OpenLog:
    if not _ID.fullmatch(part.id):
        raise _damaged(path, part.file, tr("not the id of a reception"))
    return OpenLog(part.id, data.decode("utf-8", "replace"))


def _json(data: bytes, path: Path, place: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise _damaged(path, place, tr("no JSON")) from None
    if not isinstance(found, dict):
        raise _damaged(path, place, tr("no JSON"))
    return found


def _damaged(path: Path, place: str, why: str) -> KefuError:
    where = f"{path}: {place}" if place else str(path)
    return KefuError(
        tr("{where}: the archive is damaged ({why})").format(where=where, why=why),
        hint=tr("nothing of it was taken; use another copy"),
    )
