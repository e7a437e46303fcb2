"""What an agent means in her own words: what must not cost her anything, beside what must."""

from __future__ import annotations

import pytest

from kefu_sim.language.recognise import Recogniser
from kefu_sim.rulebook.recogniser import load_recogniser, load_tables

SEE = load_recogniser().recognise
RULES = Recogniser(load_tables())
"""The readable rules alone."""


def seen(reply, asked="这个怎么样"):
    return SEE(reply, ["客服：您好，在的", f"买家：{asked}"])


def held(reply, asked="这个怎么样"):
    return {cue.rule.id for cue in RULES.study(reply, [f"买家：{asked}"]).cues}


def shown(reply, label, asked="这个怎么样"):
    found = seen(reply, asked)
    ranges = [(e.start, e.end) for e in found.evidence if e.label == label]
    ranges += [(f.start, f.end) for f in found.faults if f.category == label]
    return [reply[start:end] for start, end in ranges]


@pytest.mark.parametrize(
    ("asked", "kind", "rude"),
    [
        ("我再看看", "您慢慢比较，没关系", "您慢慢比，比到明年也是这个价"),
        ("我考虑一下", "不急的，想好了再来", "不急，反正您也不会买"),
        ("别家才99", "别家的我不评价", "别家我不评价，您去别家买吧"),
        ("人家卖69", "没用过别家的，不好说", "不评价，便宜没好货"),
        ("你吃饭了吗", "吃过了呢", "跟我有关系吗"),
        ("我儿子今年高考", "高考可是大事呀", "关我什么事"),
        ("在吗", "今天天气不错呢", "有事说事"),
        ("喂", "没听清，再说一遍好吗", "没听清，您能不能好好说话"),
        ("你们老板呢", "老板不在店里，您跟我说也一样", "老板没空理您"),
        ("在吗", "最低228，领券再减10", "329都要考虑"),
        ("你说话怎么这样", "我嘴笨，不是那个意思", "我说话就这样"),
    ],
)
def test_kind_words_beside_rude_ones(asked, kind, rude):
    assert seen(kind, asked).politeness >= 0
    assert not seen(kind, asked).issues
    assert seen(rude, asked).politeness < 0


@pytest.mark.parametrize("reply", ["页面上不是写着吗", "谁让您手快"])
def test_blame_alone_is_curt_and_no_abuse(reply):
    assert seen(reply).politeness == -1
    assert seen("谁让您手快，活该").politeness == -2


def test_sending_the_buyer_off_to_look_is_no_blame():
    assert seen("你自己看详情页").issues == ("dismissive",)
    assert "blame" in seen("你自己不会看详情页吗").issues


@pytest.mark.parametrize(
    ("said", "category", "blanks", "without"),
    [
        ("这个能退吗", "拒绝法定/平台权利", "拆了不退 抱歉 质量问题可以退", "拆了不退 别问了"),
        ("周五到吗", "过度承诺", "周五一定到 不敢保证", "周五一定到 您放心"),
        ("能便宜吗", "否定堵死", "没办法 不过可以领券", "没办法 就这样"),
    ],
)
def test_an_exception_holds_past_a_blank(said, category, blanks, without):
    assert category not in {fault.category for fault in seen(blanks, said).faults}
    assert category in {fault.category for fault in seen(without, said).faults}


@pytest.mark.parametrize("reply", ["绝对不断我不敢说", "一定到这话我说不了", "永远不掉色那是不可能的", "百分之百棉的"])
def test_what_is_refused_behind_its_words_is_no_promise(reply):
    assert "overpromise" not in seen(reply).issues
    assert "过度承诺" not in {fault.category for fault in seen(reply).faults}


@pytest.mark.parametrize("reply", ["绝对不断，我敢说", "保证不掉色，不敢骗您"])
def test_a_promise_stays_one(reply):
    assert "过度承诺" in {fault.category for fault in seen(reply).faults}


@pytest.mark.parametrize(
    ("reply", "named"),
    [("228最低了", False), ("这已经是159最低价", False), ("我们家最低", True), ("全网最低就是我家", True)],
)
def test_ones_own_lowest_price_is_no_superlative(reply, named):
    assert ("绝对化用语" in {fault.category for fault in seen(reply).faults}) is named


def test_v_is_refused_or_offered():
    assert "offplatform" not in seen("不加V 平台付款有保障").issues
    assert "站外引流" in {fault.category for fault in seen("加V聊 便宜").faults}


@pytest.mark.parametrize(
    ("reply", "thanks"),
    [
        ("我们是XX店", False),
        ("发XX快递", False),
        ("尾号XX对吗", False),
        ("XX路XX号3号楼", False),
        ("XX月XX号发", False),
        ("xx亲", True),
        ("xx", True),
    ],
)
def test_a_mask_is_no_thanks(reply, thanks):
    assert ("thanks" in SEE(reply).intents) is thanks


