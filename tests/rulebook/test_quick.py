"""Books of quick replies on disk: YAML and CSV, there and back, and everything that can be wrong with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.base.errors import BadFileError, KefuError
from kefu_sim.quick.fill import GAP, VARIABLES
from kefu_sim.quick.model import LONGEST, MOST, QuickReply, book_of
from kefu_sim.quick_replies import QuickRoom
from kefu_sim.rulebook.quick import read_book, read_csv, starter_book, write_book, write_csv

CHARACTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co"),
    exclude_characters="\ufeff\ufffe\uffff",
)
PLAIN = st.text(CHARACTERS, min_size=1).map(str.strip).filter(bool)
REPLIES = st.builds(
    QuickReply,
    text=PLAIN.map(lambda text: text[:LONGEST].strip()).filter(bool),
    key=st.text("abcdefgh0123", max_size=12),
)
ROWS = st.lists(st.tuples(PLAIN.map(lambda text: text[:20].strip()).filter(bool), REPLIES), min_size=1, max_size=8)


@given(ROWS)
def test_yaml_there_and_back(rows):
    book = book_of(rows)
    assert read_book(write_book(book), "x.yaml") == book


@given(ROWS)
def test_csv_there_and_back(rows):
    book = book_of(rows)
    assert read_csv(write_csv(book), "x.csv") == book


def test_the_starter_set_is_ours_and_whole():
    book = starter_book()
    assert 30 <= len(book) <= 80
    keys = [reply.key for _, reply in book.rows()]
    assert len(set(keys)) == len(keys)
    for _, reply in book.rows():
        assert {gap[1] for gap in GAP.finditer(reply.text)} <= set(VARIABLES)
        assert len(reply.text) <= 60


@pytest.mark.parametrize(
    "text",
    [
        "分组,编码,内容\n发货,fh,今天发\n",
        "\ufeffgroup,key,text\n发货,fh,今天发\n",
        "内容,分组,编码\n今天发,发货,fh\n",
        "发货,fh,今天发\n",
        "快捷编码,快捷短语,快捷短语分组\nfh,今天发,发货\n",
        "分组,编码,内容\n\n发货,fh,今天发\n,,\n",
    ],
)
def test_csv_of_different_makers(text):
    (row,) = read_csv(text, "x.csv").rows()
    assert row == ("发货", QuickReply(text="今天发", key="fh"))


def test_csv_without_codes_and_groups():
    assert list(read_csv("内容\n今天发\n", "x.csv").rows()) == [("其他", QuickReply(text="今天发"))]
    assert list(read_csv("发货,今天发\n", "x.csv").rows()) == [("发货", QuickReply(text="今天发"))]


def test_bad_lines_are_listed_with_their_numbers():
    with pytest.raises(BadFileError) as caught:
        read_csv(f"分组,编码,内容\n发货,fh,{'长' * 301}\n发货,fh,\n发货,a b,今天发\n", "x.csv")
    assert [(p.line, p.code) for p in caught.value.problems] == [(2, "KS501"), (3, "KS501"), (4, "KS501")]


def test_formulas_are_quoted_for_spreadsheets_and_come_back():
    book = book_of([("a", QuickReply(text="=1+1"))])
    assert "'=1+1" in write_csv(book)
    assert read_csv(write_csv(book), "x.csv") == book


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("groups: [{title: a, replies: [{txt: b}]}]", 1, "KS021"),
        ("groups:\n- title: a\n  replies:\n  - text: ''\n", 4, "KS025"),
        ("groups: {a: b}", 1, "KS025"),
        ("- a", 1, "KS020"),
        ("a: [", 1, "KS001"),
    ],
)
def test_yaml_that_is_no_book_says_where(text, line, code):
    with pytest.raises(BadFileError) as caught:
        read_book(text, "x.yaml")
    assert (line, code) in {(p.line, p.code) for p in caught.value.problems}


def test_control_characters_go():
    assert [r.text for _, r in read_csv("a,b,您好\x1b[31m\u202e\n", "x.csv").rows()] == ["您好[31m"]


def test_taking_in_adds_what_is_new_and_replacing_drops_the_rest(tmp_path):
    room = QuickRoom(tmp_path / "home")
    before = len(room.book)
    path = tmp_path / "mine.csv"
    path.write_text(write_csv(book_of([("问好", QuickReply(text="您好呀")), *list(room.book.rows())[:3]])), "utf-8")
    assert room.take_in(path) == 1
    assert len(QuickRoom(tmp_path / "home").book) == before + 1
    room.take_in(path, replace=True)
    assert len(QuickRoom(tmp_path / "home").book) == 4


def test_what_cannot_be_taken_in_changes_nothing(tmp_path):
    room = QuickRoom(tmp_path / "home")
    room.keep(room.book)
    kept = room.file.read_text("utf-8")
    empty, many = tmp_path / "empty.csv", tmp_path / "many.csv"
    empty.write_text("分组,编码,内容\n", "utf-8")
    many.write_text("".join(f"a,,第{i}句\n" for i in range(MOST + 1)), "utf-8")
    for path in (empty, many, tmp_path / "none.csv"):
        with pytest.raises(KefuError):
            room.take_in(path)
    assert room.file.read_text("utf-8") == kept


def test_changing_a_reply_keeps_its_place(tmp_path):
    room = QuickRoom(tmp_path)
    room.keep(book_of([("a", QuickReply(text="1")), ("a", QuickReply(text="2")), ("b", QuickReply(text="3"))]))
    old = next(reply for _, reply in room.book.rows() if reply.text == "1")
    room.add("a", QuickReply(text="1!"), instead_of=old)
    room.add("a", QuickReply(text="4"))
    assert [(g, r.text) for g, r in room.book.rows()] == [("a", "1!"), ("a", "2"), ("a", "4"), ("b", "3")]
