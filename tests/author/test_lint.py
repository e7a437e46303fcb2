"""Lint: everything at once, planted faults by name, comments that allow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kefu_sim.author.draft import read_draft
from kefu_sim.author.files import named_files, scenario_files
from kefu_sim.author.lint import house_rules, lint_text
from kefu_sim.base.errors import KefuError
from kefu_sim.scenario.library import shipped_folder

from .examples import SOUND, completed

RULES = house_rules()
BARGAINER = (shipped_folder() / "bargainer.yaml").read_text(encoding="utf-8")


def found(text, source="sound.yaml"):
    return [(f.problem.code, f.problem.line) for f in lint_text(text, source, RULES)]


def line_of(text, words):
    return text[: text.index(words)].count("\n") + 1


def changed(text, *pairs):
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


@pytest.mark.parametrize("path", scenario_files([], [shipped_folder()]), ids=lambda path: path.stem)
def test_no_shipped_story_has_anything_to_be_mended(path):
    found = lint_text(path.read_text(encoding="utf-8"), str(path), RULES)
    assert [str(finding) for finding in found if finding.severity != "note"] == []


def test_a_missing_end_is_caught_by_name():
    text = changed(SOUND, (", end: sold}", "}"))
    assert found(text) == [("KS111", line_of(text, "  sold: {"))]


def test_an_orphan_node_is_caught_by_name():
    orphan = "  nowhere: {title: 没人来, buyer: [咦, 哦], end: later}\n"
    text = changed(BARGAINER, ("nodes:\n", "nodes:\n" + orphan))
    assert found(text, "bargainer.yaml") == [("KS114", line_of(text, "  nowhere:"))]


def test_an_endless_loop_is_caught_by_name_though_silence_would_end_it():
    text = changed(
        SOUND,
        ("if: {asked: '== 1'}, add: {mood: 8}, buyer: [礼盒都配好啦 太好了, 想得真周到], goto: sold", "goto: open"),
        ("{when: 核实 or 告别, goto: sold}", "{when: 告别, goto: open}"),
        ("max: 1, goto: sold", "max: 1, goto: open"),
        ("{when: ask_use,", "{when: ask_use, if: {asked: '== 0'},"),
    )
    assert ("KS202", line_of(text, "  open:")) in found(text)


def test_an_orphan_loop_without_any_exit_is_a_trap():
    text = changed(SOUND, (", out: lost", ""), ("- {when: rude, goto: lost}", "- {when: rude, goto: round}"))
    text += "nodes2: 1\n"
    round_ = """\
  round:
    title: 绕圈
    buyer: [再说说, 然后呢]
    model: {pass: 还有什么可以帮您？, excellent: 您看还有哪里需要我帮您确认的？}
    replies: [{when: any, buyer: [嗯嗯, 哦]}]
    silence: [{after: 60, goto: round}]
