"""Scenario files: every problem at once, each where it stands, with a mend."""

import textwrap

import pytest

from kefu_sim.base.errors import BadFileError
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.load import load_scenario

KNOWN = Known(frozenset({"bargainer"}), frozenset({"eight-step"}), frozenset({"hold"}))
GOOD = textwrap.dedent("""\
    schema: 1
    id: cup
    title: 买杯子
    persona: bargainer
    shop: {name: 小店}
    limits: {price: 30, floor: 25}
    vars: {mood: {init: 50}}
    hidden: {gift: {text: 送人}}
    facts: {size: {about: 容量, right: [350ml], answer: 350毫升}}
    intents:
      hold_price: {any: [活动价, {re: '最低.{0,3}价'}], unless: [不是], say: [活动价了], not: [不是活动价]}
    start: open
    nodes:
      open:
        buyer: 在吗
        asks: size
        replies:
          - {when: [问好, hold_price], unless: rude, if: {mood: '>= 20', offer: '>= floor'}, add: {mood: 5}, goto: deal}
          - {when: any, reveal: gift}
      deal: {buyer: 行, end: sold}
    """)


def load(text):
    return load_scenario(text, "cup.yaml", KNOWN)


def problems(text):
    with pytest.raises(BadFileError) as caught:
        load(text)
    return [str(p) for p in caught.value.problems]


BADLY = "{name: 差, rows: A026, worse_than: 差, expect: {end: lost}}"


def broken(old, new):
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_a_small_story_needs_few_lines_and_takes_single_items_for_lists():
    story = load(GOOD)
    assert story.nodes["open"].buyer[0].text == "在吗"
    assert story.nodes["open"].replies[0].when == ("问好", "hold_price")
    assert story.nodes["open"].replies[1].goto == "stay"
    assert story.flow == "eight-step"


def test_the_fingerprint_follows_the_story_not_its_layout():
    story = load(GOOD)
    assert load("# a comment\n" + GOOD).fingerprint() == story.fingerprint()
    assert load(broken("buyer: 行", "buyer: 好")).fingerprint() != story.fingerprint()


