"""Words that only look like a fault, a taunt or a trick, beside those that are one."""

from __future__ import annotations

import pytest

from kefu_sim.language.recognise import Recogniser
from kefu_sim.rulebook.recogniser import load_recogniser, load_tables

SEE = load_recogniser().recognise
RULES = Recogniser(load_tables())
"""The readable rules alone: the weights may change, a rule may not."""


def faults(reply):
    return {fault.category for fault in SEE(reply, ["买家：在吗", "客服：您好，在的", "买家：这个怎么样"]).faults}


def held(reply):
    return {cue.rule.id for cue in RULES.study(reply, ["买家：这个怎么样"]).cues}


@pytest.mark.parametrize(
    "reply",
    [
        "私下付款没有售后保障的哦",
        "在微信上转钱不安全，咱们走店里",
        "微信转账这个我们不收的",
        "私底下交易我们做不了，您就在页面上拍",
        "线下转这种我们店里不支持的呢",
        "加微信谈的话有风险，就在这里聊吧",
        "这条路走不通，私下转账出了事没人管",
        "您微信付的会退回零钱",
        "麻烦把照片转给我",
        "图片转给同事看一下",
        "微信转账咱不走，出了事您没地儿说理去",
        "您别加我微信，店铺有提醒",
    ],
)
def test_refusing_to_leave_the_platform_is_no_fault(reply):
    assert not faults(reply) & {"站外引流", "线下付款"}


@pytest.mark.parametrize(
    "reply",
    ["周五到不到我保证不了", "没法保证周六一定到", "不敢保证一年不涨", "没有哪款绝对不断的", "没人敢保证永远不坏"],
)
def test_to_decline_a_promise_is_none(reply):
    assert "overpromise" not in SEE(reply, ["买家：这个怎么样"]).issues
    assert "过度承诺" not in faults(reply)


@pytest.mark.parametrize("reply", ["我保证一定到", "没有哪个孩子不喜欢，保证喜欢"])
def test_to_give_it_is_an_overpromise(reply):
    assert "overpromise" in SEE(reply, ["买家：这个怎么样"]).issues


@pytest.mark.parametrize(
    "reply", ["微信转我，给您便宜十块", "私下打款给我，省点手续费", "走微信转账吧更快", "微信转我，咱不走平台"]
)
def test_leaving_the_platform_is(reply):
    assert faults(reply) & {"站外引流", "线下付款"}


@pytest.mark.parametrize(
    ("reply", "category"),
    [
        ("感谢各位宝妈的信任", "辱骂诅咒威胁"),
        ("当妈的都懂这份心", "辱骂诅咒威胁"),
        ("是不是您不小心点了取消", "辱骂诅咒威胁"),
        ("别着急，我陪您等着", "辱骂诅咒威胁"),
        ("您的号被平台误拉黑了，我去申诉", "无故拉黑"),
        ("自提点在3栋1单元楼下", "泄露隐私"),
        ("三个人吃，5升的够了", "不耐烦"),
        ("音量够了", "不耐烦"),
        ("挡位最低可以到一档", "绝对化用语"),
        ("把温度调到最低再试", "绝对化用语"),
        ("原价299，现在活动", "虚假紧迫/价格欺诈"),
        ("是我们打包没包好，不怪谁", "责怪买家"),
        ("去年的货，清完拉倒", "争吵/阴阳怪气"),
        ("这个是我们没包好", "过度承诺"),
        ("了解，月底前必须到，我问下仓库", "过度承诺"),
        ("这个短信不是我们发的，您别点", "推诿"),
        ("您这个物流的问题我来跟进", "推诿"),
        ("我问下仓库马上回您", "命令"),
        ("不会的亲，您放心", "否定堵死"),
        ("满99才送，单拍不送", "争吵/阴阳怪气"),
        ("有想法您尽管告诉我", "争吵/阴阳怪气"),
    ],
)
def test_innocent_neighbours_of_a_fault(reply, category):
    assert category not in faults(reply)


