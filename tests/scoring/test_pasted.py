"""Chats as people paste them: every known form gives the same turns; what is unclear is said, not guessed silently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.scoring.pasted import UnreadableChatError, read_pasted

TURNS = [("buyer", 0.0, "在吗"), ("agent", 8.0, "您好，在的～"), ("buyer", 20.0, "多少钱\n包邮吗")]

FORMS = {
    "name and time above": """tb1234567 2024-05-03 10:12:33
在吗
山声旗舰店:小林 2024-05-03 10:12:41
您好，在的～
tb1234567 2024-05-03 10:12:53
多少钱
包邮吗
""",
    "in brackets with a colon": """tb1234567(2024-05-03 10:12:33):
在吗
山声旗舰店:小林(2024-05-03 10:12:41):
您好，在的～
tb1234567(2024-05-03 10:12:53):
多少钱
包邮吗""",
    "time first": """2024/5/3 10:12:33 买家小周
在吗

2024/5/3 10:12:41 客服小林
您好，在的～

2024/5/3 10:12:53 买家小周
多少钱
包邮吗
""",
    "in one line": """[10:12:33] 顾客: 在吗
[10:12:41] 客服: 您好，在的～
[10:12:53] 顾客: 多少钱
包邮吗""",
    "Chinese dates": """2024年5月3日 上午10:12:33 tb99\r
在吗\r
2024年5月3日 上午10:12:41 店小二\r
您好，在的～\r
2024年5月3日 上午10:12:53 tb99\r
多少钱\r
包邮吗\r
""",
    "over midnight": """——— 2024-05-03 星期五 ———
客户 23:59:50
在吗
客服 23:59:58
您好，在的～
——— 2024-05-04 星期六 ———
客户 00:00:10
多少钱
包邮吗""",
}


def turns(pasted):
    return [(row["role"], row["t"], row["text"]) for row in pasted.rows]


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_every_form_gives_the_same_turns(text):
    found = read_pasted(text)
    assert turns(found) == TURNS
    assert found.timed
    assert found.notes == {}


def test_without_times_roles_and_text_are_left():
    found = read_pasted("买家：在吗\n客服：您好，在的\n地址：这里填\n买家：好的")
    assert turns(found) == [("buyer", 0, "在吗"), ("agent", 0, "您好，在的\n地址：这里填"), ("buyer", 0, "好的")]
    assert not found.timed
    assert found.notes == {"times": 3}


def test_two_unknown_names_are_told_apart_by_who_spoke_first_and_that_is_said():
    text = "张三 10:00:00\n在吗\n李四 10:00:05\n您好"
    assert (read_pasted(text).agent, read_pasted(text).notes) == (("李四",), {"guessed": 1})
    told = read_pasted(text, ["张三"])
    assert (told.agent, told.buyer, told.notes) == (("张三",), "李四", {})


def test_several_names_of_the_shop_are_one_agent():
    found = read_pasted("tb1 10:00:00\n在\n店:小林 10:00:05\n您好\n店:小周 10:00:09\n我来帮您\ntb1 10:00:20\n好")
    assert [row["role"] for row in found.rows] == ["buyer", "agent", "agent", "buyer"]
    assert found.agent == ("店:小林", "店:小周")


@pytest.mark.parametrize(
    "text", ["", "一篇文章\n没有人说话", "张三 10:00\n在\n李四 10:01\n在\n王五 10:02\n在", "tb1 10:00:00\n在"]
)
def test_what_cannot_be_told_is_refused(text):
    with pytest.raises(UnreadableChatError):
        read_pasted(text)


def test_the_names_are_offered_when_nobody_can_be_told_to_be_the_agent():
    with pytest.raises(UnreadableChatError) as caught:
        read_pasted("张三 10:00\n在\n李四 10:01\n在\n王五 10:02\n在\n张三 10:03\n好\n李四 10:04\n好\n王五 10:05\n好")
    assert caught.value.names == ("张三", "李四", "王五")


def test_times_that_are_merely_spoken_of_begin_no_message():
    text = "客户 10:00:00\n几点发货\n客服 10:00:09\n您好\n大概 15:30 发货\n最晚 18:00\n客户 10:00:30\n好"
    assert [row["text"] for row in read_pasted(text).rows] == ["几点发货", "您好\n大概 15:30 发货\n最晚 18:00", "好"]


def test_pictures_and_lines_of_the_platform_are_left_out_and_counted():
    found = read_pasted(
        "客户 10:00:00\n[图片]\n系统消息 10:00:01\n客服已接入\n客户 10:00:05\n这个[表情]能退吗\n"
        "客服 10:00:06\n【自动回复】您好，稍等\n客服 10:00:15\n可以的\n客户 10:00:16\n客户撤回了一条消息"
    )
    assert [(row["text"], row.get("auto", False)) for row in found.rows] == [
        ("这个能退吗", False),
        ("您好，稍等", True),
        ("可以的", False),
    ]
    assert found.notes == {"pictures": 2, "system": 2}


def test_times_to_the_minute_and_times_that_run_backwards_are_said():
    found = read_pasted("客户 10:05\n在\n客服 10:04\n您好\n客户 10:06\n好")
    assert [row["t"] for row in found.rows] == [0, 0, 60]
    assert found.notes == {"seconds": 1, "backwards": 1}


@given(st.text(alphabet="买家客服：: 10:23\n[]（）tb月日2024-/你好\x1b\u202e", max_size=300))
def test_no_text_breaks_the_reader(text):
    try:
        found = read_pasted(text)
    except UnreadableChatError:
        return
    times = [row["t"] for row in found.rows]
    assert times == sorted(times)
    assert all(row["role"] in {"buyer", "agent"} for row in found.rows)
    assert "\x1b" not in "".join(row["text"] for row in found.rows)


def test_a_long_line_without_a_name_takes_no_time():
    """A pattern that tried every way would not come back."""
    with pytest.raises(UnreadableChatError):
        read_pasted("10:20 " + "啊 " * 50_000 + "\n" + "（" * 50_000)
