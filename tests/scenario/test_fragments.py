"""Fragments: what stories share, taken in by `use:`, with parameters, each value remembering where it was written."""

import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from kefu_sim.base.errors import BadFileError
from kefu_sim.base.paths import package_file
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.language.intents import compile_intents, match_intents
from kefu_sim.rulebook.known import known_ids
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.scenario.check import Known
from kefu_sim.scenario.expand import expand
from kefu_sim.scenario.library import shipped_folder
from kefu_sim.scenario.load import load_scenario
from kefu_sim.scenario.model import Fact, IntentSpec
from kefu_sim.scenario.shelf import Folders

SHARED = """\
fragments:
  rude-leaves:
    params:
      goto:
      lines: [说话这么冲？, 会不会说话]
    always:
      - {when: rude, buyer: $lines, goto: $goto}
  waits:
    params: {goto: ~, first: 30}
    silence:
      - {after: $first, buyer: [在吗, 人呢]}
      - {after: 90, goto: $goto}
  sold:
    params: {node: sold, word: 拍}
    nodes:
      $node: {title: 成交, buyer: ['${word}了', '行，${word}好了'], end: sold}
  gift-words:
    params: {gift: 赠品}
    intents:
      offer_gift: {any: [{re: '送[^,]{0,4}${gift}'}], say: ['送您${gift}'], not: [不送]}
  everything:
    params: {out: ~}
    use: [sold, {rude-leaves: {goto: $out}}]
"""
STORY = """\
schema: 1
id: cup
title: 买杯子
persona: calm
shop: {name: 小店}
use: [{rude-leaves: {goto: gone}}, sold, {gift-words: {gift: 收纳盒}}]
always:
  - {when: offplatform, goto: gone}
start: open
nodes:
  open:
    use: {waits: {goto: gone}}
    buyer: 在吗
    replies: [{when: any, goto: sold}]
  gone: {buyer: [算了], end: lost}
"""


@pytest.fixture
def shelf(tmp_path):
    (tmp_path / "own.yaml").write_text(SHARED, encoding="utf-8")
    return Folders(tmp_path)


@pytest.fixture
def mine(tmp_path_factory):
    """`mine(name="…")` — a folder of the user's own fragments, a file each."""

    def make(**files):
        folder = tmp_path_factory.mktemp("mine")
        for name, text in files.items():
            (folder / f"{name}.yaml").write_text(f"fragments:\n{textwrap.indent(text, '  ')}", "utf-8")
        return folder

    return make


def known(shelf):
    return Known(frozenset({"calm"}), frozenset({"eight-step"}), frozenset(), shelf)


def load(text, shelf):
    return load_scenario(textwrap.dedent(text), "cup.yaml", known(shelf))


def problems(text, shelf):
    with pytest.raises(BadFileError) as caught:
        load(text, shelf)
    return [str(problem) for problem in caught.value.problems]


def test_a_story_takes_rows_nodes_and_intents_from_fragments(shelf):
    story = load(STORY, shelf)
    assert [reply.when[0] for reply in story.always] == ["offplatform", "rude"]
    assert story.always[1].goto == "gone"
    assert [line.text for line in story.always[1].buyer] == ["说话这么冲？", "会不会说话"]
    assert [line.text for line in story.nodes["sold"].buyer] == ["拍了", "行，拍好了"]
    assert story.intents["offer_gift"].say == ("送您收纳盒",)


def test_a_parameter_stands_within_a_text_with_or_without_braces(shelf):
    fragment = "fragments: {paid: {params: {word: 拍}, cards: {policy: {付款: '${word}了$word，$wording 9'}}}}"
    (shelf.folders[0] / "paid.yaml").write_text(fragment, encoding="utf-8")
    story = load(STORY.replace("use: [", "use: [paid, "), Folders(*shelf.folders))
    assert story.cards["policy"]["付款"] == "拍了拍，$wording 9"


def test_a_fragment_that_stands_in_for_another_may_take_in_the_rest_of_it(shelf, mine):
    own = mine(rude="rude-leaves: {use: {rude-leaves: {lines: [哼]}}}\n")
    story = load(STORY, Folders(*shelf.folders, own))
    assert [line.text for line in story.always[1].buyer] == ["哼"]
    assert story.always[1].goto == "gone"