@pytest.mark.parametrize(
    ("reply", "category"),
    [
        ("你妈的", "辱骂诅咒威胁"),
        ("给差评你等着", "辱骂诅咒威胁"),
        ("再问就拉黑", "无故拉黑"),
        ("住滨江花园3栋1202室，自己去找", "泄露隐私"),
        ("你问够了没", "不耐烦"),
        ("我们价格全网最低", "绝对化用语"),
        ("保证半点异味都没有", "过度承诺"),
        ("绝对零甲醛", "过度承诺"),
        ("不是我们的责任", "推诿"),
        ("快点付款", "命令"),
        ("慢走不送", "争吵/阴阳怪气"),
        ("您打个五星，回头给您转10元红包", "好评利诱"),
        ("先别给差评，给您补30块", "付费删差评"),
    ],
)
def test_the_faults_beside_them_are_still_named(reply, category):
    assert category in faults(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "您还想了解别的吗",
        "哪里不清楚就发我看看",
        "是送长辈用，还是您自己穿",
        "接口是USB的",
        "满100才送，平时不送",
        "去医院看看，别耽误",
        "不会的，您放心拍",
        "可以为您效劳",
        "有空帮忙点个五星呗",
        "白纸黑字都在，一样不少您的",
        "哪能让您花冤枉钱",
    ],
)
def test_no_rude_cue_in_harmless_words(reply):
    rude = {"sarcasm", "abuse", "blame", "threat", "impatient", "dismissive"}
    found = [cue for cue in RULES.study(reply, ["买家：这个怎么样"]).cues if cue.rule.kind == "tone"]
    assert not [cue.rule.id for cue in found if cue.rule.label in rude]


@pytest.mark.parametrize(
    ("reply", "rule"),
    [
        ("自己没量，这能怪谁", "tone.contempt"),
        ("水里泡一夜，能不坏吗", "tone.contempt"),
        ("早干什么去了", "tone.contempt"),
        ("又没逼您买", "tone.contempt"),
        ("这么简单还要我教", "tone.contempt"),
        ("要不您来当这个客服", "tone.taunt"),
        ("我又不是算命的", "tone.taunt"),
        ("说了您也不懂", "tone.taunt"),
        ("10块钱还想要赠品", "tone.taunt"),
        ("别老催", "tone.taunt"),
    ],
)
def test_taunts_without_rude_words(reply, rule):
    assert rule in held(reply)
    assert SEE(reply, ["买家：这个怎么样"]).politeness < 0


@pytest.mark.parametrize(
    ("reply", "rule"),
    [
        ("我这就去核实", "analyse.look"),
        ("经核实，昨晚已经到站", "analyse.state"),
        ("明白了，主要怕晒黑", "analyse.restate"),
        ("我来改地址", "help.at-once"),
        ("我让仓库补一个", "help.at-once"),
        ("平时一般怎么洗", "ask.habit"),
        ("可否告诉我尺寸", "ask.wh"),
        ("红的还是蓝的", "ask.either"),
        ("少不了了", "deal.price"),
        ("寄老地址吗", "verify.address"),
        ("有事您招呼", "bye.contact"),
    ],
)
def test_more_ways_of_saying_a_step(reply, rule):
    assert rule in held(reply)


@pytest.mark.parametrize(
    ("reply", "rule"), [("单号8点左右出", "help.steps"), ("我六点下班", "help.steps"), ("您不用再说一遍", "ask.wh")]
)
def test_a_time_of_day_and_what_need_not_be_said_are_no_step(reply, rule):
    assert rule not in held(reply)


@pytest.mark.parametrize(
    "reply", ["理解您想买得划算，不过价格是统一的", "理解您想买得划算，方便把那家的截图发我看看吗"]
)
def test_to_understand_a_wish_recommends_nothing(reply):
    assert "推荐" not in load_recogniser().recognise(reply, ["买家：能便宜点吗"]).steps


def test_to_beg_pardon_is_no_bargain():
    assert "deal.compensate" not in held("给您赔个不是")
    assert "deal.compensate" in held("赔您五块")


@pytest.mark.parametrize(
    "reply",
    [
        "亲提问分析推荐核实告别",
        "抱歉，谢谢您，稍等哦，推荐，优惠，满意吗，再见",
        "感谢您祝您愉快欢迎再见",
    ],
)
def test_a_row_of_courtesy_words_is_stuffing(reply):
    assert "stuffing" in SEE(reply, ["买家：这个怎么样"]).gaming


@pytest.mark.parametrize("reply", ["谢谢您的支持，祝您生活愉快，欢迎下次光临", "好的，帮您核实，请稍等"])
def test_a_courteous_reply_is_not(reply):
    assert SEE(reply, ["买家：好的"]).gaming == ()