"""
    text = changed(text, ("  sold: {", round_ + "  sold: {"), ("nodes2: 1\n", ""))
    assert ("KS201", line_of(text, "  round:")) in found(text)


def test_all_faults_come_at_once_whatever_stage_they_belong_to():
    text = changed(
        SOUND,
        ("brief:", "breif:"),
        ("persona: hesitant", "persona：hesitent"),
        ("价格: 89 元", "价格: 89 元, 现货: yes"),
        ("title: 问容量", "title: [问容量"),
        ("goto: order}\n      - {when: curt", "goto: ordr}\n      - {when: curt"),
        ("asked: '== 1'", "asked: '== 3'"),
        ("  - {after: 40, buyer: [还在吗", "  - {after: 0.5, buyer: [还在吗"),
        ("  lost: {title: 走了", "  lost: {titel: 走了"),
    )
    codes = [code for code, _ in found(text)]
    assert codes == ["KS021", "KS001", "KS101", "KS010", "KS001", "KS103", "KS223", "KS025", "KS021"]


def test_a_misspelt_key_hides_nothing_below_it_and_makes_no_second_complaint():
    text = changed(SOUND, ("    replies:\n", "    replis:\n"), ("- {when: ask_use", "- {when: ask_us"))
    assert found(text) == [
        ("KS231", line_of(text, "  ask_use:")),
        ("KS021", line_of(text, "    replis:")),
        ("KS104", line_of(text, "{when: ask_us,")),
    ]


def test_an_intent_of_the_program_may_be_extended_without_being_used():
    text = changed(SOUND, ("intents:\n", "intents:\n  urge: {extends: true, not: [您慢慢看]}\n"))
    assert found(text) == []


@pytest.mark.parametrize("title", ["犹豫型", "犹豫"])
def test_a_temperament_called_by_its_title_is_told_its_id(title):
    [finding] = lint_text(changed(SOUND, ("persona: hesitant", f"persona: {title}")), "sound.yaml", RULES)
    assert "`hesitant`" in finding.problem.fix


def test_a_misspelt_target_leads_where_it_was_meant_to():
    text = changed(
        SOUND, ("给老师买的], goto: order", "给老师买的], goto: ordr"), ("分析, goto: order", "分析, goto: ordr")
    )
    text = changed(text, ("多大的], max: 1, goto: order", "多大的], max: 1, goto: oder"))
    assert [code for code, _ in found(text)] == ["KS103"] * 3
    assert [code for code, _ in found(text.replace("goto: ordr", "goto: nowhere_at_all"))] == ["KS103"] * 3


def test_what_a_broken_line_may_define_is_not_called_unknown():
    text = changed(SOUND, ("gift_box: {any: [礼盒]", "gift_box: {any: [礼盒"))
    assert found(text) == [("KS001", line_of(text, "gift_box: {any"))]


def test_what_is_asked_about_a_fact_that_a_broken_line_held_is_not_called_unknown():
    text = changed(SOUND, ("{when: 核实 or 告别, goto: sold}", "{when: fact.size.right or 核实 or 告别, goto: sold}"))
    assert found(text) == []
    text = changed(text, ("right: [{re: '500|半升'}]", "right: [{re: '500|半升'}"))
    assert found(text) == [("KS001", line_of(text, "size: {about"))]


def test_a_node_that_lost_a_line_is_not_blamed_for_what_it_lacks():
    text = changed(SOUND, ("    unclear: {buyer: [我说我拍了", "    unclear: {buyer: [“我说我拍了”: ["))
    assert found(text) == [("KS001", line_of(text, "    unclear: {buyer: [“"))]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("满减 #1 号券", ["KS218"]),
        ("coupon three #1", ["KS218"]),
        ("'满减 #1 号券'", []),
        ("满减#1号券", []),
        ("满减  # 一号券", []),
        ("'满减' #一号券", []),
        ("保温杯 ## 一号券", []),
        ("满减 #1  # lint: allow KS218", []),
    ],
)
def test_a_sign_that_cuts_a_sentence_short_is_told_an_ordinary_comment_is_not(title, told):
    text = "\n".join(f"title: {title}" if line.startswith("title: ") else line for line in SOUND.split("\n"))
    assert [code for code, _ in found(text)] == told


@pytest.mark.parametrize(
    ("buyer", "told"),
    [
        ("【在吗, 你好】", ["KS214", "KS219"]),
        ("[“在吗”, 「你好」]", ["KS219", "KS219"]),
        ("[“在吗”那个, 【急】在不在]", []),
        ("['“在吗”', 你好]", []),
    ],
)
def test_brackets_and_quotes_of_the_chinese_keyboard_around_a_text_are_told(buyer, told):
    line = next(line for line in SOUND.split("\n") if line.startswith("    buyer: ["))
    assert [code for code, _ in found(SOUND.replace(line, f"    buyer: {buyer}", 1))] == told


@pytest.mark.parametrize("lines", ["id: cup  # lint: allow KS217", "# lint: allow KS217（以后再改名）\nid: cup"])
def test_a_comment_allows_a_code_on_its_line_or_the_next(lines):
    assert found(changed(SOUND, ("id: sound", "id: cup"))) == [("KS217", 2)]
    assert found(changed(SOUND, ("id: sound", lines))) == []


def test_a_comment_for_another_line_or_code_allows_nothing():
    text = changed(SOUND, ("id: sound", "id: cup  # lint: allow KS215"))
    assert [code for code, _ in found(text)] == ["KS217", "KS262"]


def test_one_comment_can_name_several_codes():
    text = changed(SOUND, ("算了 不买了, 没人理 走了", "算了 不买了, 算了 不买了"), ("走了, buyer", "拍下, buyer"))
    text = changed(text, ("  lost: {", "  # lint: allow KS213, KS215\n  lost: {"))
    assert found(text) == []


def test_faults_that_stop_the_story_cannot_be_allowed():
    text = changed(SOUND, ("persona: hesitant", "persona: nobody  # lint: allow KS101"))
    assert [code for code, _ in found(text)] == ["KS101", "KS261"]


@pytest.mark.parametrize(
    ("code", "told"),
    [("HIJACK", []), ("BLOCKED 这句本来就该先接", []), ("PATTERN", ["KS261"]), ("BLOCKAGE", ["KS261"])],
)
def test_comments_for_verify_are_left_to_verify_where_it_can_heed_them(code, told):
    assert [code for code, _ in found(changed(SOUND, ("id: sound", f"id: sound  # lint: allow {code}")))] == told


def test_a_variable_that_is_only_ever_set_has_just_those_values():
    text = changed(SOUND, ("asked: {init: 0, max: 1}", "asked: {init: 0, max: 9}"), ("'== 1'", "'>= 2'"))
    assert [code for code, _ in found(text)] == ["KS223"]


SHADOWS = """\
      - {when: curt, goto: lost}
      - {when: rude, goto: sold}
      - {when: 核实, if: {mood: '> 10'}, goto: sold}
      - {when: 核实, if: {mood: '>= 50'}, goto: sold}
