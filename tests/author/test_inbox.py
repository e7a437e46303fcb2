"""What was not understood and what is disputed comes to the trainer, and one key teaches the story."""

import stat
from dataclasses import replace

import pytest

from kefu_sim.author.inbox import find, groups, settle
from kefu_sim.author.schema import schema_text
from kefu_sim.author.teach import add, offers, unteachable
from kefu_sim.base.errors import BadFileError, KefuError
from kefu_sim.engine.script import play_script
from kefu_sim.history.disputing import docket_of_review
from kefu_sim.history.review import find_reception, review_of
from kefu_sim.house import House
from kefu_sim.programs import program_for
from kefu_sim.progress.puzzles import puzzles
from kefu_sim.rulebook.known import known_ids, shared_intent_ids
from kefu_sim.scenario.library import shipped_folder
from kefu_sim.scenario.model import ScriptTurn
from kefu_sim.scores import rubric_version
from kefu_sim.shifts import ShiftRoom

from .inboxes import CUP, house_with, receive


@pytest.fixture
def house(tmp_path):
    return house_with(tmp_path / "home")


def told(house, *scenarios):
    return [
        (group.node, item.number, item.kind, item.said, item.count)
        for group in groups(house, scenarios)
        for item in group.items
    ]


def dispute(house, reception, rule, remark=""):
    """Dispute the first row of a rule; of the whole reception, where the rule has one."""
    docket = docket_of_review(house, review_of(house, find_reception(house, reception)))
    rows = [i for i, row in enumerate(docket.ledger) if row.rule == rule]
    at = min(rows, key=lambda i: docket.ledger[i].turn is not None)
    return docket.dispute(at, remark)


def test_what_no_branch_takes_is_listed_by_node_the_most_frequent_first(house):
    receive(house, 1, "咕噜咕噜！", "您好，请问是给谁用呢？", trainee="小林")
    receive(house, 2, "咕噜咕噜呀", trainee="小王")
    receive(house, 3, "您好，请问给谁用呢？", "保温6小时", "给您送一支杯刷", "呜啦呜啦")
    assert told(house) == [("open", 1, "unclear", "咕噜咕噜！", 2), ("pay", 2, "unclear", "呜啦呜啦", 1)]
    first, second = groups(house)
    assert first.items[0].who == ("小林", "小王")
    assert first.items[0].buyer in CUP
    assert second.items[0].labels == ("polite",)
    assert told(house, "nobody") == []


def test_what_the_buyer_understood_is_not_there_and_words_are_needed(house):
    receive(house, 1, "您好，请问是给谁用呢？", "保温6小时的")
    receive(house, 2, "😀😀")
    assert told(house) == []


def test_messages_of_one_turn_are_one_reply(house):
    script = [ScriptTurn(wait=wait, say=text) for wait, text in ((9, "哩哩"), (0.5, "啦啦"))]
    log = play_script(program_for(house.library.get("cup")), script, 1, rubric_version(), "practice")
    (puzzle,) = puzzles(log)
    assert (puzzle.said, puzzle.turn, puzzle.node) == ("哩哩 啦啦", 2, "open")


def test_a_reception_that_was_re_entered_counts_what_it_copied_once(house):
    first = receive(house, 1, "咕噜咕噜", "您好，请问是给谁用呢？")
    receive(house, 2, "咕噜咕噜", "呜啦", branch_of=first)
    assert sorted(row[3:] for row in told(house)) == [("呜啦", 1), ("咕噜咕噜", 1)]