def test_what_a_fragment_in_the_place_of_another_leaves_out_is_told_where_it_is_written(shelf, mine):
    own = mine(gifts="\n# ours\ngift-words:\n  params: {gift: 赠品}\n  intents: {our_gift: {any: 送}}\n")
    story = STORY.replace("offplatform,", "offer_gift,").replace("when: any", "when: offer_gift or any")
    (line,) = problems(story, Folders(*shelf.folders, own))
    assert line.startswith(
        f"{own / 'gifts.yaml'}:4:3 KS104 unknown step, intent or tone `offer_gift` (used at cup.yaml:8"
    )
    assert f"{shelf.folders[0] / 'own.yaml'}:17:3" in line
    assert "add `offer_gift`, or `use: gift-words`" in line


def test_an_intent_that_extends_what_the_own_fragment_leaves_out_is_told_at_the_fragment(shelf, mine):
    own = mine(gifts="gift-words:\n  params: {gift: 赠品}\n  intents: {our_gift: {any: 送}}\n")
    story = STORY + "intents: {offer_gift: {extends: true, any: 赠}}\n"
    (line,) = problems(story, Folders(*shelf.folders, own))
    assert line.startswith(f"{own / 'gifts.yaml'}:2:3 KS131 `offer_gift` extends nothing")
    assert "(used at cup.yaml:" in line


def test_a_name_that_parameters_make_is_left_out_under_that_name(shelf, mine):
    own = mine(ends="sold:\n  params: {node: sold}\n  cards: {x: {y: z}}\n")
    (line,) = problems(STORY, Folders(*shelf.folders, own))
    assert line.startswith(f"{own / 'ends.yaml'}:2:3 KS103 unknown node `sold`")


def test_a_name_that_no_fragment_ever_had_is_told_in_the_story(shelf, mine):
    own = mine(gifts="gift-words: {intents: {our_gift: {any: 送}}}\n")
    story = STORY.replace("{gift-words: {gift: 收纳盒}}", "gift-words").replace("offplatform,", "offre_gift,")
    (line,) = problems(story, Folders(*shelf.folders, own))
    assert line.startswith("cup.yaml:8:6 KS104")


def test_two_own_files_with_a_fragment_of_one_name_are_told_with_both_places(shelf, mine):
    own = mine(a="gifts: {always: [{when: rude, goto: gone}]}\n", b="# b\ngifts: {always: []}\n")
    folders = Folders(*shelf.folders, own)
    (problem,) = folders.problems()
    assert str(problem).startswith(
        f"{own / 'b.yaml'}:3:3 KS116 the fragment `gifts` stands in {own / 'a.yaml'}:2:3 too"
    )
    assert folders.fragments()["gifts"].body["always"]


def test_of_two_own_fragments_of_one_name_none_means_the_other_by_it(shelf, mine):
    own = mine(a="sold: {params: {word: 付}, use: sold}\n", b="sold: {params: {word: 订}, use: sold}\n")
    story = load(STORY, Folders(*shelf.folders, own))
    assert [line.text for line in story.nodes["sold"].buyer] == ["付了", "行，付好了"]


def test_a_shops_own_rule_goes_into_the_stories_that_keep_it(tmp_path):
    rule = "rule-credit-card: {use: rule-credit-card, cards: {policy: {信用卡: 满两千可以用}}}"
    (tmp_path / "rules.yaml").write_text(f"fragments: {{{rule}}}\n", encoding="utf-8")
    shipped = package_file("rules", "fragments")
    text = (shipped_folder() / "invoice-questions.yaml").read_text("utf-8")
    known = replace(known_ids(), shelf=Folders(shipped, tmp_path))
    ours, usual = (load_scenario(text, "invoice-questions.yaml", one) for one in (known, known_ids()))
    assert ours.cards["policy"]["信用卡"] == "满两千可以用"
    assert usual.cards["policy"]["信用卡"] != "满两千可以用"
    assert ours.facts == usual.facts
    assert ours.intents == usual.intents


