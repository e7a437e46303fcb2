"""What a score is: the sum of its rows, fair to the good, hard on the rude, blind to what gave no occasion."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kefu_sim.engine import events as ev
from kefu_sim.language.verdict import STEPS, Evidence, Fault, Recognition, Step
from kefu_sim.rulebook.flows import load_flows
from kefu_sim.rulebook.recogniser import load_recogniser
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.scenario.model import Scenario
from kefu_sim.scoring.coaching import coach
from kefu_sim.scoring.ledger import DIMENSIONS
from kefu_sim.scoring.names import RULES
from kefu_sim.scoring.scene import Story
from kefu_sim.scoring.score import Case, pick_flow, score
from kefu_sim.scoring.score import total as total_of
from kefu_sim.scoring.transcript import Turn, from_events, unread
from kefu_sim.words import rule_title

from .conftest import GOOD, LAZY, RUDE, agent, buyer

CATEGORIES = [("单字敷衍", "M"), ("推诿", "S"), ("过度承诺", "S"), ("站外引流", "F")]


@st.composite
def chats(draw):
    t, turns = 0.0, []
    for _ in range(draw(st.integers(0, 14))):
        t += draw(st.floats(0, 400))
        text = draw(
            st.sampled_from(["在吗", "能便宜吗", "拍了", "算了", "好的", "您好，请问您要哪款？", "嗯", "😊", "{x}"])
        )
        if draw(st.booleans()):
            turns.append(buyer(t, text))
            continue
        steps = draw(st.lists(st.sampled_from(STEPS), max_size=3, unique=True))
        faults = draw(st.lists(st.sampled_from(CATEGORIES), max_size=2, unique=True))
        found = Recognition(
            steps=tuple(steps),
            politeness=draw(st.integers(-2, 2)),
            faults=tuple(Fault(c, s, 0, len(text)) for c, s in faults),
            gaming=tuple(draw(st.lists(st.just("repeat"), max_size=1))),
        )
        turns.append(Turn("agent", t, text, recognition=found))
    return tuple(turns)


@settings(max_examples=150, deadline=None)
@given(chats())
def test_the_total_is_the_sum_of_the_rows(turns):
    rubric, case = load_rubric(), Case(turns)
    flow = pick_flow(case, rubric, load_flows())
    got = score(case, rubric, flow)
    assert got.total == total_of(case, rubric, flow)
    assert round(sum(row.points for row in got.ledger), 2) == got.total
    assert 0 <= got.total <= 100
    for name in DIMENSIONS:
        rows = [row for row in got.ledger if row.dimension == name]
        assert got.dimensions[name].points == pytest.approx(sum(row.points for row in rows), abs=0.005)
        assert 0 <= got.dimensions[name].points <= got.dimensions[name].max + 0.005
    for row in got.ledger:
        assert row.reason.zh
        assert row.reason.en
        if row.span:
            assert row.turn is not None
            assert 0 <= row.span[0] <= row.span[1] <= len(turns[row.turn].text)
    coach(case, got, load_rubric())


def test_a_good_reception_scores_above_85(total):
    got = total(GOOD)
    assert got.total >= 85
    assert set(got.steps.values()) == {"done"}


def test_a_lazy_reception_stays_under_60(total):
    assert total(LAZY).total < 60


def test_a_rude_reception_fails(total):
    assert total(RUDE).total < 40


def test_a_silent_trainee_gets_next_to_nothing(total):
    assert total([turn for turn in GOOD if turn.role == "buyer"]).total <= 10


def test_stuffing_keywords_earns_nothing(total):
    words = "您好亲请抱歉感谢推荐优惠核对再见"
    turns = [
        agent(turn.t, words, "问好 提问 推荐 谈判 核实 告别", 2, gaming=["stuffing"]) if turn.role == "agent" else turn
        for turn in GOOD
    ]
    assert total(turns).total <= 40


def test_leaving_early_keeps_what_was_earned_and_no_more(total):
    early = total(GOOD[:2])
    assert 0 < early.total < total(GOOD).total
    assert early.steps[Step.FAREWELL] == "missing"


def test_a_red_line_voids_the_whole_chat(total):
    wechat = agent(50, "加我微信，便宜20给您", "谈判", 1, faults=[("站外引流", "F")])
    got = total((*GOOD[:5], wechat, *GOOD[6:]))
    assert got.total == 0
    assert got.caps == ("void",)


def test_a_compliance_fault_caps_at_65(total):
    promise = agent(
        50, "您放心，绝对是全网最低，保证用十年不坏，领券再减10元", "谈判 帮助", 1, faults=[("绝对化用语", "S")]
    )
    got = total((*GOOD[:5], promise, *GOOD[6:]))
    assert got.total == 65
    assert got.caps == ("cap",)


def test_a_compliance_fault_is_told_also_where_the_total_is_below_its_cap(total, rubric):
    lie = agent(55, "都行，全网最低", "推荐", 0, faults=[("绝对化用语", "S")])
    turns = (*LAZY[:3], lie, *LAZY[4:])
    got = total(turns)
    told = next(row for row in got.ledger if row.rule == "fault.cap")
    assert (told.points, told.turn, got.caps) == (0, 3, ())
    assert "没有另外扣分" in told.reason.zh
    assert told.better.zh
    coaching = coach(Case(turns), got, rubric)
    assert coaching.replies[1].why == told.reason
    assert "绝对化用语" in coaching.stop.zh


def test_faults_of_attitude_take_ten_each_and_minor_ones_three(total):
    sharp = agent(50, "您自己没看详情吧，领券减10元就行", "谈判 帮助", 0, faults=[("责怪买家", "S"), ("命令", "M")])
    points = {row.rule: row.points for row in total((*GOOD[:5], sharp, *GOOD[6:])).ledger}
    assert (points["fault.attitude"], points["fault.minor"]) == (-10, -3)


def test_minor_faults_take_fifteen_at_most(total):
    turns = [
        turn._replace(
            recognition=replace(turn.recognition, faults=(Fault("称呼不当", "M", 0, 1), Fault("命令", "M", 0, 1)))
        )
        if turn.role == "agent"
        else turn
        for turn in GOOD
    ]
    assert sum(row.points for row in total(turns).ledger if row.rule == "fault.minor") == -15


def test_one_rude_reply_keeps_the_total_from_passing(total):
    rude = agent(50, "嫌贵就别买，领券减10元", "谈判 帮助", -2)
    assert total((*GOOD[:5], rude, *GOOD[6:])).total < 60


def test_what_gave_no_occasion_leaves_the_denominator(total):
    chat = (buyer(0, "你好"), agent(6, "您好，欢迎光临，请问您想看点什么呢？", "问好 提问"))
    got = total(chat)
    assert got.steps[Step.NEGOTIATE] == got.steps[Step.VERIFY] == "not_judged"
    assert got.dimensions["accuracy"].max == 0
    assert any(row.rule == "scale" for row in got.ledger)


def test_a_step_out_of_order_is_late_and_still_worth_something(total):
    turns = (
        buyer(0, "想买个包"),
        agent(5, "您好，推荐您看看这款18升的双肩包，又轻又能装", "问好 推荐"),
        buyer(15, "哦"),
        agent(25, "请问您平时是通勤背还是旅行背呢？", "提问"),
    )
    got = total(turns)
    late = next(row for row in got.ledger if row.rule == "step.late")
    assert "late" in {got.steps[Step.ASK], got.steps[Step.RECOMMEND]}
    assert 0 < late.points < late.of
    assert "次序" in late.reason.zh
    assert "话不用改" in late.better.zh


def test_slow_replies_cost_and_thanking_for_the_wait_gives_half_back(total):
    def points(text):
        return total((buyer(0, "有货吗"), agent(120, text, "问好"))).dimensions["speed"].points

    assert points("感谢您的耐心等待，这款有货的") > points("您好，这款目前是有货的哦") > 0


def test_speed_saturates(total):
    fast, faster = ((buyer(0, "有货吗"), agent(t, "您好，这款有货的", "问好")) for t in (9, 2))
    assert total(fast).dimensions["speed"] == total(faster).dimensions["speed"]


def test_a_mere_thank_you_left_unanswered_is_no_slow_reply(total):
    assert total((*GOOD, buyer(95, "好的谢谢"))).dimensions["speed"] == total(GOOD).dimensions["speed"]


def test_polite_words_that_miss_the_question_are_hollow(total):
    chat = (
        buyer(0, "床垫味道很大"),
        agent(3, "亲亲您好，很高兴为您服务，请问有什么可以帮您的呢", "问好", 2),
        buyer(10, "我已经说了，味道很大"),
        agent(13, "亲，本店都是正品，请您放心选购哦"),
    )
    assert "tone.hollow" in {row.rule for row in total(chat).ledger}


def test_a_reply_that_nearly_does_a_step_costs_nothing_when_the_buyer_first_asks_back(total):
    def chat(**more):
        return (
            buyer(0, "有什么推荐的吗"),
            agent(3, "这款戴着不累，一天充一次就够", "", 0, **more),
            buyer(10, "没看懂，您是说哪款"),
        )

    nothing, first, again = (
        total(chat(unclear=True)),
        total(chat(unclear=True, nearly="推荐")),
        total(chat(unclear=True, nearly="推荐", again=True)),
    )
    assert first.total == total(chat(nearly="推荐")).total
    assert first.total > nothing.total == again.total
    assert "tone.lost" in {row.rule for row in again.ledger}


def test_the_buyer_asks_back_again_until_something_is_understood_or_the_story_goes_on():
    def again(*choices):
        log = [ev.Entered(0, "open", "start")]
        for at, choice in enumerate(choices, 1):
            log += [ev.AgentSent(at, "戴着不累", 0, 0, 0), ev.Reacted(at, choice.removesuffix(" on"))]
            log += [ev.Entered(at, "price", choice)] * choice.endswith(" on")
        return [turn.again for turn in from_events(log, unread) if turn.unclear]

    assert again("unclear") == [False]
    assert again("unclear", "unclear", "unclear") == [False, True, True]
    assert again("unclear", "reply:0", "unclear") == [False, False]
    assert again("unclear", "unclear on", "unclear") == [False, True, False]


def test_a_missing_step_names_the_reply_that_came_nearest(total):
    def missing(*turns):
        got = total((buyer(0, "有什么推荐的吗"), *turns))
        return got.total, next(r for r in got.ledger if r.rule == "step.missing" and r.topic.zh == "推荐")

    plain = (agent(3, "在的"), agent(9, "这款戴着不累，一天充一次"))
    near = (agent(3, "在的"), agent(9, "这款戴着不累，一天充一次", nearly="推荐"))
    (before, far), (after, close) = missing(*plain), missing(*near)
    assert (before, far.points, far.of, far.turn) == (after, close.points, close.of, close.turn)
    assert far.reason.zh == "该做“推荐”而没有做"
    assert close.reason.zh == "该做“推荐”而没有做；第 3 条有点像“推荐”，说清楚就算"
    assert "message 3 comes near it" in close.reason.en
    echoed = missing(agent(3, "有什么推荐的吗", nearly="推荐", gaming=["echo"]))[1]
    assert echoed.reason == far.reason


def test_what_a_buyer_makes_nothing_of_is_no_plain_speech(total):
    def chat(unclear, steps=""):
        return (
            buyer(0, "床垫味道很大"),
            agent(3, "床前明月光，疑是地上霜", steps, 0, unclear=unclear),
            buyer(10, "啥意思 问你味道呢"),
            agent(13, "举头望明月，低头思故乡", steps, 0, unclear=unclear),
        )

    lost, plain, answered = (
        total(chat(unclear=True)),
        total(chat(unclear=False)),
        total(chat(unclear=True, steps="分析")),
    )
    assert [row.points for row in lost.ledger if row.rule == "tone.lost"] == [0, 0]
    assert next(row for row in lost.ledger if row.rule == "flow.answer").points == 0
    assert lost.total < plain.total
    assert "tone.lost" not in {row.rule for row in answered.ledger}  # the buyer waited for something else


def test_complaints_are_scored_by_their_own_flow(rubric):
    case = Case((buyer(0, "收到的杯子碎了"), agent(8, "您好，实在抱歉，我来给您处理", "问好", 2)))
    flow = pick_flow(case, rubric, load_flows())
    assert flow.complaint
    got = score(case, rubric, flow)
    assert {mark.id: mark.status for mark in got.marks}["empathise"] == "done"
    assert got.steps[Step.GREET] == "done"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("我马上帮您查一下这单到底卡在哪儿，您稍等", False),
        ("我帮看下记录，看看是怎么回事，马上回您", False),
        ("查到了，包裹卡在江口中转站，那边积压了两天", True),
        ("看了照片，箱角压瘪，是我们打包没有垫好，我再去查是谁打的", True),
    ],
)
def test_a_look_that_is_promised_is_half_of_finding_the_cause(rubric, said, found):
    chat = (buyer(0, "收到的杯子碎了"), agent(8, said, "分析"))
    ledger = score(Case(chat), rubric, load_flows()["complaint"]).ledger
    row = next(row for row in ledger if row.topic.zh == "查明原因")
    assert (row.rule == "step.done") is found
    assert (row.rule == "step.announced") is not found
    assert row.points > 0.8 * row.of if found else 0 < row.points <= row.of / 2


def test_words_that_hurt_are_shown_before_marks_and_habits(total):
    text = "你看！！！自己翻详情页去"
    faults = (Fault("标点情绪", "M", 2, 5), Fault("称呼不当", "M", 0, 2), Fault("推诿", "S", 5, 12, "dismissive"))
    said = Turn("agent", 5, text, recognition=Recognition(politeness=-1, faults=faults))
    row = next(row for row in total((buyer(0, "怎么洗"), said)).ledger if row.rule == "tone.curt")
    assert row.span == (5, 12)


def test_the_data_has_the_shape_of_the_contract(total):
    data = total(GOOD).to_data("en")
    assert list(data) == ["total", "dimensions", "steps", "metrics", "ledger"]
    assert list(data["dimensions"]) == list(DIMENSIONS)
    assert list(data["steps"]) == [step.value for step in STEPS]
    assert all(set(row) >= {"turn", "rule", "points", "span", "reason", "better"} for row in data["ledger"])


def test_rows_that_lost_points_say_how_to_do_better(total):
    lost = [row for row in total(LAZY).ledger if row.of and row.points <= row.of - 0.1]
    assert lost
    assert all(row.better.zh and row.better.en for row in lost)


def test_coaching_says_what_to_keep_start_and_stop(total):
    got = coach(Case(LAZY), total(LAZY), load_rubric())
    assert [advice.said for advice in got.replies] == ["在", "都行", "不讲价", "直接拍"]
    assert all(advice.better.zh and advice.why.zh for advice in got.replies)
    assert got.start.zh.startswith("把接待带到好的结果 → ")
    assert got.stop.zh.startswith("单字敷衍（“在”） → ")


@pytest.mark.parametrize(
    ("replies", "words"),
    [
        (0, "没有一句有内容的回复，谈不上语气"),
        (1, "语气干净：没有敷衍、责怪、回绝、“你”开头或连串标点；有内容的只有 1 句，按 4 句平均"),
        (4, "语气干净：没有敷衍、责怪、回绝、“你”开头或连串标点"),
        (-1, "1 句里有 1 句敷衍、责怪、回绝、违规、“你”开头或连串标点；有内容的只有 1 句，按 4 句平均"),
    ],
)
def test_sentences_fit_none_one_and_many(total, replies, words):
    turns = [buyer(0, "在吗"), *(agent(5 + n, f"您好，第{n}款这就给您看看") for n in range(abs(replies)))]
    if replies < 0:
        turns[-1] = agent(5, "你自己看吧！！", politeness=-1)
    row = next(row for row in total(turns).ledger if row.rule == "form.clean")
    assert row.reason.zh == words


def test_every_rule_that_can_be_advised_names_a_habit():
    unnamed = [name for name, text in load_rubric().rules.items() if not (text.habit.zh and text.habit.en)]
    assert set(unnamed) <= {"flow.floor", "politeness.floor", "bonus.close", "bonus.kindness", "scale", "clip"}


def test_saying_ni_throughout_is_one_habit(total):
    """Domain D.2 gives all of address 4 of the 20 points of politeness; it must not sink a kind, complete reception."""
    blunt = [turn._replace(text=turn.text.replace("您", "你")) for turn in GOOD]
    habit = (Fault("称呼不当", "M", 0, 1),)
    blunt = [
        turn if turn.role == "buyer" else turn._replace(recognition=replace(turn.recognition, faults=habit))
        for turn in blunt
    ]
    got = total(blunt)
    assert [row.points for row in got.ledger if row.rule == "fault.minor"] == [-3]
    assert next(row for row in got.ledger if row.rule == "form.clean").lost == 0
    assert 1 < total(GOOD).total - got.total < 5


def test_a_wrong_sum_is_told_with_the_right_one_and_charged_once(total):
    text = "谢谢您喜欢，159减10就是139，再送您一个收纳袋好吗？"
    wrong = (Fault("算错账", "M", 6, 16, right="159−10=149"),)
    turns = [
        turn._replace(text=text, recognition=replace(turn.recognition, faults=wrong))
        if "收纳袋好吗" in turn.text
        else turn
        for turn in GOOD
    ]
    rows = {row.rule: row for row in total(turns).ledger}
    assert rows["fault.minor"].points == -3
    assert rows["fault.minor"].better.zh == "应该是 159−10=149"
    assert rows["form.clean"].lost == 0


@pytest.mark.parametrize("reply", ["謝謝您", "謝😊謝您", "谢🌸谢", "xiexie"])
def test_courtesy_is_heard_in_any_spelling(rubric, reply):
    assert "thanks" in rubric.agent_says(load_recogniser().recognise(reply).said(reply))
    assert "thanks" not in rubric.agent_says("稍等🌸马上")


def test_a_copied_rubric_remembers_nothing_of_the_old_one(rubric):
    text = "谢谢您的信任"
    assert "thanks" in rubric.agent_says(text)
    other = rubric.model_copy(update={"agent_cues": {**rubric.agent_cues, "thanks": re.compile("多谢")}})
    assert "thanks" not in other.agent_says(text)


def test_remembered_words_are_told_apart_as_they_are_written(rubric):
    said = [rubric.row("rude.cap", -1, most=most).reason.en.removeprefix("Rude to the buyer: ") for most in (40, 40.0)]
    assert said == ["the total stays within 40", "the total stays within 40.0"]


NEVER_LOST = {
    "note.done",
    "promise.kept",
    "consent.yes",
    "need.found",
    "bonus.close",
    "bonus.kindness",
    "scale",
    "clip",
}


@pytest.mark.parametrize("rule", sorted(set(RULES) - NEVER_LOST - {"flow.floor", "politeness.floor"}))
def test_every_rule_points_can_be_lost_by_has_a_name_for_trainees(rule):
    assert rule_title(rule, "核实") != rule


def test_a_better_wording_comes_from_where_the_buyer_has_been(total, rubric, eight_step):
    nodes = {
        name: {"steps": step, "model": {"pass": f"{name}的话", "excellent": "更好的话", "why": "因为"}, "end": "lost"}
        for name, step in {"hall": "问好", "price": "谈判", "never": "帮助", "detour": "核实", "road": "核实"}.items()
    }
    story = {"schema": 1, "id": "shop", "title": "店", "shop": {"name": "小店"}, "persona": "calm", "start": "hall"}
    good = {"name": "好", "turns": [{"wait": 1, "say": "您好"}], "expect": {"path": ["hall", "road"]}}
    scenario = Scenario.model_validate({**story, "nodes": nodes, "tests": [good]})
    turns = (
        buyer(0, "在吗 能便宜不"),
        agent(5, "不讲价，自己领券", "谈判 帮助", -1),
        buyer(9, "哦"),
    )
    walked = Story(scenario, visited=("hall", "price"), outcome="lost", node_at=("price", "price", "price"))
    rows = score(Case(turns, walked), rubric, eight_step).ledger
    better = {row.topic.zh: row.better.zh for row in rows if row.rule.startswith("step.")}
    assert better["谈判"] == "price的话"
    assert "never" not in better["帮助"]  # done in passing: the words of a moment that never came do not fit it
    assert better["问好"] == "hall的话"
    assert better["核实"] == "road的话"  # left out: as the first test of the story does it


@pytest.mark.parametrize(
    ("said", "kind"), [("小朋友生日，我帮您盯着发货", True), ("您好，是生日宴还是朋友聚会呢？", False)]
)
def test_a_question_is_no_kindness(total, said, kind):
    turns = (*GOOD[:1], agent(20, said, "问好 提问", 2), *GOOD[2:9])
    assert ("bonus.kindness" in {row.rule for row in total(turns).ledger}) == kind


def test_a_buyer_who_was_lost_holds_the_total_down(rubric, eight_step):
    nodes = {"hall": {"buyer": "在吗", "end": "lost"}}
    story = {"schema": 1, "id": "shop", "title": "店", "shop": {"name": "小店"}, "persona": "calm", "start": "hall"}
    scenario = Scenario.model_validate({**story, "nodes": nodes})
    walked = Story(scenario, visited=("hall",), outcome="lost", node_at=("hall",) * len(GOOD))
    lost = score(Case(GOOD, walked), rubric, eight_step)
    assert lost.total == rubric.redlines.lost_cap
    (row,) = [row for row in lost.ledger if row.rule == "lost.cap"]
    assert row.turn is None
    assert row.points < 0
    kept = score(Case(GOOD, replace(walked, outcome="later")), rubric, eight_step)
    assert "lost.cap" not in {row.rule for row in kept.ledger}
    assert kept.total > rubric.redlines.lost_cap
    few = score(Case(LAZY, replace(walked, node_at=("hall",) * len(LAZY))), rubric, eight_step)
    assert "lost.cap" not in {row.rule for row in few.ledger}  # the outcome tells it already


ASKING = {
    "schema": 1, "id": "shop", "title": "店", "shop": {"name": "小店"}, "persona": "calm", "start": "hall",
    "facts": {"price": {"about": "多少钱", "right": ["149"], "answer": "149元"}},
    "nodes": {"hall": {"buyer": "多少钱", "asks": "price", "end": "later"}},
}  # fmt: skip


def asking(*replies):
    scenario = Scenario.model_validate(ASKING)
    turns = [buyer(0, "在吗"), agent(4, "您好，在的", "问好", 1)]
    for n, reply in enumerate(replies):
        turns += [buyer(10 * n + 8, "多少钱呢"), replace_t(reply, 10 * n + 12)]
    walked = Story(scenario, visited=("hall",), outcome="later", node_at=("hall",) * len(turns))
    return Case(tuple(turns), walked)


def replace_t(turn, t):
    return turn._replace(t=float(t))


def rows_of(case, rubric, flow):
    return {(row.rule, row.turn): row for row in score(case, rubric, flow).ledger}


def test_courtesy_alone_answers_no_question(rubric, eight_step):
    polite = agent(0, "感谢您的支持，祝您生活愉快", "告别", 2)
    thanked = polite._replace(recognition=replace(polite.recognition, intents=("thanks",)))
    found = rows_of(asking(thanked, thanked), rubric, eight_step)
    assert found["tone.hollow", 3].points < 1
    told = agent(0, "感谢您的支持，149元", "谈判", 2)
    answer = told._replace(recognition=replace(told.recognition, intents=("thanks", "fact.price.right")))
    found = rows_of(asking(answer, thanked), rubric, eight_step)
    assert ("tone.warm", 3) in found
    assert ("tone.warm", 5) in found  # nothing is open any more


def test_an_answer_within_a_wrong_sum_is_none(rubric, eight_step):
    told = agent(0, "159减10等于149", "谈判", 1)
    right = replace(told.recognition, intents=("fact.price.right",), evidence=(Evidence("fact.price.right", 7, 10),))
    wrong = replace(right, faults=(Fault("算错账", "M", 0, 10, right="159−10=149"),))
    said = {
        name: rows_of(asking(told._replace(recognition=seen)), rubric, eight_step)
        for name, seen in (("right", right), ("wrong", wrong))
    }
    assert ("fact.right", 3) in said["right"]
    assert ("fact.unanswered", 2) in said["wrong"] or ("fact.unanswered", 0) in said["wrong"]


@pytest.mark.parametrize(
    ("typed", "voids"),
    [("改到南湖区五栋302室，139 1234 5678", False), ("改到南湖区5栋303室", True), ("帮我查下她的地址", True)],
)
def test_an_address_that_the_buyer_typed_is_no_secret(total, typed, voids):
    said = "收到，5栋302室，给您改好了"
    back = Turn("agent", 20, said, recognition=Recognition(faults=(Fault("泄露隐私", "F", 3, 9),)))
    got = total((buyer(0, "在吗"), agent(5, "您好", "问好"), buyer(10, typed), back))
    assert any(row.rule == "fault.void" for row in got.ledger) is voids
