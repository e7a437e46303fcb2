"""Shift files and walk-ins: every problem at once, each where it stands, with a mend."""

import textwrap

import pytest

from kefu_sim.base.errors import BadFileError, KefuError
from kefu_sim.rulebook.known import known_ids
from kefu_sim.rulebook.shifts import Known, load_shift, read_shifts
from kefu_sim.rulebook.walkins import read_folder, read_goods, read_walk_in
from kefu_sim.shifts import ShiftRoom

KNOWN = Known({"bargainer", "complainer", "tea"}, {"hurried", "furious"})
GOOD = textwrap.dedent("""\
    schema: 1
    id: evening
    title: 晚班
    minutes: 10
    at_once: 5
    arrivals:
      - {at: 0, scenario: tea, persona: hurried}
      - {from: 10, to: 200, count: 4}
    mix:
      - {scenario: bargainer, weight: 2, personas: [hurried, furious]}
      - {scenario: any}
    notices:
      - {at: 60, text: 赠品没了, wrong: [送杯垫, {re: '赠.{0,4}杯垫'}]}
    outages:
      - {at: 90, for: 20, blocks: cards}
    goal: {first_reply_s: '<= 30', replied_3min: '>= 95'}
    """)


def load(text):
    return load_shift(text, "evening.yaml", KNOWN)


def problems(text):
    with pytest.raises(BadFileError) as caught:
        load(text)
    return [str(p) for p in caught.value.problems]


def broken(old, new):
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_a_good_file_loads():
    shift = load(GOOD)
    assert (shift.seconds, shift.buyers, shift.arrivals[1].shape) == (600, 5, "even")


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "mend"),
    [
        ("scenario: bargainer", "scenario: bargianer", 10, "KS409", "did you mean `bargainer`?"),
        ("scenario: tea", "scenario: coffee", 7, "KS409", "known: any, bargainer"),
        ("persona: hurried", "persona: hurry", 7, "KS101", "did you mean `hurried`?"),
        ("[hurried, furious]", "[hurried, furios]", 10, "KS101", "did you mean `furious`?"),
        ("{at: 0,", "{at: 700,", 7, "KS408", "the shift lasts 600 s"),
        ("to: 200", "to: 900", 8, "KS408", "the shift lasts 600 s"),
        ("to: 200", "to: 5", 8, "KS406", "make `to` later"),
        ("{at: 0,", "{at: 0, count: 3,", 7, "KS404", "keep `at`"),
        (", count: 4", "", 8, "KS405", "write `at:`"),
        ("count: 4", "count: 4, name: 小鹿", 8, "KS407", "to one buyer only"),
        ("at_once: 5", "at_once: 1", 5, "KS025", "must be 2 to 100"),
        ("at_once: 5", "at_once: 101", 5, "KS025", "must be 2 to 100"),
        ("{at: 60,", "{at: 600,", 13, "KS408", "the shift lasts"),
        ("'赠.{0,4}杯垫'", "'(?=赠)'", 13, "KS117", "(?=…) is not available"),
        ("blocks: cards", "blocks: chairs", 15, "KS023", "write cards / sending"),
        ("first_reply_s", "first_reply", 16, "KS410", "did you mean `first_reply_s`?"),
        ("'<= 30'", "soon", 16, "KS113", "write for example"),
        ("minutes: 10", "minuts: 10", 4, "KS021", "did you mean `minutes`?"),
    ],
)
def test_each_mistake_is_told_with_its_place_and_a_mend(old, new, line, code, mend):
    found = problems(broken(old, new))
    hit = next((p for p in found if f"evening.yaml:{line}:" in p and f" {code} " in p), None)
    assert hit is not None, found
    assert mend in hit


def test_nobody_at_all_is_no_shift():
    text = "schema: 1\nid: x\ntitle: x\nminutes: 5\nat_once: 2\narrivals: []\n"
    assert any("KS401" in p and ":6:" in p for p in problems(text))


def test_too_many_are_refused():
    text = broken("count: 4", "count: 400").replace(
        "{at: 0, scenario: tea, persona: hurried}", "{from: 0, to: 9, count: 200}"
    )
    assert any("KS402" in p for p in problems(text))


def test_arrivals_without_a_story_need_a_mix():
    head, _, rest = GOOD.partition("mix:\n")
    text = head + rest.partition("notices:")[1] + rest.partition("notices:")[2]
    assert any("KS403" in p for p in problems(text))


def test_all_mistakes_are_listed_at_once():
    text = broken("scenario: bargainer", "scenario: a").replace("{at: 0,", "{at: 700,").replace("first_reply_s", "x")
    assert len(problems(text)) == 3


