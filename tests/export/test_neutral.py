"""Whatever is said in a chat stays text in every document."""

import csv
import html
import io
import json
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kefu_sim.base.paths import package_file
from kefu_sim.base.text import clean
from kefu_sim.export.data import as_json, as_xapi
from kefu_sim.export.markdown import markdown
from kefu_sim.export.neutral import for_cell, for_html, for_markdown
from kefu_sim.export.page import page
from kefu_sim.export.tables import ledger_csv, records_csv

from .conftest import HOSTILE

TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("=+-@＝＋*_[]()<>`|~&$!\\:/\t\n\x1b\u202e")), max_size=60
)


class Seen(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text, self.open = set(), set(), [], []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in {"meta", "br"} and not self.get_starttag_text().endswith("/>"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text.append(data)


@given(TEXT)
def test_html_shows_the_text_and_nothing_else(text):
    seen = Seen()
    seen.feed(f"<p>{for_html(text)}</p>")
    seen.close()
    assert seen.tags == {"p"}
    assert html.unescape(for_html(text)) == clean(text)


@given(TEXT)
def test_markdown_shows_the_text_and_nothing_else(text):
    rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).renderInline(f"x {for_markdown(text)} x")
    assert html.unescape(rendered).split() == f"x {clean(text)} x".split()
    assert "<" not in rendered


def test_addresses_are_no_links():
    assert for_markdown("http://a.b www.a.b a@b.c") == r"http\://a.b www\.a.b a\@b.c"


@given(TEXT)
def test_no_cell_begins_a_formula(text):
    cell = for_cell(text)
    assert cell.lstrip()[:1] not in set("=+-@＝＋－＠")
    assert cell.removeprefix("'") == clean(text).removeprefix("'")


def test_numbers_stay_numbers():
    assert [for_cell(value) for value in (-3.5, 0, None)] == [-3.5, 0, None]


def test_the_page_has_no_script_no_link_and_closes_what_it_opens(class_of_two):
    seen = Seen()
    seen.feed(page(class_of_two, package_file("data", "page.css").read_text("utf-8")))
    seen.close()
    assert seen.open == []
    assert not seen.tags & {"script", "a", "img", "iframe", "link", "object", "u", "i-"}
    assert not seen.attributes & {"href", "src", "onclick", "onload", "style"}
    assert clean(HOSTILE) in "".join(seen.text)


def test_tables_read_back_as_they_were(class_of_two, one):
    text = records_csv(class_of_two)
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert {len(row) for row in rows} == {len(head)}
    assert [row[2] for row in rows] == ["小林 <b>", "'=小周", "小林 <b>"]
    assert "\r\n" in text
    _, *ledger = csv.reader(io.StringIO(ledger_csv(one).removeprefix("\ufeff"), newline=""))
    assert ledger[0][3].startswith("'=HYPERLINK")


def test_json_is_whole_and_statements_have_what_the_standard_asks(class_of_two):
    (full,) = [row for row in json.loads(as_json(class_of_two))["records"] if "messages" in row]
    assert full["messages"][1]["text"] == clean(HOSTILE)
    assert full["score"]["total"] == 92.0
    statements = json.loads(as_xapi(class_of_two))
    assert len({one["id"] for one in statements}) == 3
    for one in statements:
        assert one["actor"]["account"].keys() == {"homePage", "name"}
        assert one["verb"]["id"].startswith("http://adlnet.gov/expapi/verbs/")
        assert one["object"]["objectType"] == "Activity"
        assert -1 <= one["result"]["score"]["scaled"] <= 1
        assert one["result"]["duration"] == "PT303S"
        assert one["version"] == "1.0.3"


def test_markdown_tables_keep_their_columns(class_of_two):
    rendered = MarkdownIt("gfm-like").render(markdown(class_of_two))
    assert rendered.count("<table>") == 9
    assert "<script" not in rendered
    assert "javascript:" not in rendered.replace("(javascript:1)", "")


BROWSER = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


@pytest.mark.skipif(BROWSER is None, reason="no chromium to open the page with")
def test_a_browser_shows_the_page_and_runs_nothing(class_of_two, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(page(class_of_two, package_file("data", "page.css").read_text("utf-8")), "utf-8")
    command = [BROWSER, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    done = subprocess.run([*command, "--dump-dom", path.as_uri()], capture_output=True, timeout=120, check=True)
    seen = Seen()
    seen.feed(done.stdout.decode())
    assert clean(HOSTILE) in "".join(seen.text)
    assert {"svg", "polyline", "table"} <= seen.tags
    assert "script" not in seen.tags
