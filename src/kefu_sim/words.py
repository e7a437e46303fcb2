"""Names of the house's values in the language of the interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from kefu_sim.base.text import clean
from kefu_sim.engine.events import Event, Kept, Missed, Noted, Noticed, Opened, Promised
from kefu_sim.i18n import language, spelt, tr
from kefu_sim.language.verdict import Step

if TYPE_CHECKING:  # home names its modes before anything of a story is loaded
    from kefu_sim.scenario.agreements import Notice
    from kefu_sim.scenario.model import Node, Scenario
    from kefu_sim.scoring.ledger import Part

_CARD_KEYS = {
    "product": "商品", "policy": "店铺规则", "history": "历史",
    "order": "订单", "logistics": "物流", "id": "编号", "name": "名称", "price": "售价", "floor": "最低价",
    "stock": "库存", "facts": "参数", "gift": "赠品", "coupon": "优惠", "warranty": "质保", "shipping": "发货",
    "return": "退换", "returns": "退换", "invoice": "发票", "compensation": "补偿", "status": "状态",
    "paid": "付款时间", "sent": "发货时间", "express": "快递", "number": "单号", "item": "商品",
    "last": "最新物流", "address": "地址", "refund": "退款", "resend": "补发", "price_match": "价保",
    "size": "尺寸", "material": "材质", "colour": "颜色", "color": "颜色", "battery": "续航", "chip": "芯片",
}  # fmt: skip
"""Keys that scenario files write in English, as a Chinese shop would say them."""

Grade = Literal["good", "fair", "poor"]


def card_label(key: str) -> str:
    """A key of a card as the trainee reads it."""
    return _CARD_KEYS.get(key, key) if language() == "zh" else key.replace("_", " ")


def card_text(value: object) -> str:
    """An entry of a card as the trainee reads it; a list or a mapping in one line."""
    if isinstance(value, Mapping):
        return "，".join(f"{card_label(str(key))} {card_text(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return "、".join(map(card_text, value))
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    return "–" if value is None else str(value)


def step_title(step: Step) -> str:
    """Name of a step."""
    if language() == "zh":
        return step.value
    return {
        Step.GREET: "Greet",
        Step.ASK: "Ask",
        Step.ANALYSE: "Analyse",
        Step.RECOMMEND: "Recommend",
        Step.NEGOTIATE: "Negotiate",
        Step.ASSIST: "Assist",
        Step.VERIFY: "Verify",
        Step.FAREWELL: "Farewell",
    }[step]


def hint_text(node: Node) -> str:
    """What to aim at in a moment of a story; its text is Chinese, an English interface names the steps before it."""
    hint = clean(node.hint)
    steps = [step_title(step) for step in Step if step in node.steps]
    return f"{' + '.join(steps)} · {hint}" if hint and steps and language() == "en" else hint


def notice_text(notice: Notice) -> str:
    """A notice in the language of the interface."""
    return clean(spelt(notice.text, notice.text_en))


def aside_line(scenario: Scenario | None, event: Event) -> str:
    """What an event says of a promise, a note or a notice, in one line; empty when it speaks of none.

    Without the story its names stand for what they name.
    """
    match event:
        case Promised(name=name, due=None):
            line = tr("◇ Promised: {what}")
        case Promised(name=name):
            line = tr("◇ Promised, by {when}: {what}")
        case Kept(name=name, late=late):
            line = tr("◆ Kept, but late: {what}") if late else tr("◆ Kept: {what}")
        case Missed(name=name):
            line = tr("! The time has passed: {what}")
        case Noted(text=text, order=order):
            note = clean(text) or tr("(empty)")
            if not order:
                return tr("✎ Order note: {text}").format(text=note)
            title = scenario.orders.get(order, order) if scenario is not None else order
            return tr("✎ Note on {order}: {text}").format(order=clean(title), text=note)
        case Noticed(name=name):
            notice = scenario.notices.get(name) if scenario is not None else None
            return tr("* Notice: {text}").format(text=notice_text(notice) if notice else name)
        case _:
            return ""
    when = clock(event.due) if isinstance(event, Promised) and event.due is not None else ""
    promise = scenario.promises.get(name) if scenario is not None else None
    return line.format(what=clean(promise.about) if promise else name, when=when)


def clock(t: float) -> str:
    """Minutes and seconds since the first line."""
    minutes, seconds = divmod(int(t), 60)
    return f"{minutes:02}:{seconds:02}"


def day(at: float) -> str:
    """A moment in seconds since 1970 as a day of the reader's calendar."""
    return datetime.fromtimestamp(at, UTC).astimezone().date().isoformat()