def test_a_fault_of_the_schema_hides_no_other():
    text = (
        broken("at_once: 5", "at_once: 1")
        .replace("count: 4}", "count: viele, scenario: coffee}")
        .replace("{at: 0, scenario: tea, persona: hurried}", "{at: 0, scenaro: teas, persona: hurry}")
        .replace("{scenario: any}", "{weight: 2}")
        .replace("{at: 60, text: 赠品没了,", "{at: 660, text: 赠品没了,")
        .replace("'<= 30'", "soon")
    )
    with pytest.raises(BadFileError) as caught:
        load(text)
    assert [(p.line, p.code) for p in caught.value.problems] == [
        (5, "KS025"), (7, "KS021"), (7, "KS409"), (7, "KS101"), (8, "KS025"), (8, "KS409"), (11, "KS022"),
        (13, "KS408"), (16, "KS113"),
    ]  # fmt: skip


def test_without_a_length_no_moment_is_called_too_late():
    found = problems(broken("minutes: 10", "minuts: 10").replace("{at: 0,", "{at: 9000, scenario: tee,"))
    assert not any("KS408" in p for p in found)


@pytest.mark.parametrize("text", ["", "7", "[]", "arrivals: 3", "mix: {a: 1}", "arrivals: [3, [], null]", "mix: [1]"])
def test_what_is_no_shift_at_all_is_refused_without_more_ado(text):
    assert problems(text)


def test_the_library_keeps_what_is_sound_and_lists_the_rest(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "b.yaml").write_text(broken("id: evening", "id: late").replace("at_once: 5", "at_once: 0"), "utf-8")
    (tmp_path / "c.yaml").write_text(GOOD, "utf-8")
    library = read_shifts([tmp_path], KNOWN)
    assert list(library.shifts) == ["evening"]
    assert {p.code for p in library.problems} == {"KS025", "KS116"}
    with pytest.raises(KefuError, match="evning"):
        library.get("evning")


GOODS = textwrap.dedent("""\
    id: teas
    shop: {name: 茶铺}
    items:
      green: {商品: 明前绿茶, 价格: 80, _克: 50}
      black: {商品: 红茶, 价格: 60, _克: 100}
    """)
STORY = textwrap.dedent("""\
    goods: teas
    schema: 1
    id: price
    title: $(商品)多少钱
    persona: hurried
    limits: {price: $(价格)}
    facts: {gram: {about: 净重, right: ['$(_克)克'], answer: $(_克)克。}}
    start: open
    nodes:
      open: {buyer: '$(商品)多少钱', asks: gram, replies: [{when: any, goto: deal}]}
      deal: {end: sold}
    """)


def walk_in(text=STORY):
    goods = read_goods(GOODS, "teas.yaml")
    return read_walk_in(text, "price.yaml", {goods.id: goods}, known_ids())


def test_a_walk_in_becomes_one_story_for_each_of_the_goods():
    found = walk_in()
    assert found.stories == ("price-green", "price-black")
    green, black = (found.story(item, known_ids()) for item in ("green", "black"))
    assert (green.id, green.title, green.limits.price) == ("price-green", "明前绿茶多少钱", 80)
    assert black.facts["gram"].right == ("100克",)
    assert green.cards["product"] == {"商品": "明前绿茶", "价格": 80}
    assert green.shop.name == "茶铺"
    assert green.fingerprint() != black.fingerprint()


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "mend"),
    [
        ("goods: teas", "goods: tea", 1, "KS430", "did you mean `teas`?"),
        ("$(价格)", "$(价钱)", 6, "KS431", "did you mean `价格`?"),
        ("goto: deal", "goto: dael", 10, "KS103", "did you mean `deal`?"),
    ],
)
def test_mistakes_of_a_walk_in_are_told_with_their_place(old, new, line, code, mend):
    assert old in STORY
    with pytest.raises(BadFileError) as caught:
        walk_in(STORY.replace(old, new, 1))
    hit = next((str(p) for p in caught.value.problems if (p.line, p.code) == (line, code)), None)
    assert hit is not None, [str(p) for p in caught.value.problems]
    assert mend in hit


def test_a_folder_of_walk_ins_keeps_what_is_sound(tmp_path):
    for name, text in (("goods/teas.yaml", GOODS), ("walk-ins/price.yaml", STORY), ("walk-ins/bad.yaml", "id: bad\n")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    found, wrong = read_folder(tmp_path, known_ids())
    assert list(found) == ["price"]
    assert [p.code for p in wrong] == ["KS430"]


def test_the_trainees_own_shifts_and_walk_ins_come_first(tmp_path):
    own = tmp_path / "shifts"
    (own / "walk-ins").mkdir(parents=True)
    (own / "goods").mkdir()
    (own / "goods" / "teas.yaml").write_text(GOODS, "utf-8")
    (own / "walk-ins" / "price.yaml").write_text(STORY, "utf-8")
    text = "schema: 1\nid: tutorial\ntitle: 我的班\nminutes: 5\nat_once: 2\narrivals: [{at: 0, scenario: price}]\n"
    (own / "mine.yaml").write_text(text, "utf-8")
    from kefu_sim.house import House

    room = ShiftRoom(House(tmp_path))
    assert room.library.problems == []
    assert room.library.get("tutorial").title == "我的班"
    assert room.plan(room.library.get("tutorial")).visits[0].scenario in {"price-green", "price-black"}
