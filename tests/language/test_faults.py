"""Faults of wording, and innocent words with the same characters; some depend on what the buyer just said."""

from __future__ import annotations

import pytest

from kefu_sim.rulebook.recogniser import load_recogniser

SEE = load_recogniser().recognise
CALM = ("买家：在吗", "客服：您好，在的", "买家：这个怎么样")
FURIOUS = ("买家：东西坏成这样", "客服：您好，收到", "买家：你们什么态度，我要去投诉你们")


def faults(reply, context=CALM):
    return {fault.category for fault in SEE(reply, context).faults}


@pytest.mark.parametrize(
    ("reply", "category"),
    [
        ("您就按我说的做", "嘲讽鄙视"),
        ("这是快递公司的责任，我们也没办法催", "推诿"),
        ("您要是觉得不行，就去平台投诉好了", "争吵/阴阳怪气"),
        ("坐了腰痛能缓解不少", "功效/医疗宣称"),
        ("你只管照我说的办，别问那么多", "嘲讽鄙视"),
        ("嫌慢您去别家吧", "争吵/阴阳怪气"),
        ("那您就找别的店买去呗", "争吵/阴阳怪气"),
        ("麻烦您把收到的验证码发我一下", "索要密码验证码"),
        ("您手机上的验证码是多少", "索要密码验证码"),
        ("您方便把短信里的6位数字发我吗", "索要密码验证码"),
        ("支付密码告诉我，我来帮您付", "索要密码验证码"),
        ("我私人转您20块补上", "线下付款"),
        ("这边给您发个红包补差价哈", "线下付款"),
        ("留个手机号私聊吧", "站外引流"),
        ("我把你订单取消了", "替买家关单"),
        ("您再不付，我们就把您的单子关了", "替买家关单"),
        ("放心吧，终身质保的", "过度承诺"),
        ("这个终身免费", "过度承诺"),
        ("最后两只了，快拍", "虚假紧迫/价格欺诈"),
        ("全网最低价了", "绝对化用语"),
        ("是不是最低价？就是最低价", "绝对化用语"),
        ("我看下。。。。。", "标点情绪"),
        ("您好，我是在线克服小美", "错别字/脏字误打"),
        ("亲，今天发火的哦", "错别字/脏字误打"),
        ("您确认收获后就可以申请", "错别字/脏字误打"),
        ("这样可以妈？", "错别字/脏字误打"),
        ("您要两贱的话更划算", "错别字/脏字误打"),
        ("给您不发一个新的", "错别字/脏字误打"),
        ("我练习一下仓库", "错别字/脏字误打"),
        ("稍等。。。我查", "标点情绪"),
    ],
)
def test_a_fault_is_named(reply, category):
    assert category in faults(reply)


@pytest.mark.parametrize(
    ("reply", "category"),
    [
        ("麻烦您按我说的步骤先长按三秒", "嘲讽鄙视"),
        ("您就按我说的做，先点右下角，再选规格", "嘲讽鄙视"),
        ("没关系的，您去别家看看再定也可以", "争吵/阴阳怪气"),
        ("这张券您留着下回去别家用", "争吵/阴阳怪气"),
        ("验证码千万别发给任何人，客服也不会问您要", "索要密码验证码"),
        ("验证码会发到您的手机，您输一下就好", "索要密码验证码"),
        ("取件码我发您，凭码到驿站取就行", "索要密码验证码"),
        ("手机上收到的6位数字是取件码，到驿站报一下就行", "索要密码验证码"),
        ("锁的初始密码写在说明书第一页", "索要密码验证码"),
        ("差价我在订单里给您退了", "线下付款"),
        ("红包补差价不行的哦，违规，我走售后退您", "线下付款"),
        ("平台红包已经退回您的红包账户了", "线下付款"),
        ("您要取消的话，在订单里点一下就好", "替买家关单"),
        ("好的，按您说的我帮您把您的订单取消了", "替买家关单"),
        ("超时没付系统会自动取消订单的", "替买家关单"),
        ("我们没有终身质保，整机保一年", "过度承诺"),
        ("手绳终身免费换绳，邮费自理哈", "过度承诺"),
        ("找到最后两支，帮您留着了", "虚假紧迫/价格欺诈"),
        ("最后一个问题，跟您核对下颜色", "虚假紧迫/价格欺诈"),
        ("库存充足，不是最后两件", "虚假紧迫/价格欺诈"),
        ("您买的最后两件已经发出", "虚假紧迫/价格欺诈"),
        ("我们不说全网最低", "绝对化用语"),
        ("这个不是最低价", "绝对化用语"),
        ("这款不算最便宜的", "绝对化用语"),
        ("让我看看……好的，查到了", "标点情绪"),
        ("好的。我查一下。马上", "标点情绪"),
        ("我们克服困难也会给您发出", "错别字/脏字误打"),
        ("您别发火，我马上处理", "错别字/脏字误打"),
        ("今天收获不少好评呢", "错别字/脏字误打"),
        ("是妈妈用的吗", "错别字/脏字误打"),
        ("您平时练习瑜伽用的话选这款", "错别字/脏字误打"),
        ("今天给您不发中通，发顺丰", "错别字/脏字误打"),
        ("支持验货，坏货我们包退", "错别字/脏字误打"),
    ],
)
def test_innocent_words_with_the_same_characters(reply, category):
    assert category not in faults(reply)


@pytest.mark.parametrize("reply", ["抱歉哈哈，我看看", "马上给您查😄", "这就处理呢～", "[呲牙]收到"])
def test_playful_words_are_a_fault_only_at_an_angry_buyer(reply):
    assert "愤怒时用表情/卖萌" in faults(reply, FURIOUS)
    assert "愤怒时用表情/卖萌" not in faults(reply)


@pytest.mark.parametrize("reply", ["实在抱歉，我马上处理🙏", "预计3~5天给您办好", "让您生气了，是我们不对"])
def test_a_sorry_face_and_a_range_are_none(reply):
    assert "愤怒时用表情/卖萌" not in faults(reply, FURIOUS)


@pytest.mark.parametrize("line", ["买家：我家狗滚筒洗衣机里的毛好多", "买家：我不会给差评的", "买家：你这店是不是骗子"])
def test_such_words_alone_make_no_angry_buyer(line):
    assert "愤怒时用表情/卖萌" not in faults("哈哈好的", (line,))


def test_a_wish_is_a_retort_only_where_nothing_is_done_for_an_angry_buyer():
    assert "争吵/阴阳怪气" in faults("好的，祝您生活愉快", FURIOUS)
    assert "争吵/阴阳怪气" not in faults("好的，祝您生活愉快")
    assert "争吵/阴阳怪气" not in faults("真抱歉，我已经登记了退款。祝您生活愉快！", FURIOUS)


def test_marks_alone_are_a_fault_too():
    found = SEE("！！！", CALM)
    assert [(fault.category, fault.severity) for fault in found.faults] == [("标点情绪", "M")]
    assert found.gaming == ("empty",)
    assert SEE("！", CALM).faults == ()


def test_a_friendly_voice_stays_friendly_where_it_breaks_a_rule():
    kind = SEE("亲，麻烦您把验证码发我一下哦，谢谢您", CALM)
    assert kind.politeness >= 1
    assert [fault.severity for fault in kind.faults] == ["F"]