def test_a_disputed_row_comes_with_its_words_its_remark_and_who_said_it(house, monkeypatch):
    one = receive(house, 1, "你好在的，给谁用呢", trainee="小林")
    monkeypatch.setenv("KEFU_SIM_TRAINEE", "小林")
    before = find_reception(house, one).total
    made = dispute(house, one, "speed.first", "  我打字\n已经很快了 ")
    (group,) = groups(house)
    (item,) = group.items
    assert (item.kind, item.rule, item.said, item.who) == ("disputed", "speed.first", "你好在的，给谁用呢", ("小林",))
    assert item.reason.zh == made.reason_zh
    assert [(remark.who, remark.text) for remark in item.remarks] == [("小林", "我打字 已经很快了")]
    assert item.receptions == (one,)
    assert find_reception(house, one).total == before


def test_a_row_disputed_again_is_one_dispute_and_one_taken_back_is_none(house):
    one = receive(house, 1, "您好在的")
    dispute(house, one, "speed.first", "甲")
    dispute(house, one, "speed.first", "乙")
    ((item,),) = (group.items for group in groups(house))
    assert [remark.text for remark in item.remarks] == ["乙"]
    docket = docket_of_review(house, review_of(house, find_reception(house, one)))
    (at,) = docket.disputed
    docket.take_back(at)
    assert groups(house) == []


def test_what_was_put_away_stays_away_and_what_was_added_comes_back_when_it_happens_again(house):
    receive(house, 1, "咕噜咕噜")
    receive(house, 2, "呜啦呜啦")
    settle(house, find(house, "1"), "done")
    item = find(house, "1")
    add(house, item, "ask_who", "not")
    assert groups(house) == []
    receive(house, 3, "咕噜咕噜")
    receive(house, 4, "呜啦呜啦")
    assert groups(house) == []  # these began before the trainer looked
    late = House(house.folder)
    late.inbox.settle([one._replace(at=0.0) for one in late.inbox.settled().values()])
    assert [row[3:] for row in told(late)] == [(item.said, 2)]


def test_an_entry_is_found_by_its_number_or_its_id(house):
    receive(house, 1, "咕噜咕噜")
    item = find(house, "1")
    assert find(house, item.id[:6]) == item
    for name in ("2", "0", "", "x", "9" * 40):
        with pytest.raises(KefuError, match="nothing in the inbox"):
            find(house, name)