def test_a_broken_file_takes_no_other_fragments_with_it(shelf, tmp_path_factory):
    own = tmp_path_factory.mktemp("mine")
    (own / "folder.yaml").mkdir(parents=True)
    (own / "empty.yaml").write_text("# nothing yet\n", encoding="utf-8")
    (own / "bad.yml").write_text("fragments: {gift: {cardz: {}}}\n", encoding="utf-8")
    both = Folders(*shelf.folders, own)
    assert load(STORY, both).nodes["sold"].end == "sold"
    assert {Path(problem.file).name for problem in both.problems()} == {"bad.yml"}
    told = problems(STORY.replace("use: [", "use: [gift, "), both)
    assert any("bad.yml:1:" in line and "cardz" in line for line in told)
    assert any("KS122 unknown fragment `gift`" in line for line in told)


@pytest.mark.parametrize("body", ["cards: 满两千可以用", "cards: {policy: 满两千可以用}", "facts: [credit]"])
def test_what_has_another_shape_than_the_story_is_told_not_dropped(body, tmp_path):
    (tmp_path / "rules.yaml").write_text(
        f"fragments: {{rule-credit-card: {{use: rule-credit-card, {body}}}}}\n", "utf-8"
    )
    text = (shipped_folder() / "invoice-questions.yaml").read_text("utf-8")
    known = replace(known_ids(), shelf=Folders(package_file("rules", "fragments"), tmp_path))
    with pytest.raises(BadFileError) as caught:
        load_scenario(text, "invoice-questions.yaml", known)
    (problem,) = caught.value.problems
    assert (problem.code, Path(problem.file).name, problem.line) == ("KS120", "rules.yaml", 1)


def test_a_node_takes_what_it_lacks(shelf):
    assert [branch.after for branch in load(STORY, shelf).nodes["open"].silence] == [30, 90]
    own = STORY.replace("buyer: 在吗", "buyer: 在吗\n    silence: [{after: 9, goto: gone}]")
    assert [branch.after for branch in load(own, shelf).nodes["open"].silence] == [9]


def test_rows_can_stand_in_the_middle_of_a_list(shelf):
    text = STORY.replace("use: [{rude-leaves: {goto: gone}}, sold,", "use: [sold,").replace(
        "always:\n", "always:\n  - {when: curt, goto: gone}\n  - {use: {rude-leaves: {goto: gone}}}\n"
    )
    assert [reply.when[0] for reply in load(text, shelf).always] == ["curt", "rude", "offplatform"]


def test_the_storys_own_words_win(shelf):
    text = STORY.replace("  gone: {", "  sold: {buyer: 我的话}\n  gone: {")
    sold = load(text, shelf).nodes["sold"]
    assert (sold.buyer[0].text, sold.title, sold.end) == ("我的话", "成交", "sold")


def test_fragments_use_fragments_and_hand_parameters_on(shelf):
    text = STORY.replace("use: [{rude-leaves: {goto: gone}}, sold,", "use: [{everything: {out: gone}},")
    story = load(text, shelf)
    assert story.always[1].goto == "gone"
    assert story.nodes["sold"].end == "sold"


def test_a_story_may_hold_fragments_of_its_own(shelf):
    text = STORY.replace("use: [", "fragments: {sold: {nodes: {sold: {buyer: 自家的, end: sold}}}}\nuse: [")
    assert load(text, shelf).nodes["sold"].buyer[0].text == "自家的"


