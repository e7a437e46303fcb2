"""Verify names what is wrong with a story's samples, and where."""

import pytest

from kefu_sim.author.verify import verify


def found(subject):
    return {(f.code, f.severity): f for f in verify(subject).findings}


def test_a_sound_story_is_sound(cup):
    verified = verify(cup())
    assert verified.sound, [str(f) for f in verified.findings]
    assert verified.samples == 17
    assert verified.survival.share >= 0.95
    assert set(verified.survival.tried) == {"particles", "emoji", "typo", "traditional"}


def only(cup, code, *changes):
    """The one error that the changes cause."""
    verified = verify(cup(*changes))
    errors = [f for f in verified.findings if f.severity == "error"]
    assert [f.code for f in errors] == [code], [str(f) for f in verified.findings]
    assert not verified.sound
    return errors[0]


def test_a_sample_nothing_finds(cup):
    finding = only(cup, "PATTERN", ("say: [这已经是活动价了,", "say: [就这个数了亲,"))
    assert "就这个数了亲" in finding.message
    assert "`any:`" in finding.fix
    assert cup().file.text.splitlines()[finding.line - 1].strip().startswith("say: [这已经是活动价了")
    assert finding.column == 11


def test_a_sample_its_own_exception_takes_away(cup):
    finding = only(cup, "PATTERN", ("unless: [{re: '(?:不用|不能)备注'}]", "unless: [写进, 不用]"))
    assert "“写进”" in finding.fix


def test_a_lost_negation_is_named_false_with_the_words_that_match(cup):
    finding = only(cup, "FALSE", ("unless: [{re: '(?:不|没)[^,。]{0,4}送'}]\n    say", "say"))
    assert "这款不另外送杯刷" in finding.message
    assert "杯刷|刷子" in finding.fix


def test_a_too_broad_first_reply_blocks_those_behind_it(cup):
    reply = "      - {when: gift, add: {mood: 6}"
    finding = only(cup, "BLOCKED", (reply, "      - {when: any, goto: later}\n" + reply))
    assert finding.message.startswith("price/reply:0 takes whatever is said first")
    assert all(f"reply:{n}" in finding.message for n in (1, 2, 3, 4))


def test_an_over_broad_keyword_hijacks_the_samples_of_the_others(cup):
    broad = ("any: [活动价, 统一价,", "any: [您, 送, 刷, 活动价, 统一价,")
    swapped = (
        "      - {when: gift, add: {mood: 6}",
        "      - {when: hold_price, goto: later}\n      - {when: gift, add: {mood: 6}",
    )
    finding = next(f for f in verify(cup(broad, swapped)).findings if f.code == "HIJACK" and f.severity == "error")
    assert "price/reply:1" in finding.message
    assert "`hold_price`" in finding.message
    assert "3 of its 3 samples" in finding.message


def test_a_sample_that_two_intents_share_is_a_warning_at_the_sample(cup):
    change = ("say: [下单给您送一支杯刷,", "say: [统一价，下单给您送一支杯刷,")
    swapped = (
        "      - {when: gift, add: {mood: 6}",
        "      - {when: hold_price, goto: later}\n      - {when: gift, add: {mood: 6}",
    )
    verified = verify(cup(change, swapped))
    (finding,) = [f for f in verified.findings if f.code == "HIJACK"]
    assert finding.severity == "warning"
    assert "统一价，下单" in finding.message
    assert verified.sound


SHARED = ("    say: [下单给您送一支杯刷,", "    say: [统一价，下单给您送一支杯刷,")
THIEF = "      - {when: hold_price, goto: later}"
SWAPPED = ("      - {when: gift, add: {mood: 6}", f"{THIEF}\n      - {{when: gift, add: {{mood: 6}}")


def weighed(subject):
    return [(f.severity, f.code) for f in verify(subject).findings]


def commented(change, comment):
    """The change with a comment on the line of what it puts in place, or on the line above."""
    old, new = change
    if comment.startswith("above "):
        return old, f"    # {comment.removeprefix('above ')}\n{new}"
    first, *others = new.split("\n")
    return old, "\n".join([f"{first}  # {comment}", *others])


@pytest.mark.parametrize("comment", ["lint: allow HIJACK", "above lint: allow HIJACK", "lint: allow HIJACK 有意这样"])
def test_a_comment_allows_what_a_reply_takes_first(cup, comment):
    assert weighed(cup(SHARED, commented(SWAPPED, comment))) == []