def test_an_entry_becomes_a_sample_and_verify_says_what_is_missing(house):
    receive(house, 1, "咕噜咕噜")
    path = house.own_scenarios / "cup.yaml"
    added = add(house, find(house, "1"), "ask_who", "say")
    before, after = CUP.splitlines(), path.read_text("utf-8").splitlines()
    (changed,) = [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    assert (changed + 1, after[changed]) == (added.line, before[changed].replace("吗]", "吗, 咕噜咕噜]"))
    assert [(f.code, f.line) for f in added.verified.findings] == [("PATTERN", added.line)]
    assert not added.copied
    assert groups(house) == []
    assert "咕噜咕噜" in house.library.get("cup").intents["ask_who"].say


def test_the_byte_order_mark_line_ends_and_rights_of_a_file_stay(house):
    path = house.own_scenarios / "cup.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + CUP.replace("\n", "\r\n").encode())
    path.chmod(0o664)
    receive(house, 1, "咕噜咕噜")
    add(house, find(house, "1"), "gift", "not")
    told = path.read_bytes()
    assert told.startswith(b"\xef\xbb\xbf# ")
    assert told.count(b"\r\n") == told.count(b"\n") == CUP.count("\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o664


def test_the_intents_a_node_waits_for_come_first(house):
    receive(house, 1, "咕噜咕噜")
    item = find(house, "1")
    assert [offer.intent for offer in offers(house, item) if offer.here] == ["ask_who"]
    found = offers(house, replace(item, node="price"))
    assert [offer.intent for offer in found if offer.here] == ["gift", "hold_price"]
    assert [offer.intent for offer in found if offer.owner == "story"] == ["gift", "hold_price", "ask_who", "noted"]
    assert {offer.intent for offer in found if offer.owner == "shared"} == shared_intent_ids()


def test_the_same_text_is_not_added_twice(house):
    receive(house, 1, "咕噜咕噜")
    item = find(house, "1")
    add(house, item, "gift", "not")
    path = house.own_scenarios / "cup.yaml"
    before = path.read_bytes()
    with pytest.raises(KefuError, match="stands there already"):
        add(house, item, "gift", "not")
    assert path.read_bytes() == before


@pytest.fixture
def using(tmp_path):
    """`using(fragments)`: a house whose cup takes a fragment `words-mine` of the trainer's own folder."""

    def make(fragment, *changes):
        folder = tmp_path / "home"
        (folder / "fragments").mkdir(parents=True)
        (folder / "fragments" / "mine.yaml").write_text(fragment, "utf-8")
        house = house_with(folder, ("start: open", "use: [words-mine]\nstart: open"), *changes)
        receive(house, 1, "咕噜咕噜")
        return house

    return make


MINE = """\
fragments:   # mine
  words-mine:
    intents:
      ask_price_match: {any: [价保], say: [支持价保]}   # 价保
"""


def test_an_intent_of_a_fragment_of_ones_own_is_taught_where_it_stands(using):
    house = using(MINE)
    story = (house.own_scenarios / "cup.yaml").read_bytes()
    added = add(house, find(house, "1"), "ask_price_match", "not")
    path = house.folder / "fragments" / "mine.yaml"
    assert path.read_text("utf-8") == MINE.replace("[支持价保]}", "[支持价保], not: [咕噜咕噜]}")
    assert (added.path, added.line, added.shared) == (path, 4, True)
    assert "Every story that uses this fragment" in added.told[-1]
    assert (house.own_scenarios / "cup.yaml").read_bytes() == story
    assert house.library.get("cup").intents["ask_price_match"].not_ == ("咕噜咕噜",)
    assert groups(house) == []


def test_an_intent_that_hangs_on_parameters_is_extended_in_the_story(using):
    fragment = MINE.replace("intents:", "params: {what: 价保}\n    intents:").replace("[价保]", "[$what]")
    house = using(fragment)
    added = add(house, find(house, "1"), "ask_price_match", "not")
    assert (house.folder / "fragments" / "mine.yaml").read_text("utf-8") == fragment
    assert added.path == house.own_scenarios / "cup.yaml"
    assert "ask_price_match: {extends: true, not: [咕噜咕噜]}" in added.path.read_text("utf-8")


def test_an_intent_of_a_shipped_fragment_is_extended_in_the_story(house):
    path = house.own_scenarios / "cup.yaml"
    path.write_text(CUP.replace("start: open", "use: [words-price]\nstart: open", 1), "utf-8")
    receive(house, 1, "咕噜咕噜", "呜哩呜哩")
    before = path.read_text("utf-8").splitlines()
    item = find(house, "1")
    added = add(house, item, "ask_budget", "say")
    after = path.read_text("utf-8").splitlines()
    (new,) = [line for line in after if line not in before]
    assert new == f"  ask_budget: {{extends: true, say: [{item.said}]}}"
    assert [line for line in after if line != new] == before
    assert after[added.line - 1] == new
    assert [(f.code, f.line) for f in added.verified.findings] == [("PATTERN", added.line)]
    assert "words-shop.yaml" in added.told[-1]
    said = house.library.get("cup").intents["ask_budget"].say
    assert said[0] == item.said
    assert len(said) > 1
    other = find(house, "1")
    again = add(house, other, "ask_budget", "not")
    assert f"{{extends: true, say: [{item.said}], not: [{other.said}]}}" in path.read_text("utf-8")
    assert again.line == added.line
    assert other.said in house.library.get("cup").intents["ask_budget"].not_
    assert len(house.library.get("cup").intents["ask_budget"].not_) > 1


def test_an_intent_of_the_program_is_extended_in_the_story(house):
    receive(house, 1, "咕噜咕噜")
    added = add(house, find(house, "1"), "apology", "not")
    assert "  apology: {extends: true, not: [咕噜咕噜]}\n" in added.path.read_text("utf-8")
    assert "shared.yaml" in added.told[-1]
    assert added.verified.findings == ()
    assert house.library.get("cup").intents["apology"].not_[0] == "咕噜咕噜"


def test_what_a_fragment_has_already_is_not_added_again(using):
    house = using(MINE)
    item = replace(find(house, "1"), said="支持价保呢")
    with pytest.raises(KefuError, match=r"mine.yaml:4: “支持价保” stands there already"):
        add(house, item, "ask_price_match", "say")


def test_what_stands_in_the_place_of_a_fragments_own_is_told_to_extend_it(using):
    house = using(MINE, ("intents:\n", "intents:\n  ask_price_match: {any: [保价]}\n"))
    with pytest.raises(KefuError) as caught:
        add(house, find(house, "1"), "ask_price_match", "say")
    assert "mine.yaml:4" in caught.value.message
    assert "extends: true" in caught.value.hint
    assert "cup.yaml:" in caught.value.hint
    add(house, find(house, "1"), "ask_price_match", "not")


def test_what_no_sample_teaches_is_told_with_what_to_do_instead(house):
    receive(house, 1, "咕噜咕噜")
    item = replace(find(house, "1"), node="doubt")
    (fact, heard) = unteachable(house, item)
    assert fact.startswith("An answer to “保温几小时”")
    assert "`right:` of `hours` (" in fact
    assert heard.startswith("推荐, 分析, curt: heard alike in all stories")
    assert "`when: 推荐 or my_intent`" in heard
    place = next(i for i, line in enumerate(CUP.splitlines(), 1) if line.startswith("  hours:"))
    assert f"cup.yaml:{place})" in fact
    before = (house.own_scenarios / "cup.yaml").read_bytes()
    for name, why in (("fact.hours.right", fact), ("推荐", "when: 推荐 or my_intent")):
        with pytest.raises(KefuError, match="no sample teaches it") as caught:
            add(house, item, name, "say")
        assert why in caught.value.hint
    with pytest.raises(KefuError, match="unknown intent") as caught:
        add(house, item, "ask_whoo", "say")
    assert "ask_who" in caught.value.hint
    assert (house.own_scenarios / "cup.yaml").read_bytes() == before
    assert len(groups(house)) == 1


def test_a_shipped_story_is_copied_first_and_stays_as_it_is(tmp_path):
    house = House(tmp_path / "home")
    receive(house, 1, "咕噜咕噜", "呜哩哇啦", story="bargainer")
    shipped = shipped_folder() / "bargainer.yaml"
    before = shipped.read_bytes()
    item = find(house, "1")
    added = add(house, item, "ask_use", "not")
    assert added.copied
    assert added.path == house.own_scenarios / "bargainer.yaml"
    assert "copied" in added.told[0]
    assert shipped.read_bytes() == before
    named = added.path.read_text("utf-8").splitlines()[0].partition("$schema=")[2]
    assert (added.path.parent / named).read_text("utf-8") == schema_text(known_ids(house.folder))
    assert item.said in house.library.get("bargainer").intents["ask_use"].not_
    assert not add(house, item, "ask_rival", "not").copied


def test_a_file_that_would_not_load_afterwards_is_not_written(house):
    receive(house, 1, "咕噜咕噜")
    item = find(house, "1")
    path = house.own_scenarios / "cup.yaml"
    house.library.entries  # noqa: B018 (the list was read before the file was broken)
    path.write_text(CUP.replace("goto: doubt}", "goto: nowhere}", 1), "utf-8")
    before = path.read_bytes()
    with pytest.raises(BadFileError, match="nowhere"):
        add(house, item, "gift", "not")
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
    assert len(groups(house)) == 1


def test_a_story_that_is_gone_still_shows_what_happened_and_says_what_to_do(house):
    receive(house, 1, "咕噜咕噜")
    item = find(house, "1")
    (house.own_scenarios / "cup.yaml").unlink()
    again = House(house.folder)
    assert len(groups(again)) == 1
    with pytest.raises(KefuError, match="not in the library"):
        add(again, item, "gift", "not")


def test_a_walk_in_of_a_shift_is_told_with_its_file(house):
    receive(house, 1, "咕噜咕噜")
    walk_in = next(iter(ShiftRoom(house).walk_ins.values()))
    item = replace(find(house, "1"), scenario=walk_in.stories[0])
    with pytest.raises(KefuError, match="walk-in of shifts") as caught:
        offers(house, item)
    assert f"{walk_in.id}" in caught.value.hint
    assert ".yaml" in caught.value.hint


def test_a_row_about_the_whole_reception_has_no_words_to_add(house):
    one = receive(house, 1, "咕噜咕噜")
    dispute(house, one, "step.missing")
    item = next(item for group in groups(house) for item in group.items if item.kind == "disputed")
    assert item.said == ""
    with pytest.raises(KefuError, match="no words to add"):
        add(house, item, "gift", "not")


LATE = (
    ("vars:\n", "vars:\n  patience: {init: 80}\n"),
    ("    replies:\n      - {when: 告别, goto: sold}\n    unclear", "    use: {goodbye: {goto: sold}}\n    unclear"),
)
"""The last node takes its rows from a fragment."""


def of_disputed(house, node):
    """An entry about a row in dispute at a node."""
    one = receive(house, 1, "咕噜咕噜", "您好，请问是给谁用呢？")
    dispute(house, one, "tone.lost")
    (entry,) = [item for group in groups(house) for item in group.items if item.kind == "disputed"]
    return replace(entry, node=node, said="您好 在的")


def test_rows_that_a_fragment_brought_in_are_left_alone_and_the_story_is_given_its_own(tmp_path):
    house = house_with(tmp_path / "home", *LATE)
    receive(house, 1, "咕噜咕噜")
    (heard,) = unteachable(house, replace(find(house, "1"), node="bye"))
    lines = (house.own_scenarios / "cup.yaml").read_text("utf-8").splitlines()
    place = next(i for i, line in enumerate(lines, 1) if line.startswith("    use: {goodbye:"))
    assert f"cup.yaml:{place})" in heard
    assert "`- {when: my_intent, goto: sold}`" in heard
    assert "fragments" not in heard


def test_a_row_with_an_intent_of_ones_own_does_what_is_advised(tmp_path):
    rows, words = "replies: [{when: mine, goto: sold}]\n    use:", "intents:\n  mine: {any: [咕噜], say: [咕噜咕噜]}\n"
    house = house_with(tmp_path / "home", *LATE, ("use:", rows), ("intents:\n", words))
    first, second, *_ = house.library.get("cup").nodes["bye"].replies
    assert (first.when, first.goto) == (("mine",), "sold")
    assert second.when == ("告别",)


def test_a_step_that_was_heard_and_not_there_is_told_what_can_be_done(house):
    item = of_disputed(house, "doubt")
    misheard = unteachable(house, item)[-1]
    assert "`kefu-sim explain '您好 在的' --at cup/doubt` shows by which words" in misheard
    assert "`unless: my_intent`" in misheard
    with pytest.raises(KefuError, match="no sample teaches it") as caught:
        add(house, item, "推荐", "not")
    assert caught.value.hint == misheard


def test_what_came_with_the_program_is_to_be_copied_before_it_is_changed(tmp_path):
    house = House(tmp_path / "home")
    receive(house, 1, "咕噜咕噜", "呜哩哇啦", story="bargainer")
    copy = unteachable(house, find(house, "1"))[-1]
    assert f"copy {shipped_folder() / 'bargainer.yaml'} to {house.own_scenarios / 'bargainer.yaml'} first" in copy