"""


def test_a_reply_that_an_earlier_one_takes_by_tone_or_number_is_named_once():
    text = changed(
        SOUND,
        ("      - {when: 核实 or 告别, goto: sold}\n", SHADOWS),
        ("      - {when: curt, add: {mood: -5}, buyer: [到底行不行啊, 说句整话呗]}\n", ""),
        ("always:\n  - {when: rude, goto: lost}", "always: []"),
    )
    lines = [line for code, line in found(text) if code == "KS208"]
    assert lines == [line_of(text, "{when: rude, goto: sold}"), line_of(text, "{when: 核实, if: {mood: '>= 50'}")]


def test_names_are_files_folders_or_ids(tmp_path):
    (tmp_path / "a.yaml").write_text("id: anna\n", encoding="utf-8")
    (tmp_path / "b.yml").write_text("id: [", encoding="utf-8")
    assert [p.name for p in scenario_files([], [tmp_path])] == ["a.yaml", "b.yml"]
    assert [p.name for p in scenario_files(["anna", "b"], [tmp_path])] == ["a.yaml", "b.yml"]
    assert [p.name for p in scenario_files([str(tmp_path)], [])] == ["a.yaml", "b.yml"]
    with pytest.raises(KefuError, match="anna"):
        scenario_files(["ana"], [tmp_path])
    with pytest.raises(KefuError, match="no file"):
        scenario_files(["ana.yaml"], [tmp_path])
    with pytest.raises(KefuError, match="empty"):
        scenario_files([""], [tmp_path])


def test_what_stands_in_a_hidden_folder_is_nobodys_story(tmp_path):
    for folder in (".git", "sub", "sub/.venv/lib"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.yaml").write_text("id: anna\n", encoding="utf-8")
    assert scenario_files([str(tmp_path)], []) == [tmp_path / "sub" / "a.yaml"]


def test_what_names_a_file_on_a_command_line_comes_with_it(tmp_path, monkeypatch):
    (tmp_path / "my a.yaml").write_text("id: anna\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("id: anna\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert named_files(["anna"], [tmp_path]) == [(tmp_path / "my a.yaml", "anna")]
    assert [called for _, called in named_files(["my a.yaml", str(tmp_path)], [])] == ["'my a.yaml'"] * 2


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_text_cut_and_spoilt_anywhere_is_told_not_crashed_on(data):
    text = list(SOUND)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text) - 1))
        match data.draw(st.sampled_from(["cut", "add", "swap"])):
            case "cut":
                del text[at : at + data.draw(st.integers(1, 60))]
            case "add":
                text.insert(at, data.draw(st.sampled_from("[]{}:\"'\t\n -#&*|>!，：%@?x\x07")))
            case _:
                text[at : at + 1] = data.draw(st.sampled_from(["on", "\n\n", ": ", "null", "[[", "~"]))
        text = text or [" "]
    spoilt = "".join(text)
    lines = spoilt.count("\n") + 1
    for finding in lint_text(spoilt, "sound.yaml", RULES):
        assert 1 <= finding.problem.line <= lines + 1
        assert finding.problem.message
    read_draft(spoilt, "sound.yaml")


def test_a_row_of_a_shops_own_syllabus_can_be_kept():
    cases = """\