def test_advice_to_the_trainee_leaves_the_fingerprint_alone():
    advised = broken("asks: size", "asks: size\n    hint: 问用途\n    model: {pass: 您好, excellent: 您好，在的}")
    assert load(advised).nodes["open"].model is not None
    assert load(advised).fingerprint() == load(GOOD).fingerprint()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: 买杯子", "titel: 买杯子", "cup.yaml:3:1 KS021 unknown key `titel` → did you mean `title`?"),
        ("buyer: 在吗", "byuer: 在吗", "cup.yaml:15:5 KS021 unknown key `byuer` → did you mean `buyer`?"),
        ("start: open", "start: opne", "cup.yaml:12:1 KS103 unknown node `opne` → did you mean `open`?"),
        ("persona: bargainer", "persona: bargaine", "cup.yaml:4:1 KS101 unknown persona `bargaine` → did you mean"),
        ("goto: deal}", "goto: dael}", "KS103 unknown node `dael` → did you mean `deal`?"),
        ("when: any", "when: hold_pric", "KS104 unknown step, intent or tone `hold_pric` → did you mean `hold_price`?"),
        ("reveal: gift", "reveal: gitf", "KS105 unknown hidden fact `gitf` → did you mean `gift`?"),
        ("asks: size", "asks: siez", "cup.yaml:16:5 KS106 unknown fact `siez` → did you mean `size`?"),
        ("add: {mood: 5}", "add: {moood: 5}", "KS108 unknown variable `moood` → did you mean `mood`?"),
        ("mood: '>= 20'", "mood: '=> 20'", "KS113 `=> 20` is no comparison"),
        ("init: 50", "init: 500", "KS109 `mood` starts outside its range"),
        ("end: sold", "end: gone", "KS023 `gone` is not possible for `end`"),
        ("'最低.{0,3}价'", "'最低(?=价)'", "KS117 the pattern `最低(?=价)` cannot be used"),
        ("'最低.{0,3}价'", "'最低('", "KS117 the pattern `最低(` cannot be used"),
        ("goto: deal}", "goto: open}", "KS114 no way leads to the node `deal`"),
        ("goto: deal}", "goto: open}", "KS115 the story never ends"),
        ("id: cup", "id: Cup 1", "KS024 `Cup 1` is not a valid `id` → use a-z"),
        ("schema: 1", "schema: 9", "KS023 `9` is not possible for `schema`"),
        ("shop: {name: 小店}", "shop: {}", "cup.yaml:5:1 KS022 `name` is missing → add `name: …`"),
        ("init: 50", "init: warm", "KS025"),
        ("hold_price: {", "'': {any: 送}\n  hold_price: {", "KS024 a name is empty → use a-z, digits and _"),
        ("hold_price: {any", "hold_price: {extends: 'yes', any", "KS025 `extends`: must be true or false"),
        ("schema: 1", "schema: 1\ncomplaint: 'yes'", "KS025 `complaint`: must be true or false"),
        ("schema: 1", "schema: 1\ncomplaint: yes", 'write "yes" in quotes, or true where a key'),
        ("schema: 1", "schema: 1\ndifficulty: 9", "KS025 `difficulty`: must be 1 to 5"),
        ("when: any", "when: hold_price 或 any", "KS104 `hold_price 或 any` is no single name → where one of them"),
        ("when: any", "when: hold_price，any", "KS104 `hold_price，any` is no single name → write several in brackets"),
        ("when: any", "when: hold_price and any", "KS104 `hold_price and any` is no single name → write several in"),
        ("when: any", "when: hold_price+any", "KS104 `hold_price+any` is no single name → write several in brackets"),
        ("    buyer: 在吗", "    　buyer: 在吗", "KS021 blanks of the Chinese keyboard in the indentation"),
        ("persona: bargainer", "flow: eight_step\npersona: bargainer", "`flow` → use a-z, digits and -, starting"),
        ("  deal:", "  big-deal:", "KS024 `big-deal` cannot be a name → use a-z, digits and _,"),
        ("right: [350ml],", "right: 【350ml, 3两】,", "KS021 a Chinese bracket or quote 】"),
        ("buyer: 在吗", "buyer: 在吗\n    silence: [{after: 0.001, goto: deal}]", "KS025 `after`"),
        ("schema: 1", f"schema: 1\ntests: [{BADLY}]", "KS138 `rows` names rows of the syllabus, and the story has no"),
        ("schema: 1", f"schema: 1\ntests: [{BADLY}]", "write `covers: [A026]` at the outermost level first"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place_and_a_mend(old, new, expected):
    found = problems(broken(old, new))
    assert any(expected in line for line in found), found


def test_a_chinese_colon_in_braces_is_one_mistake():
    found = problems(broken("{when: any,", "{when：any,"))
    assert [line.partition(" → ")[0] for line in found] == ["cup.yaml:19:10 KS021 a Chinese colon ： after `when`"]


def test_all_mistakes_of_a_file_come_at_once():
    text = broken("start: open", "start: opne").replace("goto: deal}", "goto: dael}")
    text = text.replace("asks: size", "asks: siez")
    codes = [line.split()[1] for line in problems(text)]
    assert codes == ["KS103", "KS106", "KS103"]


@pytest.mark.parametrize("text", ["just text", "- a\n- b", "a: 1"])
def test_something_else_than_a_scenario_is_refused_politely(text):
    assert problems(text)


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("promises: {x: {about: 送, made: any}}", "KS025 `x`: neither `kept` nor `note` stands here: add one"),
        (
            "promises: {x: {about: 送, made: any, kept: any, note: [送]}}",
            "only one of `kept` and `note` may stand here: keep one, delete the other",
        ),
        ("promises: {x: {about: 送, made: any, note: [送], order: b}}", "KS128 unknown order `b`"),
        ("promises: {x: {about: 送, made: any, kept: any, due: {node: deal}}}", "says neither `after` nor `number`"),
        ("promises: {x: {about: 送, made: any, kept: any, due: 99999}}", "KS025 `due`: must be seconds, 1 to 3600"),
        ("promises: {x: {about: 送, made: any, kept: any, due: 十分钟}}", "KS025 `due`: must be seconds, 1 to 3600"),
        ("promises: {x: {about: 送, made: any, kept: any, due: {after: 99999}}}", "KS025 `after`: must be 1 to 3600"),
        ("promises: {x: {about: 送, made: any, kept: any, due: 9, missed: {goto: dael}}}", "KS103 unknown node `dael`"),
        ("promises: {x: {about: 送, made: hold_pric, kept: any}}", "KS104 unknown step, intent or tone `hold_pric`"),
        ("notes: {x: {about: 颜色, note: [白], since: opne}}", "KS103 unknown node `opne` → did you mean `open`?"),
        ("notes: {x: {about: 颜色, note: [{re: '白('}]}}", "KS117 the pattern `白(` cannot be used"),
        ("notices: {x: {text: 变了}}", "KS025 `x`: neither `at` nor `node` stands here: add one"),
        ("notices: {x: {text: 变了, node: dael}}", "KS103 unknown node `dael`"),
        ("notices: {x: {text: 变了, at: 9, facts: {siez: {about: 大, right: [大], answer: 大}}}}", "KS106"),
        ("always: [{when: any, at: opne}]", "KS103 unknown node `opne`"),
        ("always: [{when: any, if: {open.gift: '== 1'}}]", "KS129 unknown promise `gift`"),
        ("always: [{when: any, if: {noticed.card: '== 1'}}]", "KS130 unknown notice `card`"),
        ("always: [{when: any, if: {opened.order: '== 1'}}]", "KS119 unknown card `order`"),
        ("always: [{when: any, if: {mood: ['>= 20', '< lots']}}]", "KS108 unknown variable `lots`"),
        ("levels: {7: {mood: 5}}", "KS025"),
        (
            "tests: [{name: 差, rows: [], expect: {}}, {name: 差, rows: A026, expect: {}}]\ncovers: [A026]",
            "KS139 `rows` says what this test handles badly, and no `worse_than` what to compare it with → write",
        ),
        ("levels: {1: {vars: {moood: 5}}}", "KS108 unknown variable `moood`"),
        ("unclear: {goto: dael}", "KS103 unknown node `dael`"),
        ("silence: [{after: 30, goto: dael}]", "KS103 unknown node `dael`"),
    ],
)
def test_agreements_are_checked_like_everything_else(added, expected):
    found = problems(GOOD + added + "\n")
    assert any(expected in line for line in found), found