def test_the_users_fragment_stands_in_for_the_shipped_one(tmp_path):
    for name, line in (("shipped", "甲"), ("own", "乙")):
        (tmp_path / name).mkdir()
        text = f"fragments: {{sold: {{nodes: {{sold: {{buyer: {line}, end: sold}}}}}}}}"
        (tmp_path / name / "ends.yaml").write_text(text, encoding="utf-8")
    shelf = Folders(tmp_path / "shipped", tmp_path / "own")
    story = STORY.replace("use: [{rude-leaves: {goto: gone}}, sold, {gift-words: {gift: 收纳盒}}]", "use: sold")
    assert load(story.replace("    use: {waits: {goto: gone}}\n", ""), shelf).nodes["sold"].buyer[0].text == "乙"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{rude-leaves: {goto: gone}}", "{rude-leave: {goto: gone}}",
         "cup.yaml:6:8 KS122 unknown fragment `rude-leave` → did you mean `rude-leaves`?"),
        ("{rude-leaves: {goto: gone}}", "{rude-leaves: {gotto: gone}}",
         "cup.yaml:6:22 KS123 the fragment `rude-leaves` has no parameter `gotto` → did you mean `goto`?"),
        ("{rude-leaves: {goto: gone}}", "rude-leaves", "cup.yaml:6:7 KS126 the fragment `rude-leaves` needs `goto`"),
        ("{rude-leaves: {goto: gone}}", "{rude-leaves: gone}", "cup.yaml:6:8 KS124 `use` names a fragment"),
        ("use: {waits: {goto: gone}}", "use: gift-words",
         "cup.yaml:12:5 KS127 the fragment `gift-words` has nothing that fits here"),
        ("- {when: offplatform, goto: gone}", "- {use: sold, when: any}", "KS124 a row with `use` holds nothing else"),
        ("schema: 1", "schema: 1\nfragments: {a: {use: b}, b: {use: a}, c: 5}",
         "cup.yaml:2:39 KS120 a fragment must be a list of `key: value` lines"),
        ("schema: 1", "schema: 1\nfragments: {a: {allways: []}}",
         "KS021 unknown key `allways` → did you mean `always`?"),
    ],
)  # fmt: skip
def test_a_mistake_in_using_one_is_named_with_its_place(shelf, old, new, expected):
    assert old in STORY
    found = problems(STORY.replace(old, new, 1), shelf)
    assert any(expected in line for line in found), found


def test_a_wrong_value_given_to_a_parameter_is_shown_where_it_was_given(shelf):
    (line,) = problems(STORY.replace("{rude-leaves: {goto: gone}}", "{rude-leaves: {goto: gonne}}"), shelf)
    assert line.startswith("cup.yaml:6:22 KS103 unknown node `gonne`")


def test_a_mistake_in_a_fragment_is_shown_in_the_fragment_and_where_it_is_used(tmp_path):
    (tmp_path / "own.yaml").write_text(SHARED.replace("when: rude", "when: rood"), encoding="utf-8")
    (line,) = problems(STORY, Folders(tmp_path))
    assert line.startswith(f"{tmp_path / 'own.yaml'}:7:10 KS104 unknown step, intent or tone `rood`")
    assert "cup.yaml:6:8" in line


def test_a_parameter_that_does_not_exist_is_named_in_the_fragment(tmp_path):
    (tmp_path / "own.yaml").write_text(SHARED.replace("buyer: $lines", "buyer: $line"), encoding="utf-8")
    (line,) = problems(STORY, Folders(tmp_path))
    assert "own.yaml:7:22 KS123" in line or "own.yaml:7:24 KS123" in line
    assert "did you mean `lines`?" in line


def test_fragments_that_use_each_other_for_ever_are_refused(shelf):
    text = STORY.replace("use: [", "fragments: {a: {use: b}, b: {use: a}}\nuse: [a, ")
    assert any("KS125 the fragment `a` uses itself" in line for line in problems(text, shelf))


def test_fragments_that_multiply_are_stopped(shelf):
    rows = ", ".join(f"f{n}: {{use: [{', '.join([f'f{n + 1}'] * 9)}]}}" for n in range(6))
    text = STORY.replace("use: [", f"fragments: {{{rows}, f6: {{vars: {{a: 1}}}}}}\nuse: [f0, ")
    assert any("KS125 more than 500 fragments" in line for line in problems(text, shelf))


def test_a_file_without_fragments_is_left_as_it_is(shelf):
    file = read_yaml("a: 1\n", "x.yaml")
    assert expand(file, shelf) is file