def mode_title(mode: str) -> str:
    """Name of a mode."""
    return {
        "practice": tr("Practice"),
        "guided": tr("Guided"),
        "exam": tr("Exam"),
        "shift": tr("Shift"),
    }.get(mode, mode)


def opened_title(opened: Opened) -> str:
    """What kind of reception it is: its mode, or a trial."""
    return tr("Trial") if opened.trial else mode_title(opened.mode)


def mode_help(mode: str) -> str:
    """What a mode shows."""
    return {
        "practice": tr("steps, mood and speed are shown while you chat"),
        "guided": tr("also hints at the next step; a model answer on F2 costs points"),
        "exam": tr("nothing is shown until the end; no pause"),
    }.get(mode, "")


def outcome_title(outcome: str) -> str:
    """How a reception ended."""
    return {
        "sold": tr("the buyer bought"),
        "kept": tr("the matter is settled"),
        "later": tr("parted on good terms"),
        "lost": tr("the buyer walked off"),
        "left": tr("the agent left"),
    }.get(outcome, outcome)


def dimension_title(name: str) -> str:
    """Name of a dimension of the score."""
    return {
        "speed": tr("Reply speed"),
        "politeness": tr("Politeness"),
        "flow": tr("Eight steps"),
        "accuracy": tr("Accuracy"),
        "resolution": tr("Resolution and deal"),
        "brevity": tr("Brevity"),
    }.get(name, name)


def part_points(part: Part) -> str:
    """Points of a dimension and the most there was to get, both to one decimal."""
    return f"{part.points:.1f} / {round(part.max, 1):g}" if part.max else tr("not judged")


def status_title(status: str) -> str:
    """How a step went."""
    return {
        "done": tr("done"),
        "late": tr("late"),
        "missing": tr("missing"),
        "not_judged": tr("not judged"),
    }.get(status, status)


def politeness_title(value: int) -> str:
    """A degree of politeness in words."""
    return {
        -2: tr("abusive"),
        -1: tr("curt or cold"),
        0: tr("plain"),
        1: tr("polite"),
        2: tr("markedly warm"),
    }[value]


def issue_title(issue: str) -> str:
    """Name of a coarse fault."""
    return {
        "dismissive": tr("dismissive"),
        "blame": tr("blames the buyer"),
        "abuse": tr("abuse"),
        "overpromise": tr("promises too much"),
        "offplatform": tr("leads off the platform"),
    }.get(issue, issue)


def gaming_title(why: str) -> str:
    """Why a reply earns nothing."""
    return {
        "echo": tr("repeats the buyer's words"),
        "stuffing": tr("keywords without a sentence"),
        "repeat": tr("says the same again"),
        "catalogue": tr("a list of set phrases"),
        "empty": tr("no words"),
    }.get(why, why)


def grade(share: float) -> Grade:
    """How good a share of what could be reached is, 0 to 1: good from 0.85, fair from 0.6."""
    return "good" if share >= 0.85 else "fair" if share >= 0.6 else "poor"


def listed(names: Sequence[str]) -> str:
    """Several names in a row."""
    return ("、" if language() == "zh" else ", ").join(names)


def step_list(steps: Sequence[str]) -> str:
    """Steps in a row, or a dash."""
    return listed([step_title(Step(step)) for step in steps]) or "–"


def named(name: str, value: str) -> str:
    """A value with its name before it."""
    return tr("{name}: {value}").format(name=name, value=value)


def seconds(value: float | None) -> str:
    """A number of seconds."""
    return "–" if value is None else tr("{n:.0f} s").format(n=value)