def test_facts_may_be_answered_by_a_number():
    text = broken("facts: {", "facts: {days: {about: 几天, number: days, is: [2, 3], within: 10, answer: 两三天}, ")
    fact = load(text).facts["days"]
    assert [fact.allows(value) for value in (1.7, 1.8, 2, 3, 3.3, 3.4)] == [False, True, True, True, True, False]
    assert "says neither `right` nor `number`" in "".join(problems(broken("right: [350ml], ", "")))


def test_a_row_of_a_node_cannot_be_held_to_nodes():
    assert any("KS118" in line for line in problems(broken("{when: any, reveal: gift}", "{when: any, at: open}")))


CARDS = """
    cards:
      product: {价格: 1.10, 月销: 1e3, 色差: +5, 备货: ~, 现货: true, 尺码: [1.00, 40], 净含量: 350, 余量: }
    notices: {later: {text: 涨价了, at: 60, cards: {product: {价格: 1.20}}}}
"""


def test_cards_show_what_was_typed_and_not_what_yaml_makes_of_it():
    story = load(GOOD + textwrap.dedent(CARDS))
    assert story.cards["product"] == {
        "价格": "1.10", "月销": "1e3", "色差": "+5", "备货": "~", "现货": "true", "尺码": ["1.00", 40],
        "净含量": 350, "余量": None,
    }  # fmt: skip
    assert story.notices["later"].cards["product"] == {"价格": "1.20"}
    assert load(GOOD.replace("price: 30", "price: 30.50")).limits.price == 30.5


def test_what_must_be_text_is_to_be_quoted_as_it_was_typed():
    (problem,) = problems(broken("title: 买杯子", "title: 1.10"))
    assert 'write "1.10" in quotes' in problem