def test_an_edited_fragment_changes_the_stamp_and_the_story(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(SHARED, encoding="utf-8")
    before = Folders(tmp_path)
    stamp, old = before.stamp, load(STORY, before)
    path.write_text(SHARED.replace("说话这么冲", "说话冲什么冲"), encoding="utf-8")
    after = Folders(tmp_path)
    assert after.stamp != stamp
    assert load(STORY, after).fingerprint() != old.fingerprint()


SHIPPED = Folders(package_file("rules", "fragments")).fragments()
WORDS = [(name, word) for name, fragment in SHIPPED.items() for word in fragment.body.get("intents", ())]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_fragment_says_what_it_is_and_has_two_wordings_of_all(name):
    body = SHIPPED[name].body
    assert body["about"]
    for key, value in (body.get("params") or {}).items():
        if "lines" in key or key in {"first", "second"}:
            assert value is None or len(value) >= 2


@pytest.mark.parametrize(("name", "word"), WORDS)
def test_samples_of_shipped_words_are_told_apart(name, word):
    fragment = SHIPPED[name]
    required = {key: "open" for key, value in fragment.params.items() if value is None}
    story = f"schema: 1\nuse: [{{{name}: {{{', '.join(f'{k}: {v}' for k, v in required.items())}}}}}]\n"
    file = expand(read_yaml(story, "x.yaml"), Folders(package_file("rules", "fragments")))
    intent = file.data["intents"][word]
    assert len(intent["say"]) >= 6
    assert len(intent["not"]) >= 4

    class Intent:
        any, unless = intent["any"], intent.get("unless", ())

    compiled = compile_intents({word: Intent}, load_normaliser())
    read = load_normaliser()
    assert not [text for text in intent["say"] if not match_intents(read(text), compiled)]
    assert not [text for text in intent["not"] if match_intents(read(text), compiled)]


RULES = [
    ("rule-credit-card", "credit", "支持信用卡的，以结算页显示为准，不加手续费", True),
    ("rule-credit-card", "credit", "您好，信用卡可以用的", True),
    ("rule-credit-card", "credit", "可以用信用卡付款哦", True),
    ("rule-credit-card", "credit", "不支持信用卡", False),
    ("rule-credit-card", "credit", "信用卡用不了哦亲", False),
    ("rule-credit-card", "surcharge", "信用卡要加1%手续费", False),
    ("rule-invoice", "tax", "可以开发票的，不另外加钱", True),
    ("rule-invoice", "name", "按实际商品开的", True),
    ("rule-invoice", "tax", "我们不开发票", False),
    ("rule-invoice", "tax", "开票要加6个点", False),
    ("rule-invoice", "name", "给您开成办公用品吧", False),
    ("rule-reviews", "reviews", "评价由您自己写，我们不用钱换", True),
    ("rule-reviews", "reviews", "别写差评，我给您转50", False),
    ("rule-privacy", "privacy", "为了保护下单人的隐私，这个没法告诉您", True),
    ("rule-seven-days", "seven_days", "支持七天无理由退换", True),
    ("rule-seven-days", "seven_days", "7天内保持完好可以退货", True),
    ("rule-seven-days", "seven_days", "这款不支持7天无理由", False),
    ("rule-seven-days", "seven_days", "拆了就不能退了", False),
]


@pytest.mark.parametrize(("name", "fact", "reply", "right"), RULES)
def test_rules_of_the_platform_tell_right_from_wrong(name, fact, reply, right):
    file = expand(read_yaml(f"schema: 1\nuse: [{name}]\n", "x.yaml"), Folders(package_file("rules", "fragments")))
    told = Fact.model_validate(file.data["facts"][fact])
    items = {"right": told.right, "wrong": told.wrong}
    compiled = compile_intents({key: IntentSpec(any=value) for key, value in items.items() if value}, load_normaliser())
    found = {name for name, _, _ in match_intents(load_normaliser()(reply), compiled)}
    assert ("right" in found) == right, found
    assert right or "wrong" in found


def test_numbers_given_to_a_fragment_are_read_as_they_were_typed(shelf):
    text = """\
        schema: 1
        id: cup
        title: 买杯子
        persona: calm
        shop: {name: 小店}
        use: [{priced: {price: 1.10}}]
        fragments:
          priced:
            params: {price: 2.50, old: 3.00}
            cards: {product: {价格: $price, 原价: $old, 说明: '现价 ${price}，原价 ${old}'}}
            limits: {price: $price}
        start: open
        nodes:
          open: {buyer: 在吗, end: sold}
        """
    story = load(text, shelf)
    assert story.cards["product"] == {"价格": "1.10", "原价": "3.00", "说明": "现价 1.10，原价 3.00"}
    assert story.limits.price == 1.1


EXTENDING = """\
schema: 1
id: cup
title: 买杯子
persona: calm
shop: {name: 小店}
use: [sold, {gift-words: {gift: 收纳盒}}]
intents:
  offer_gift: {extends: true, any: 附赠, say: [给您附赠一个]}
  hold: {extends: true, unless: [稍等片刻], not: [稍等片刻]}
start: open
nodes:
  open:
    buyer: 在吗
    replies: [{when: offer_gift, goto: sold}, {when: hold, goto: gone}]
  gone: {buyer: [算了], end: lost}
"""
PROGRAM = """\
# intents of the program
intents:
  hold: {any: [稍等], say: 请稍等, not: [明天发货]}
"""


@pytest.fixture
def with_program(tmp_path, shelf):
    (tmp_path / "program").mkdir()
    shared = tmp_path / "program" / "shared.yaml"
    shared.write_text(PROGRAM, encoding="utf-8")
    return Folders(*shelf.folders, shared=shared)


def test_a_story_extends_an_intent_of_a_fragment_and_one_of_the_program(with_program):
    story = load(EXTENDING, with_program)
    gift, hold = story.intents["offer_gift"], story.intents["hold"]
    assert [item if isinstance(item, str) else item.re for item in gift.any] == ["附赠", "送[^,]{0,4}收纳盒"]
    assert gift.say == ("给您附赠一个", "送您收纳盒")
    assert gift.not_ == ("不送",)
    assert (hold.any, hold.unless) == (("稍等",), ("稍等片刻",))
    assert (hold.say, hold.not_) == (("请稍等",), ("稍等片刻", "明天发货"))
    compiled = compile_intents(story.intents, load_normaliser())
    heard = {text: [name for name, _, _ in match_intents(load_normaliser()(text), compiled)] for text in
             ("给您附赠一个", "送您收纳盒", "您稍等片刻", "您稍等")}  # fmt: skip
    assert list(heard.values()) == [["offer_gift"], ["offer_gift"], [], ["hold"]]


def test_what_an_extended_intent_took_in_tells_where_it_was_written(with_program):
    file = expand(read_yaml(EXTENDING, "cup.yaml"), with_program)
    assert file.where(("intents", "offer_gift", "say", 0)) == (8, 46)
    assert file.problem(("intents", "offer_gift", "say", 1), "X", "y").file.endswith("own.yaml")
    assert file.problem(("intents", "hold", "not", 1), "X", "y").file.endswith("shared.yaml")


def test_without_extends_what_a_story_writes_stands_in_the_place_of_the_fragments(with_program):
    story = load(EXTENDING.replace("{extends: true, any: 附赠, ", "{"), with_program)
    assert story.intents["offer_gift"].say == ("给您附赠一个",)
    assert story.intents["offer_gift"].not_ == ("不送",)


def test_an_intent_that_extends_nothing_is_told_with_the_nearest_name(with_program):
    (line,) = problems(EXTENDING.replace("hold: {extends", "holt: {extends").replace(
        "true, unless", "true, any: [等], unless").replace("when: hold", "when: holt"), with_program)  # fmt: skip
    assert line.startswith("cup.yaml:9:10 KS131 `holt` extends nothing")
    assert "`hold`" in line


def test_a_fragment_extends_an_intent_of_the_program_for_the_stories_that_use_it(tmp_path, with_program):
    fragment = "fragments:\n  more:\n    intents:\n      hold: {extends: true, any: [片刻]}\n"
    (tmp_path / "more.yaml").write_text(fragment, encoding="utf-8")
    story = load(EXTENDING.replace("use: [sold", "use: [more, sold"), with_program)
    assert story.intents["hold"].any == ("片刻", "稍等")


def test_a_file_of_the_program_that_changes_makes_another_shelf(with_program):
    before = with_program.stamp
    with_program.shared.write_text(PROGRAM + "# \n", encoding="utf-8")
    assert Folders(*with_program.folders, shared=with_program.shared).stamp != before