def speed(value: float | None) -> str:
    """A typing speed."""
    return "–" if value is None else tr("{n:.0f}/min").format(n=value)


def rule_title(rule: str, topic: str = "") -> str:
    """What points were lost by, in a few words. `topic`: the step, category or fact that the rule was about."""
    title = {
        "speed.first": tr("First reply slow"),
        "speed.mean": tr("Replies slow"),
        "speed.steady": tr("Long waits"),
        "speed.unanswered": tr("First line unanswered"),
        "step.missing": tr("Missing: {topic}"),
        "step.late": tr("Out of order: {topic}"),
        "step.thin": tr("In passing: {topic}"),
        "step.announced": tr("Announced only: {topic}"),
        "step.done": tr("Not quite: {topic}"),
        "flow.answer": tr("Answers without substance"),
        "flow.broken": tr("Curt words break the flow"),
        "flow.repeat": tr("Buyer had to ask again"),
        "tone.abusive": tr("Hurtful words"),
        "tone.curt": tr("Curt or cold tone"),
        "tone.plain": tr("No courtesy"),
        "tone.polite": tr("Polite, but too long"),
        "tone.warm": tr("Warm, but too long"),
        "tone.hollow": tr("Polite, but beside the point"),
        "tone.nothing": tr("Replies that say nothing"),
        "tone.lost": tr("Replies the buyer made nothing of"),
        "tone.missing": tr("Lines left unanswered"),
        "form.address": tr("Address"),
        "form.request": tr("Polite requests"),
        "form.thanks": tr("Thanks"),
        "form.care": tr("Understanding for the buyer"),
        "form.clean": tr("Blame, refusals, shouting"),
        "fact.wrong": tr("Wrong answer: {topic}"),
        "fact.unanswered": tr("Not answered: {topic}"),
        "fact.right": tr("Answered in part: {topic}"),
        "promise.open": tr("Promise not kept: {topic}"),
        "promise.late": tr("Promise kept late: {topic}"),
        "promise.missed": tr("Promised time missed: {topic}"),
        "promise.elsewhere": tr("Promise noted on the wrong order: {topic}"),
        "promise.broken": tr("Follow-up missed: {topic}"),
        "note.missing": tr("Not on the note: {topic}"),
        "note.elsewhere": tr("Note on the wrong order: {topic}"),
        "note.never": tr("Does not belong on a note: {topic}"),
        "note.fault": tr("Wording of the note: {topic}"),
        "need.missed": tr("Need not found: {topic}"),
        "consent.no": tr("No consent of the buyer"),
        "outcome": tr("Buyer not won"),
        "brevity": tr("Messages too long or too short"),
        "help": tr("Model answers looked at"),
        "fault.void": tr("Red line: {topic}"),
        "fault.cap": tr("Compliance: {topic}"),
        "fault.attitude": tr("Attitude: {topic}"),
        "fault.minor": tr("Wording: {topic}"),
        "quick.gap": tr("Quick replies with gaps"),
        "rude.cap": tr("Rude to the buyer"),
        "lost.cap": tr("Buyer lost"),
        "limit": tr("Price below the limit"),
        "limit.amends": tr("Amends beyond the limit"),
    }.get(rule, rule)
    return title.format(topic=topic) if topic else title.replace("{topic}", "").rstrip(" :：")


def promise_outcome(outcome: str) -> str:
    """What became of a promise."""
    return {
        "open": tr("not kept"),
        "kept": tr("kept in time"),
        "late": tr("kept, but late"),
        "missed": tr("its time passed"),
        "elsewhere": tr("on the wrong order"),
    }.get(outcome, outcome)


def duration(seconds: float) -> str:
    """Time practised."""
    hours, rest = divmod(round(seconds), 3600)
    minutes = rest // 60
    return tr("{h} h {m} min").format(h=hours, m=minutes) if hours else tr("{m} min").format(m=minutes)


def kind_title(kind: str) -> str:
    """What was practised."""
    return {"reception": tr("Reception"), "drill": tr("Typing drill"), "shift": tr("Shift")}.get(kind, kind)
