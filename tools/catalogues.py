"""Keep the translation catalogues in step with the code.

usage: python tools/catalogues.py [--check]

Extracts every `tr("…")` and `trn("…")`, merges them into locale/<lang>/LC_MESSAGES/kefu_sim.po and compiles the .mo
files. With --check nothing is written: missing, obsolete or stale entries are listed and the exit code is 1.
"""

from __future__ import annotations

import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "kefu_sim"
LANGS = ("zh", "en")
FIXED = datetime(2026, 1, 1, tzinfo=UTC)
"""Dates in the headers never change, so that equal catalogues are equal files."""


def extracted() -> Catalog:
    """All messages of the code."""
    catalogue = Catalog(project="kefu-sim", charset="utf-8")
    found = extract_from_dir(str(SOURCE), [("**.py", "python")], keywords={"tr": None, "trn": (1, 2)})
    for filename, _line, message, _comments, _context in found:
        catalogue.add(message, locations=[(filename, 1)])
    return catalogue


_HIDDEN = re.compile(r"""\bf(?:"[^"\n]*|'[^'\n]*)\{[^}\n]*\btrn?\(""")


def hidden() -> list[str]:
    """Places where a message stands inside an f-string: there it is not found."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if _HIDDEN.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    return found


def po_path(lang: str) -> Path:
    """Where the catalogue of a language is."""
    return SOURCE / "locale" / lang / "LC_MESSAGES" / "kefu_sim.po"


def read(lang: str) -> Catalog:
    """The catalogue of a language as it stands."""
    path = po_path(lang)
    if not path.exists():
        return Catalog(locale=lang, domain="kefu_sim", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=lang, domain="kefu_sim")


def merged(lang: str, template: Catalog) -> Catalog:
    """A fresh catalogue with the known translations; English ones are the messages themselves."""
    old = read(lang)
    fresh = Catalog(
        locale=lang,
        domain="kefu_sim",
        project="kefu-sim",
        version="1",
        charset="utf-8",
        fuzzy=False,
        header_comment=f"# kefu-sim, user interface, {lang}.",
        creation_date=FIXED,
        revision_date=FIXED,
        last_translator="the kefu-sim maintainers",
        language_team=lang,
    )
    for message in sorted((m for m in template if m.id), key=lambda m: str(m.id)):
        known = old.get(message.id)
        string = message.id if lang == "en" else (known.string if known else "")
        fresh.add(message.id, string, locations=sorted({(name, None) for name, _ in message.locations}))  # type: ignore[misc]  # no line numbers
    return fresh


def untranslated(catalogue: Catalog) -> list[Message]:
    """Messages without a translation."""
    return [m for m in catalogue if m.id and not (all(m.string) if isinstance(m.string, tuple | list) else m.string)]


def texts(catalogue: Catalog) -> dict[object, object]:
    """Message id → translation; both are tuples for a message with a plural."""
    return {_plain(m.id): _plain(m.string) for m in catalogue if m.id}


def _plain(text: object) -> object:
    return tuple(text) if isinstance(text, list) else text


def compiled(catalogue: Catalog) -> bytes:
    """Bytes of the .mo file."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def main() -> int:
    """Write the catalogues, or check them."""
    check = "--check" in sys.argv[1:]
    template, faults = extracted(), 0
    for place in hidden():
        print(f"{place}: a message inside an f-string is not found; give it a name first")
        faults += 1
    for lang in LANGS:
        fresh = merged(lang, template)
        for message in untranslated(fresh):
            print(f"{lang}: not translated: {message.id!r}")
            faults += 1
        po, mo = po_path(lang), po_path(lang).with_suffix(".mo")
        if check:
            if texts(read(lang)) != texts(fresh):
                print(f"{lang}: {po.name} is not in step with the code; run tools/catalogues.py")
                faults += 1
            if not mo.exists() or texts(read_mo(io.BytesIO(mo.read_bytes()))) != texts(fresh):
                print(f"{lang}: {mo.name} is stale; run tools/catalogues.py")
                faults += 1
            continue
        po.parent.mkdir(parents=True, exist_ok=True)
        with po.open("wb") as file:
            write_po(file, fresh, width=110, omit_header=False, include_lineno=False, sort_output=True)
        mo.write_bytes(compiled(fresh))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
