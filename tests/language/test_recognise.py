"""The recogniser as a whole: tricky pairs, evidence, context, and what no input may do to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kefu_sim.language.clauses import clauses_of
from kefu_sim.language.decide import LONGEST
from kefu_sim.language.normalise import MAX_CHARACTERS
from kefu_sim.language.recognise import Recogniser
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.rulebook.recogniser import load_recogniser, load_tables

SEE = load_recogniser().recognise
TRICKY = [
    *(
        "您好，在的",
        "您好！！",
        "",
        "~~",
        "请稍等，我查一下物流，马上回您",
        "你有病吧",
        "不买拉倒，别家便宜去别家",
        "。" * 9,
    ),
    *("亲～这款到手149元，打九折，顺丰2到3天到哦😊", "您好亲。" * 120, "\ud800", "hello?", "祝您生活愉快，再见"),
]


def steps(reply, *context):
    return {str(step) for step in SEE(reply, context).steps}


@pytest.mark.parametrize(
    ("reply", "context", "step", "there"),
    [
        ("您好，在的", ["买家：在吗"], "问好", True),
        ("在", ["买家：在吗"], "问好", False),
        ("您好意思开口要吗", ["买家：便宜点"], "问好", False),
        ("请稍等", ["买家：怎么还没到"], "分析", False),
        ("请稍等，我查一下物流", ["买家：怎么还没到"], "分析", True),
        ("请问您平时穿多大码呢", ["买家：这件好看吗"], "提问", True),
        ("您看这样可以吗", ["买家：太贵了"], "提问", False),
        ("还有其他可以帮您的吗", ["买家：好的"], "提问", False),
        ("还有其他可以帮您的吗", ["买家：好的"], "告别", True),
        ("不是跟您说过了吗", ["买家：什么时候发"], "提问", False),
        ("最低就是159了亲", ["买家：最低多少"], "谈判", True),
        ("跟您核对一下，收货地址是滨江路8号张女士，对吗", ["买家：付好了"], "核实", True),
        ("已经帮您备注好了", ["买家：帮我备注发顺丰"], "帮助", True),
        ("您自己去看吧", ["买家：怎么改地址"], "帮助", False),
        ("祝您生活愉快，再见", ["买家：谢谢"], "告别", True),
        ("别家便宜你去别家买啊", [], "谈判", False),
    ],
)
def test_tricky_pairs(reply, context, step, there):
    assert (step in steps(reply, *context)) is there


@pytest.mark.parametrize(
    "reply", ["你有病吧", "您好意思吗", "谢谢不用您教", "不买拉倒", "买不起别买", "说了几遍了还问", "字都不认识吗"]
)
def test_rude_replies_are_called_rude(reply):
    assert SEE(reply, ["买家：能便宜点吗"]).politeness <= -1


@pytest.mark.parametrize(
    "reply",
    [
        "不好意思亲，这款没有货了哦",
        "250克的干洗剂很靠谱呢亲",
        "麻烦您提供一下订单号哦",
        "您别着急，我马上帮您查",
        "滚筒的更省水哦亲",
    ],
)
def test_polite_replies_are_not(reply):
    assert SEE(reply, ["买家：在吗"]).politeness >= 0


def test_politeness_rises_with_courtesy():
    given_ = [
        SEE(r, ["买家：怎么还没到"]).politeness
        for r in ("不知道", "在路上", "在路上了哦亲", "非常抱歉让您久等，我马上帮您催")
    ]
    assert given_ == sorted(given_)
    assert given_[0] < 0 < given_[-1]


@pytest.mark.parametrize(
    ("reply", "category"),
    [
        ("加我微信聊吧", "站外引流"),
        ("V我，薇信同号", "站外引流"),
        ("好评返现5元哦", "好评利诱"),
        ("不归我管", "推诿"),
        ("亲，建议您联系一下飞燕快递哦，我们这边也催不动呢", "推诿"),
        ("买我们家的最划算", "绝对化用语"),
        ("你自己拍错的", "责怪买家"),
        ("保证明天到", "过度承诺"),
        ("我们是全网最低", "绝对化用语"),
        ("电话13812345678", "泄露隐私"),
        ("？？？", "标点情绪"),
    ],
)
def test_a_fault_is_named(reply, category):
    if category == "标点情绪":
        reply = "在吗？？？"
    found = SEE(reply, ["买家：在吗"]).faults
    assert category in {fault.category for fault in found}


@pytest.mark.parametrize(
    ("reply", "category"),
    [
        ("亲我们不能加微信的哦", "站外引流"),
        ("一定帮您跟进", "过度承诺"),
        ("最近比较忙", "绝对化用语"),
        ("我帮您算下怎么拍最划算", "绝对化用语"),
        ("我这就帮您联系一下快递", "推诿"),
        ("给您联系下快递哈", "推诿"),
        ("第一时间给您发出", "绝对化用语"),
        ("嗯嗯，我帮您查", "单字敷衍"),
        ("请您稍等", "命令"),
        ("尾号3721可以吗", "泄露隐私"),
    ],
)
def test_innocent_words_are_no_fault(reply, category):
    assert category not in {fault.category for fault in SEE(reply, ["买家：在吗"]).faults}


@pytest.mark.parametrize(
    ("reply", "context", "previous", "reason"),
    [
        ("您好亲请抱歉感谢您", ["买家：便宜点"], [], "stuffing"),
        ("这款耳机能便宜点吗", ["买家：这款耳机能便宜点吗"], [], "echo"),
        ("您好，这款已经是活动价了哦", ["买家：再少点"], ["您好，这款已经是活动价了呢"], "repeat"),
        ("😊😊", ["买家：在吗"], [], "empty"),
    ],
)
def test_gaming_earns_nothing_and_is_named(reply, context, previous, reason):
    seen = SEE(reply, context, previous=previous)
    assert reason in seen.gaming
    assert seen.steps == ()
    assert all(verdict.decision != "accept" for verdict in seen.verdicts)


def test_short_answers_may_come_again():
    assert SEE("好的亲", ["买家：好"], previous=["好的亲"]).gaming == ()


@pytest.mark.parametrize(
    ("asked", "reply", "label", "words"),
    [
        (
            "送我妈的，60岁",
            "60岁的妈妈正是要好好疼一下的年纪呀，这套是温和保湿的，不黏不油",
            "推荐",
            "这套是温和保湿的",
        ),
        ("他家才69，你家怎么109", "他家写的是涤纶，我们是牛津布；料也不差的", "谈判", "我们是牛津布"),
        (
            "坏了怎么办",
            "后期都可以用这个单号给您查的我已经帮您申请了售后了哦稍后有人联系",
            "帮助",
            "我已经帮您申请了售后了哦",
        ),
    ],
)
def test_evidence_stands_where_the_words_look_like_the_step(asked, reply, label, words):
    """Where goods are named, offered or compared, causes supposed, lists and choices whole."""
    seen = SEE(reply, [f"买家：{asked}"])
    assert [reply[e.start : e.end] for e in seen.evidence if e.label == label] == [words]


@pytest.mark.parametrize(
    ("reply", "label", "words"),
    [
        ("退差价我们不能给您处理哦，小妹帮您提交工单催一下商家", "帮助", "小妹帮您提交工单催一下商家"),
        ("因为要退回仓库重新贴单，会晚一天，我帮您备注加急了", "帮助", "我帮您备注加急了"),
        ("因为仓库漏扫了，所以物流一直没更新", "分析", "因为仓库漏扫了"),
        ("这边显示昨天就签收了，是不是家里人代收了？", "分析", "这边显示昨天就签收了"),
        ("尺码不合适的话，我给您换大一码", "帮助", "我给您换大一码"),
        ("这一单点申请售后就可以，其他的因为超过30天了不能给您修改了哦", "帮助", "这一单点申请售后就可以"),
        ("拧不紧是垫圈老化了，您把底座松开重新装一遍，记得对准卡口", "分析", "拧不紧是垫圈老化了"),
    ],
)
def test_evidence_stands_where_the_step_is_done(reply, label, words):
    """Not where words of its rules are refused, given as a reason, asked or only supposed."""
    seen = SEE(reply, ["买家：东西用不了，怎么弄"])
    assert {reply[e.start : e.end] for e in seen.evidence if e.label == label} == {words}


def test_long_words_without_marks_are_shown_in_part():
    reply = "真是不好意思让您跑了一趟了呢这边马上安排快递员明天上午去您家里取回麻烦您把箱子封好放门口"
    seen = SEE(reply, ["买家：东西太大我退不了"])
    [words] = [reply[e.start : e.end] for e in seen.evidence if e.label == "帮助"]
    assert words.startswith("这边马上安排快递员")
    assert len(words) <= LONGEST


def test_long_words_are_never_cut_within_a_mask():
    reply = load_normaliser()("换地址以后配送时间要往后延迟[数字x]到[数字x]天才能送到您那里的呢")
    clauses = [reply.text[start:end] for start, end in clauses_of(reply)]
    assert "".join(clauses) == reply.text
    assert len(clauses) > 1
    assert all(clause.count("[") == clause.count("]") for clause in clauses)


def test_evidence_shows_the_words_as_typed():
    reply = "親，這款已經是活動價了哦～給您包郵"
    shown = {reply[e.start : e.end] for e in SEE(reply, ["买家：便宜点"]).evidence if e.label == "谈判"}
    assert shown & {"這款已經是活動價了哦", "給您包郵"}


def test_every_accepted_label_has_evidence():
    for reply in (
        "6升的就够用啦",
        "在排单，明天出",
        "要不您换个L码的",
        "您好，麻烦发下订单号，我查一下",
        "你自己没看详情",
    ):
        seen = SEE(reply, ["买家：买4升的还是6升的"])
        assert {*map(str, seen.steps), *seen.issues} <= {e.label for e in seen.evidence}


def test_rules_alone_work_without_weights():
    seen = Recogniser(load_tables()).recognise("您好，在的", ["买家：在吗"])
    assert [str(step) for step in seen.steps] == ["问好"]


HARMLESS = [
    lambda s: s + "~",
    lambda s: s + "😊",
    lambda s: s + "[微笑]",
    lambda s: " " + s + "  ",
    lambda s: s.rstrip("。.!！~"),
    lambda s: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in s),
]


@pytest.mark.parametrize("rewrite", HARMLESS)
@pytest.mark.parametrize(
    "reply",
    ["您好，请问有什么可以帮您？", "这款159包邮，送您收纳盒。", "帮您查了，昨天已经发出了！", "祝您生活愉快，再见~"],
)
def test_harmless_rewritings_keep_the_steps(reply, rewrite):
    assert steps(rewrite(reply), "买家：在吗") == steps(reply, "买家：在吗")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.lists(st.text(max_size=30), max_size=3))
def test_nothing_crashes_and_ranges_stay_inside(reply, context):
    seen = SEE(reply, context, previous=context)
    for e in (*seen.evidence, *seen.faults, *seen.amounts):
        assert 0 <= e.start < e.end <= len(reply)
    assert -2 <= seen.politeness <= 2
    assert len(seen.verdicts) == 8


@pytest.mark.parametrize("piece", ["好", "您好，", "便宜10块", "给您", "?", "a", "[", "不", "😊", "1", "自己"])
def test_of_a_huge_reply_the_beginning_is_read(piece):
    huge, before = piece * (1_000_000 // len(piece)), piece * 100_000
    beginning = SEE(huge[:MAX_CHARACTERS], [f"买家：{before}"], previous=[before])
    assert SEE(huge, [f"买家：{before}"], previous=[before]) == beginning


@pytest.mark.parametrize(
    "reply", ["不加微信", "微信我们不加，红包也不收，在平台上说才有保障", "红包我不能收，微信也不加：都在平台上说"]
)
def test_declining_to_leave_the_platform_is_no_issue_in_any_order_of_words(reply):
    assert "offplatform" not in SEE(reply, ["买家：加个微信吧"]).issues


@pytest.mark.parametrize("reply", ["不加微信怎么给您便宜呀，您加下我", "这里不方便说，加微信聊吧"])
def test_a_refusal_in_form_only_is_still_an_issue(reply):
    assert "offplatform" in SEE(reply, ["买家：便宜点呗"]).issues


def test_a_reply_asked_about_again_is_understood_by_what_was_said_before():
    seen = Recogniser(load_tables(), None)
    reply, context = "您好亲，这款现在拍下今天就能发货的哦", ["买家：什么时候发"]
    first = seen.recognise(reply, context)
    assert first.steps
    assert not first.gaming
    again = seen.recognise(reply, context, previous=[reply])
    assert again.gaming == ("repeat",)
    assert not again.steps
    assert not {e.label for e in again.evidence} & set(map(str, first.steps))
    assert seen.recognise(reply, context) == first == seen.study(reply, context).recognition


def test_replies_read_ahead_are_understood_as_one_by_one():
    together, alone = (Recogniser(load_tables(), SEE.__self__._model) for _ in range(2))
    asked = [(reply, context) for reply in TRICKY for context in ([], ["买家：在吗", "客服：您好", "买家：多少钱"])]
    together.ahead(asked)
    for reply, context in asked:
        one, other = together.recognise(reply, context), alone.recognise(reply, context)
        assert replace(one, verdicts=()) == replace(other, verdicts=())
        assert [v.decision for v in one.verdicts] == [v.decision for v in other.verdicts]
        assert [v.score for v in one.verdicts] == pytest.approx([v.score for v in other.verdicts], abs=1e-5)