def test_a_comment_at_the_sample_allows_it_too(cup):
    below = ("    not: [这款不另外送杯刷, 送货上门]", "    # lint: allow HIJACK\n    not: [这款不另外送杯刷, 送货上门]")
    assert weighed(cup(commented(SHARED, "above lint: allow HIJACK"), SWAPPED)) == []
    assert weighed(cup(SHARED, SWAPPED, below)) == [("warning", "HIJACK"), ("note", "KS262")]


def test_what_a_fragment_brings_is_allowed_where_it_is_taken_in(cup):
    gift = "      - {when: gift, add: {mood: 6}"
    waits = (gift, f"      - {{when: deflect, goto: later}}\n{gift}")
    use = ("start: open\n", "use: words-own\nstart: open\n")
    found = verify(cup(waits, use)).findings
    assert {(f.severity, f.code) for f in found} == {("warning", "BLOCKED")}
    assert all("words-complaint.yaml" in f.message and f.file == "cup.yaml" for f in found)
    assert weighed(cup(waits, commented(use, "lint: allow BLOCKED"))) == []


def test_a_comment_for_another_code_allows_nothing(cup):
    found = verify(cup(SHARED, commented(SWAPPED, "lint: allow BLOCKED"))).findings
    assert [(f.severity, f.code) for f in found] == [("note", "KS262"), ("warning", "HIJACK")]
    assert "BLOCKED" in found[0].message


def test_what_takes_most_samples_or_all_replies_cannot_be_allowed(cup):
    broad = ("    any: [活动价, 统一价,", "    any: [您, 送, 刷, 活动价, 统一价,")
    assert ("error", "HIJACK") in weighed(cup(broad, commented(SWAPPED, "lint: allow HIJACK")))
    gift = "      - {when: gift, add: {mood: 6}"
    first = (gift, f"      - {{when: any, goto: later}}\n{gift}")
    assert ("error", "BLOCKED") in weighed(cup(commented(first, "lint: allow BLOCKED")))


def test_a_warning_names_the_line_of_the_reply_that_takes_the_sample(cup):
    subject = cup(SHARED, SWAPPED)
    (finding,) = verify(subject).findings
    assert f"(line {subject.file.text.split(chr(10)).index(THIEF) + 1})" in finding.message


def test_a_reply_that_waits_for_two_things_is_tried_with_both(cup):
    both = "      - {when: [gift, hold_price], goto: pay}\n"
    reply = "      - {when: gift, add: {mood: 6}"
    assert verify(cup((reply, both + reply))).sound
    behind = "      - {when: 告别, goto: later}\n"
    finding = only(cup, "BLOCKED", (behind, behind + both))
    assert "price/reply:0 takes" in finding.message
    assert "reply:3 (`gift hold_price`)" in finding.message


def test_an_over_broad_keyword_hijacks_by_a_reply_that_waits_for_both(cup):
    broad = ("any: [{re: '送(?:您|你)?", "any: [活动价, 统一, 权限, {re: '送(?:您|你)?")
    reply = "      - {when: gift, add: {mood: 6}"
    both = (reply, "      - {when: [谈判, gift, hold_price], goto: bye}\n" + reply)
    single = ("{when: hold_price or 谈判,", "{when: hold_price,")
    finding = next(f for f in verify(cup(broad, both, single)).findings if f.severity == "error")
    assert finding.code == "HIJACK"
    assert "reply:0" in finding.message
    assert "make `gift` narrower" in finding.fix
    assert "unless" not in finding.fix


def test_a_conditional_reply_in_front_does_not_block(cup):
    reply = "      - {when: gift, add: {mood: 6}"
    assert verify(cup((reply, "      - {when: any, once: true}\n" + reply))).sound
    assert verify(cup((reply, "      - {when: any, if: {mood: '< 20'}}\n" + reply))).sound


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("您放心，这款一整天都是烫的，推荐您选它。", "wrong answer"),
        ("自己看详情页，上面写着呢", "marked down"),
        ("嗯嗯好呀", "none of its steps"),
    ],
)
def test_a_model_answer_that_is_none(cup, answer, said):
    old = "明白，您是怕放学时水凉了。给您推荐这款450毫升的：316不锈钢，保温6小时，早上七点灌，下午一点喝还是热的。"
    findings = [f for f in verify(cup((old, answer))).findings if f.code == "MODEL"]
    messages = [f.message for f in findings]
    assert all("; how it is heard: kefu-sim explain " in f.fix and " --at cup/" in f.fix for f in findings)
    assert any(said in message for message in messages), messages