@pytest.mark.parametrize(
    ("rule", "innocent", "guilty"),
    [
        ("tone.mock", "我们刚才还想跟您说呢", "您说呢？"),
        ("tone.this-too", "漏电的话千万别再用了", "别再问了"),
        ("tone.abuse", "录指纹的时候左右滚一滚", "滚"),
        ("tone.threat", "拉黑前让我再说一句", "再闹就拉黑你"),
        ("tone.dismissive", "您试试看行不行，还不行我接着查", "不行"),
        ("deal.elsewhere", "您去别家比较一下也可以的", "别家便宜你去别家买啊"),
        ("fault.refuse-right", "开票不加税点", "开票要另加6个点"),
        ("fault.refuse-right", "开发票不另外收税点的", "开发票不含税要加税点"),
    ],
)
def test_a_rule_tells_its_words_from_words_that_only_contain_them(rule, innocent, guilty):
    assert rule not in held(innocent)
    assert rule in held(guilty)


ABUSE, BOAST, REFUSAL = "辱骂诅咒威胁", "绝对化用语", "拒绝法定/平台权利"


@pytest.mark.parametrize(
    ("reply", "category", "meant"),
    [
        ("神经病学教材有货的", ABUSE, "您神经病吧"),
        ("神经病科在二楼，带上病历就行", ABUSE, "您神经病啊"),
        ("废物箱在阳台下面", ABUSE, "废物一个"),
        ("这是弱智能锁", ABUSE, "弱智能不能看清楚再问"),
        ("猪头玩具今天发", ABUSE, "您这个猪头"),
        ("去死皮膏还有货", ABUSE, "去死吧"),
        ("是给他妈买的吗", ABUSE, "给他妈的滚"),
        ("狗眼药水有的", ABUSE, "狗眼看人低"),
        ("水滚开了再下面", ABUSE, "滚开"),
        ("宝宝放屁多是正常的", ABUSE, "放屁，谁说的"),
        ("这条拉黑色的拉链", "无故拉黑", "再闹拉黑你"),
        ("送您一个万能遥控器", BOAST, "这膏药是万能的"),
        ("万能胶和万能充都有", BOAST, "万能神器"),
        ("面料是全棉100%", BOAST, "好用100%"),
        ("100%棉", BOAST, "效果100%"),
        ("永久牌自行车有货", BOAST, "永久不坏"),
        ("“唯一”牌保温杯有货", BOAST, "我们是“唯一”的一家"),
        ("这本《滚蛋吧肿瘤君》还有两本", ABUSE, "送您一本《滚蛋》"),
    ],
)
def test_words_within_the_name_of_a_ware(reply, category, meant):
    assert category not in faults(reply)
    assert category in faults(meant)


@pytest.mark.parametrize(
    ("reply", "category"),
    [
        ("您刚说滚，我理解您着急", ABUSE),
        ("您说让我滚，我还是想把事办好", ABUSE),
        ("您骂我神经病，我也帮您处理", ABUSE),
        ("您刚说“滚！别来烦我”，我理解", ABUSE),
        ("您骂我傻我也给您办", ABUSE),
        ("您说我们是骗子，我能理解", ABUSE),
        ("有人骂“脑残”，我们已经屏蔽了", ABUSE),
        ("您担心拆了不退是吗，放心可以退的", REFUSAL),
        ("您怕拆了就不退是吗", REFUSAL),
        ("有人说我们不支持信用卡，其实是支持的", REFUSAL),
        ("网上说不退不换，其实支持七天", REFUSAL),
        ("不会说不退的", REFUSAL),
        ("您担心我们拉黑您吗，不会的", "无故拉黑"),
        ("您问拆了不退吗，能退", REFUSAL),
        ("别担心拆了不退", REFUSAL),
        ("朋友说拆了不退是吗", REFUSAL),
        ("我们不会骂您神经病的", ABUSE),
    ],
)
def test_what_the_buyer_or_others_say_is_not_the_agents_word(reply, category):
    assert category not in faults(reply)
    assert "abuse" not in SEE(reply, ["买家：滚"]).issues


@pytest.mark.parametrize(
    ("reply", "category"),
    [
        ("您说得对，滚吧", ABUSE),
        ("您说得对滚吧", ABUSE),
        ("我说滚", ABUSE),
        ("您说啥呢滚", ABUSE),
        ("我跟您说滚", ABUSE),
        ("您刚说滚，您才该滚", ABUSE),
        ("您说我们贵滚吧", ABUSE),
        ("您说不买就滚", ABUSE),
        ("您说您是不是傻逼", ABUSE),
        ("您以为您是谁啊滚", ABUSE),
        ("您怕贵就滚", ABUSE),
        ("您说您有病吧", ABUSE),
        ("你说你妈的", ABUSE),
        ("您问题真多滚", ABUSE),
        ("您怕不怕我拉黑你", "无故拉黑"),
        ("“神经病”，说的就是您", ABUSE),
        ("我给您发的“神经病”看见没", ABUSE),
        ("跟您说拆了不退", REFUSAL),
        ("早跟您说了拆了不退", REFUSAL),
        ("您担心也没用拆了不退", REFUSAL),
        ("您担心归担心，拆了不退", REFUSAL),
        ("您怕贵加我微信聊", "站外引流"),
        ("您说便宜点加我微信", "站外引流"),
        ("听说加我微信便宜", "站外引流"),
        ("您担心质量绝对没问题", "过度承诺"),
        ("大家都说我们全网最低", BOAST),
    ],
)
def test_what_the_agent_says_herself_beside_it(reply, category):
    assert category in faults(reply)


