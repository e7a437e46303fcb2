from ctypes import Structure, Union, byref, c_uint, c_ushort, c_wchar
from types import SimpleNamespace

import pytest
from textual.app import App
from textual.style import Style

from kefu_sim.base.text import unfolded
from kefu_sim.i18n import set_language
from kefu_sim.scoring.ledger import Phrase
from kefu_sim.scoring.ledger import Row as LedgerRow
from kefu_sim.tui.disputing import figure
from kefu_sim.tui.pace_marks import pace_marks
from kefu_sim.tui.render import bar, beginning, plain, sides, wrapped
from kefu_sim.tui.report import Report, ledger_blocks
from kefu_sim.tui.screens.ours import OurScreen
from kefu_sim.tui.ticker import Ticker
from kefu_sim.tui.windows_input import KEY_EVENT, CharacterKeeper
from kefu_sim.words import clock


class Reception:
    def __init__(self, error=None):
        self.beats, self.error = 0, error

    def advance(self):
        self.beats += 1
        if self.error:
            raise self.error


def test_the_ticker_gives_time_to_whatever_is_in_play():
    playing = Reception()
    ticker = Ticker(lambda: playing, print)
    ticker.beat()
    ticker.beat()
    assert playing.beats == 2
    Ticker(lambda: None, print).beat()


def test_an_error_is_told_once():
    playing, told = Reception(ValueError("x")), []
    ticker = Ticker(lambda: playing, told.append)
    ticker.beat()
    ticker.beat()
    assert playing.beats == 1
    assert [str(error) for error in told] == ["x"]


def test_foreign_text_is_never_markup_and_never_steers():
    content = plain("[b]x[/b][/]\x1b[2J\u202e\t|")
    assert content.plain == "[b]x[/b][/][2J |"
    assert not content.spans


def test_the_beginning_of_a_text_tells_that_words_are_left_out():
    text = plain("先请全班说说差在哪里，再放好的一边")
    assert beginning(text, 12, 3).plain == "先请全班说说\n差在哪里，再\n放好的一边"
    assert beginning(text, 12, 2).plain == "先请全班说说\n差在哪里，…"


def test_lines_keep_their_styles_when_wrapped():
    lines = wrapped(plain("您好在的", "bold"), 4)
    assert [line.plain for line in lines] == ["您好", "在的"]
    assert all(line.spans for line in lines)


def test_two_sides_fill_the_line_never_touch_and_the_left_gives_way():
    assert sides(plain("左边很长的字"), plain("右"), 10).plain == "左边很… 右"
    assert sides(plain("左"), plain("右"), 8).plain == "左    右"


def test_meters_differ_without_colour():
    assert bar(60, 0, 100, 5) == ("▰▰▰", "▱▱")
    assert bar(5, 5, 5, 2) == ("", "▱▱")
    assert clock(125.9) == "02:05"


def test_folded_yaml_leaves_no_blank_in_chinese():
    assert unfolded("有货。 今天发 ok, yes") == "有货。今天发 ok, yes"


class Char(Union):
    _fields_ = (("UnicodeChar", c_wchar),)


class Key(Structure):
    _fields_ = (("wVirtualKeyCode", c_ushort), ("uChar", Char), ("dwControlKeyState", c_uint))


class Event(Union):
    _fields_ = (("KeyEvent", Key),)


class Record(Structure):
    _fields_ = (("EventType", c_ushort), ("Event", Event))


class Kernel:
    answer = 1

    def ReadConsoleInputW(self, handle, records, size, count):  # noqa: N802
        """Shift+/ of a Chinese input method, a bare Shift, and an ordinary A."""
        for i, (code, char) in enumerate([(0, "？"), (0, "\x00"), (65, "A")]):
            key = records._obj[i].Event.KeyEvent
            records._obj[i].EventType = KEY_EVENT
            key.wVirtualKeyCode, key.uChar.UnicodeChar, key.dwControlKeyState = code, char, 0x10
        count._obj.value = 3
        return self.answer


def test_symbols_of_an_input_method_pass_the_windows_filter():
    keeper = CharacterKeeper(Kernel())
    records, count = (Record * 8)(), c_uint(0)
    assert keeper.ReadConsoleInputW(None, byref(records), 8, byref(count)) == 1
    states = [records[i].Event.KeyEvent.dwControlKeyState for i in range(3)]
    assert states == [0, 0x10, 0x10]
    assert keeper.answer == 1


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ((0, 0, 0), "▾60·80·100"),
        ((0, 2, 2), "▾ ▾60·80·100"),
        ((0, 2, 9), "▾ ▾60·80 ▾100"),
        ((0, 2, 8), "▾ ▾     ▾60·80·100"),
        ((0, 4, 8), "▾60 ▾80 ▾100"),
        ((10, 14, 17), "          ▾60 ▾  ▾"),
    ],
)
def test_pace_marks_never_cover_each_other_and_name_every_speed_that_fits(cells, shown):
    row = [" "] * 20
    for cell, char, _ in pace_marks(list(zip(cells, (60, 80, 100), "smf", strict=True)), len(row)):
        row[cell] = char
    assert "".join(row).rstrip() == shown


async def test_a_screen_is_laid_out_for_its_width_from_the_first_frame_on():
    class Narrow(OurScreen):
        HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-middle"), (100, "-wide")]  # noqa: RUF012

        def on_mount(self):
            self.seen = set(self.classes)

    async with App().run_test(size=(90, 24)) as pilot:
        screen = Narrow()
        await pilot.app.push_screen(screen)
        assert screen.seen == {"-middle"}


@pytest.mark.parametrize(("points", "of"), [(9.75, 10), (14.75, 15), (-10, 0)])
def test_the_points_of_a_row_never_touch_what_they_are_for(points, of):
    set_language("zh")
    row = LedgerRow("speed.mean", points, Phrase("快", "fast"), of, dimension="speed")
    [_, block] = ledger_blocks(Report(SimpleNamespace(ledger=[row]), None, (), "zh"))
    assert block(76, lambda _: Style())[0].plain.split() == [figure(row), "响应速度", "快"]
