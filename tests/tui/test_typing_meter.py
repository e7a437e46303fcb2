from kefu_sim.tui.typing_meter import TypingMeter


def commits(meter, *groups):
    """Groups of (terminal time, characters)."""
    for at, count in groups:
        for i in range(count):
            meter.key(at + i * 0.001, at)


def test_only_the_first_key_begins_a_draft():
    meter = TypingMeter()
    assert meter.key(0.0, 0.0) is True
    assert meter.key(0.5, 0.5) is False
    assert meter.paste(3) is False


def test_the_first_commit_is_no_gift():
    meter = TypingMeter()
    commits(meter, (10.0, 4), (12.0, 4), (14.0, 4))
    typed, seconds, pasted = meter.take("一二三四一二三四一二三四")
    assert (typed, pasted) == (12, 0)
    assert seconds == 6.0


def test_one_single_commit_has_no_speed():
    meter = TypingMeter()
    commits(meter, (0.0, 8))
    assert meter.take("欢迎光临本店您好") == (8, 0.0, 0)


def test_pasted_characters_are_counted_apart_and_never_beyond_the_text():
    meter = TypingMeter()
    meter.paste(100)
    commits(meter, (1.0, 1), (2.0, 1))
    assert meter.take("好的")[2] == 2
    assert meter.take("好") == (1, 0.0, 0)


def test_a_paste_before_or_between_is_no_typing_and_takes_none_of_its_time():
    meter = TypingMeter()
    meter.paste(30)
    commits(meter, (10.0, 4), (13.0, 4), (16.0, 4))
    assert meter.take("贴" * 30 + "打" * 12) == (12, 9.0, 30)


def test_what_comes_faster_than_hands_type_has_no_speed():
    meter = TypingMeter()
    commits(meter, (10.0, 20), (10.04, 14))
    assert meter.take("话" * 34) == (34, 0.0, 0)