@pytest.mark.parametrize(
    "reply",
    ["nmsl", "cnm", "WCNM", "tmd", "sb", "你个sb", "亲nmsl", "好的ＳＢ", "🖕", "好的🖕", "💩", "您真是💩", "随便你🖕"],
)
def test_abuse_in_letters_and_signs(reply):
    found = SEE(reply, ["买家：这个怎么样"])
    assert ABUSE in {fault.category for fault in found.faults}
    assert found.politeness == -2
    assert found.issues[-1] == "abuse"
    assert all(0 <= e.start < e.end <= len(reply) for e in found.evidence)


@pytest.mark.parametrize(
    "reply",
    [
        "usb接口的",
        "型号SB-900",
        "订单号SB20231109",
        "尼康sb 900闪光灯",
        "货号TMD-100",
        "型号：CNM",
        "这款叫atmd2",
        "猫砂袋装💩正好",
        "宝宝的💩颜色正常",
        "您发的🖕我看到了，您先消消气",
        "您骂sb我也给您办",
        "😊",
        "👍",
        "...",
    ],
)
def test_letters_of_a_ware_and_harmless_signs(reply):
    assert not faults(reply) & {ABUSE, "嘲讽鄙视"}
    assert "abuse" not in SEE(reply, ["买家：这个怎么样"]).issues


def test_nothing_but_abuse_is_no_step():
    assert SEE("nmsl", ["买家：这个怎么样"]).steps == ()
    assert SEE("sb", ["买家：这个怎么样"]).steps == ()
    assert SEE("推荐您买这款黑色的，sb", ["买家：这个怎么样"]).steps


@pytest.mark.parametrize("reply", ["您是不是傻", "您傻吗", "你怎么这么傻啊", "您真傻，这都不懂"])
def test_to_ask_whether_the_buyer_is_a_fool_is_scorn(reply):
    assert "嘲讽鄙视" in faults(reply)
    assert SEE(reply, ["买家：这个怎么样"]).politeness < 0


@pytest.mark.parametrize("reply", ["您是不是傻眼了", "傻瓜式操作，您一看就会", "没有说您傻呀", "您骂我傻我也给您办"])
def test_other_fools(reply):
    assert "嘲讽鄙视" not in faults(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "加个微 信",
        "加个微-信聊",
        "加 微 信",
        "wei信联系",
        "加我wei信",
        "加微❤",
        "加我微❤，给您便宜",
        "+v聊",
        "便宜点+V聊",
        "+微信聊",
        "加 微信",
        "您加 微信",
        "加我卫星",
        "加V:abc123",
        "加我v：abc123",
        "加v abc123",
    ],
)
def test_leaving_the_platform_spelt_apart_or_disguised(reply):
    found = SEE(reply, ["买家：这个怎么样"])
    assert "站外引流" in {fault.category for fault in found.faults}
    assert "offplatform" in found.issues


@pytest.mark.parametrize(
    "reply",
    [
        "微信支付可以的",
        "可以用wei信支付",
        "微信我们不加的",
        "不要加 微信",
        "不加 微 信的哦",
        "我们不能加微-信的",
        "卫星电视可以收",
        "给您加我们卫星电视的遥控器",
        "这款是V领的",
        "加 V领的那款也行",
        "电压220+V",
        "赠品已经加 微信支付也行",
        "订单发我 微信也能付",
        "颜色稍微 信息里写了",
        "稍微 信得过",
        "支付宝+微信都行",
        "少加微量盐",
        "加VIP价更低",
        "可以加我们企鹅玩偶吗",
    ],
)
def test_words_beside_them(reply):
    assert "站外引流" not in faults(reply)


def test_what_is_spelt_apart_is_shown_whole():
    [fault] = SEE("好的亲，加个微 信，便宜", ["买家：这个怎么样"]).faults
    assert "好的亲，加个微 信，便宜"[fault.start : fault.end] == "加个微 信"