tests:
  - {name: 好的, turns: [{say: 您好}], expect: {visits: order}}
  - {name: 坏的, rows: [A026, A500], worse_than: 好的, expect: {end: lost}}
"""
    own = completed("covers: [A026, A500]\n" + cases)
    assert found(own) == [("KS243", line_of(own, "covers:"))]
    assert found(own.replace("A500]\n", "A500]  # lint: allow KS243\n", 1)) == []


@pytest.mark.parametrize(
    ("promises", "said"),
    [
        (
            "promises: {box: {about: 礼盒, made: gift_box, kept: 核实, due: {node: sold, after: 60}}}",
            "the chat is over",
        ),
        ("promises: {box: {about: 礼盒, made: gift_box, kept: any}}", "making it keeps it"),
        ("promises: {box: {about: 礼盒, made: gift_box, unless: any, kept: 核实}}", "`unless` excludes"),
        ("promises: {box: {about: 礼盒, made: [gift_box, made.box], kept: 核实}}", "no message says `made.box`"),
        ("promises: {box: {about: 礼盒, made: gift_box, kept: kept.box or late.box, due: 60}}", "can never be kept"),
        ("notes: {box: {about: 礼盒, note: [礼盒], since: [sold, lost]}}", "too late to be written"),
    ],
)
def test_promises_and_notes_that_no_reception_can_judge(promises, said):
    text = completed(promises + "\n")
    (finding,) = lint_text(text, "sound.yaml", RULES)
    assert (finding.problem.code, finding.problem.line) == ("KS235", line_of(text, promises))
    assert said in finding.problem.message


def test_promises_and_notes_that_can_be_judged_are_left_alone():
    assert (
        found(completed("promises: {box: {about: 礼盒, made: gift_box, kept: any, due: {node: order, after: 60}}}\n"))
        == []
    )
    assert found(completed("notes: {box: {about: 礼盒, note: [礼盒], since: [order, sold]}}\n")) == []
    assert found(completed("notes: {box: {about: 骂人的话, never: [难缠], since: sold}}\n")) == []


def test_a_note_due_where_nobody_comes():
    orphan = "  nowhere: {title: 没人来, buyer: [咦, 哦], end: later}\n"
    text = changed(SOUND, ("nodes:\n", "notes: {box: {about: 礼盒, note: [礼盒], since: nowhere}}\nnodes:\n" + orphan))
    assert [code for code, _ in found(text)] == ["KS235", "KS114"]


def _sunk(text, key):
    """The text with what belongs to a key no further in than the key, and the lines that are."""
    lines = text.split("\n")
    begin = next(i for i, line in enumerate(lines) if line.strip() == key) + 1
    deep = len(lines[begin - 1]) - len(lines[begin - 1].lstrip())
    end = next(i for i in range(begin, len(lines)) if lines[i].strip() and not lines[i][deep : deep + 1].isspace())
    return "\n".join([*lines[:begin], *(line[2:] for line in lines[begin:end]), *lines[end:]]), begin, end


@pytest.mark.parametrize("key", ["open:", "cards:", "vars:", "hidden:"])
def test_what_is_not_indented_under_its_key_is_told_once_and_indenting_it_as_told_mends_it(key):
    text, begin, end = _sunk(SOUND, key)
    [finding] = lint_text(text, "sound.yaml", RULES)
    assert finding.problem.line == begin + 1
    assert f"`{key[:-1]}`" in finding.problem.message
    told = finding.problem.fix
    assert told == (
        f"indent the lines {begin + 1} to {end} by 2 more spaces" if end > begin + 1 else "indent it by 2 more spaces"
    )
    lines = text.split("\n")
    mended = [*lines[:begin], *("  " + line for line in lines[begin:end]), *lines[end:]]
    assert found("\n".join(mended)) == []