ANSWER = "您放心，这款能保温6小时，早上灌的水放学还是温热的，推荐您选它。"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("您放心，这款用起来很不错的，推荐您选它。", True),
        ("不好意思，让您担心了，推荐您选这款。", True),
        ("请问您早上几点灌水，放学是几点呢？推荐您选这款。", False),
        ("您稍等，我查一下马上告诉您。", False),
        (ANSWER, False),
    ],
)
def test_a_model_answer_answers_what_is_asked_or_asks_first(cup, answer, told):
    found = [f for f in verify(cup((ANSWER, answer))).findings if "answers nothing" in f.message]
    assert [(f.code, f.severity) for f in found] == [("MODEL", "warning")] * told
    assert all("(hours)" in f.message for f in found)


NOTICE = (
    "notices: {new: {text: 换新款, WHEN, facts: {hours: {about: 保温, right: 8小时, wrong: 6小时, answer: 8小时}}}}\n"
)


@pytest.mark.parametrize(
    ("when", "answer", "told"),
    [
        ("node: open", "8小时", []),
        ("node: doubt", "8小时", []),
        ("node: doubt", "6小时", ["gives a wrong answer", "answers nothing"]),
        ("node: pay", "6小时", []),
        ("node: pay", "8小时", ["answers nothing"]),
        ("at: 60", "8小时", []),
        ("at: 60", "6小时", []),
    ],
)
def test_a_model_answer_is_held_to_the_rules_in_force_where_it_stands(cup, when, answer, told):
    changed = ANSWER.replace("6小时", answer)
    story = cup(("nodes:\n  open:", NOTICE.replace("WHEN", when) + "nodes:\n  open:"), (ANSWER, changed))
    pass_line = 1 + next(n for n, line in enumerate(story.file.text.splitlines()) if changed in line)
    messages = [f.message for f in verify(story).findings if f.code == "MODEL" and f.line == pass_line]
    assert [any(part in message for message in messages) for part in told] == [True] * len(told)
    assert bool(messages) == bool(told), messages


def test_words_of_a_fact_that_are_right_and_wrong_at_once(cup):
    finding = only(cup, "FALSE", ("wrong: [一整天, 24小时]", "wrong: [一整天, 保温6小时]"))
    assert "保温6小时" in finding.message


def test_samples_that_only_hold_letter_by_letter_do_not_survive(cup):
    narrow = [
        ("any: [活动价, 统一价, {re: '(?:没有|没)[^,。]{0,4}权限'}]",
         "any: [{re: '^这已经是活动价了$'}, {re: '^店里都是统一价$'}, {re: '^我没有改价的权限$'}]"),
        ("any: [{re: '备注'}]", "any: [{re: '^杯刷给您备注好了$'}, {re: '^已经写进备注了$'}]"),
    ]  # fmt: skip
    finding = only(cup, "SURVIVAL", *narrow)
    assert "这已经是活动价了" in finding.fix


def test_the_same_story_gives_the_same_findings(cup):
    broken = ("any: [{re: '备注'}]", "any: [{re: '^杯刷给您备注好了$'}, {re: '^已经写进备注了$'}]")
    assert verify(cup(broken)) == verify(cup(broken))


def test_a_reply_of_a_fragment_in_the_way_is_given_the_exception_where_it_is_taken_in(cup):
    def heard(rude):
        uses = ("start: open\n", f"use: [words-price, {rude}]\nstart: open\n")
        own = ("always:\n  - {when: rude, goto: gone}\n", "")
        gift = "      - {when: gift, add: {mood: 6}"
        return verify(cup(uses, own, (gift, f"      - {{when: slander, goto: later}}\n{gift}"))).findings

    found = [f for f in heard("{rude-leaves: {goto: gone}}") if "slander" in f.fix]
    assert {(f.code, f.file) for f in found} == {("BLOCKED", "cup.yaml")}
    assert "`{rude-leaves: {…, unless: [apology, slander]}}`" in found[0].fix
    assert not any("slander" in f.fix for f in heard("{rude-leaves: {goto: gone, unless: [apology, slander]}}"))
