"""Documents as they are handed out, byte for byte. KEFU_SIM_DUMP=1 writes the golden files anew."""

import os
from pathlib import Path

import pytest

from kefu_sim.base.paths import package_file
from kefu_sim.export.data import as_json, as_xapi
from kefu_sim.export.markdown import markdown
from kefu_sim.export.page import page
from kefu_sim.export.tables import chat_csv, ledger_csv, records_csv
from kefu_sim.i18n import set_language

GOLDEN = Path(__file__).parent / "golden"


def html(sheet):
    return page(sheet, "/* style */\n")


@pytest.mark.parametrize(
    ("name", "make", "which", "lang"),
    [
        ("one.md", markdown, "one", "en"),
        ("class.md", markdown, "class_of_two", "zh"),
        ("one.html", html, "one", "zh"),
        ("class.html", html, "class_of_two", "en"),
        ("records.csv", records_csv, "class_of_two", "zh"),
        ("ledger.csv", ledger_csv, "one", "en"),
        ("chat.csv", chat_csv, "one", "zh"),
        ("one.json", as_json, "one", "en"),
        ("class.xapi.json", as_xapi, "class_of_two", "zh"),
    ],
)
def test_a_document_is_what_it_was(request, name, make, which, lang):
    set_language(lang)
    text = make(request.getfixturevalue(which))
    path = GOLDEN / name
    if os.environ.get("KEFU_SIM_DUMP"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    assert text == path.read_bytes().decode("utf-8")


def test_the_style_sheet_reaches_for_nothing_outside():
    style = package_file("data", "page.css").read_text("utf-8")
    assert "url(" not in style
    assert "@import" not in style
    assert "</" not in style