@pytest.mark.parametrize(
    ("reply", "label", "words"),
    [
        ("你自己看详情页", "称呼不当", "你自己看详情页"),
        ("亲，你把耳机放盒里，充一下", "称呼不当", "你把耳机放盒里"),
        ("喂，几个", "称呼不当", "喂"),
        ("240，爱要不要", "争吵/阴阳怪气", "爱要不要"),
        ("您平时都在哪儿用呀", "提问", "您平时都在哪儿用呀"),
        ("明白啦，您怕打游戏慢半拍", "分析", "明白啦，您怕打游戏慢半拍"),
    ],
)
def test_words_are_shown_whole(reply, label, words):
    assert shown(reply, label) == [words]


@pytest.mark.parametrize(
    ("rule", "there", "not_there"),
    [
        ("analyse.state", "您昨晚下单的，已经发了", "您四点前下单的话今天发"),
        ("analyse.state", "已经签收了", "签收的话告诉我一声"),
        ("analyse.seen", "看到单子了", "看到了，应该是仓库漏装"),
        ("analyse.seen", "看到啦，黑色一双，地址对吗", "看到了，您的件卡在中转站"),
        ("analyse.restate", "您脚宽，我劝您大一码", "您脚宽吗"),
        ("recommend.choose", "那就这款吧", "就这样吧"),
        ("recommend.size", "脚宽的话大1码", "换大一号的话吊牌别拆"),
        ("deal.price", "价我也改不动", "地址我改不动"),
        ("ask.short", "一天用多少套", "不用多少"),
        ("ask.wh", "帮您问问什么情况，您身高多少", "我帮您看看咋回事"),
        ("ask.yesno", "自己穿吗", "自己不会看吗"),
        ("ask.either", "要1.5还是1.8", "大箱还是240没涨"),
        ("greet.hello", "阿姨好", "阿姨好不容易来一趟"),
    ],
)
def test_steps_beside_what_only_looks_like_them(rule, there, not_there):
    assert rule in held(there)
    assert rule not in held(not_there)


@pytest.mark.parametrize(("reply", "greets"), [("哎您来啦，三弹到了", True), ("又来了啊，您是没有别的事吗", False)])
def test_a_regular_is_greeted(reply, greets):
    assert ("问好" in SEE(reply, ["买家：老板我又来了"]).steps) is greets


@pytest.mark.parametrize(
    "reply",
    [
        "支付宝付还是微信付都行，页面上选",
        "私信我看到了，这就回您",
        "投诉不投诉都给您办",
        "首选棉的，贴身",
        "根治不了，只能缓一缓",
        "我保证不推您",
        "拉黑您干嘛，怎么会呢",
        "您小心点拿，边上有点毛",
        "我知道您地址，就不重复发了",
        "不退不换那是别家，我们能退",
        "急啥呢，慢慢挑嘛",
        "不是我们的责任也给您补一个",
        "做梦都想给您便宜",
        "最后一件被前面那位拍走了",
        "快递的事不敢给您打包票，想稳一点补15块走顺丰",
        "快递的问题我记下了，明天上午给您回话",
        "厂家的问题清单已经转给质检了",
    ],
)
def test_no_serious_fault_in_a_fair_reply(reply):
    found = seen(reply)
    assert {fault.category for fault in found.faults if fault.severity != "M"} == set()
    assert not {"abuse", "overpromise", "offplatform"} & set(found.issues)


@pytest.mark.parametrize(
    ("reply", "category"),
    [
        ("微信付给我，给您便宜", "线下付款"),
        ("私信我聊，便宜", "站外引流"),
        ("不投诉我就给您退", "诱导差/绕开平台投诉"),
        ("顶级面料", "绝对化用语"),
        ("一定根治", "过度承诺"),
        ("再问就拉黑", "无故拉黑"),
        ("你给我小心点", "辱骂诅咒威胁"),
        ("我知道你家地址，走着瞧", "辱骂诅咒威胁"),
        ("这款不退不换", "拒绝法定/平台权利"),
        ("急什么急", "不耐烦"),
        ("不是我们的责任", "推诿"),
        ("做梦呢您", "嘲讽鄙视"),
        ("这是快递的事", "推诿"),
        ("快递的问题啊，您等等吧", "推诿"),
        ("厂家的问题我们也管不了", "推诿"),
        ("快递的事您别问我", "推诿"),
        ("最后一件了，手慢无", "虚假紧迫/价格欺诈"),
    ],
)
def test_the_serious_fault_beside_it(reply, category):
    assert category in {fault.category for fault in seen(reply).faults}


@pytest.mark.parametrize(
    ("refused", "done", "step"),
    [
        ("我不会给您退的", "要不给您退了吧", "帮助"),
        ("我懒得给您换", "我给您换", "帮助"),
    ],
)
def test_what_is_refused_is_not_done(refused, done, step):
    assert step not in SEE(refused, ["买家：能退吗"]).steps
    assert step in SEE(done, ["买家：能退吗"]).steps
