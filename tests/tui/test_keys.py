import pytest

from kefu_sim.i18n import set_language
from kefu_sim.tui.commands import ActionsProvider
from kefu_sim.tui.keys import actions, on_key_line
from kefu_sim.tui.screens.home import HomeScreen
from kefu_sim.tui.screens.inbox import InboxScreen
from kefu_sim.tui.screens.ledger import LedgerScreen
from kefu_sim.tui.screens.page import PageScreen
from kefu_sim.tui.screens.reception import ReceptionScreen
from kefu_sim.tui.screens.replies import RepliesScreen
from kefu_sim.tui.screens.review import ReviewScreen
from kefu_sim.tui.screens.scorecard import ScorecardScreen

SCREENS = {
    "home": HomeScreen,
    "reception": ReceptionScreen,
    "scorecard": ScorecardScreen,
    "page": PageScreen,
    "ledger": LedgerScreen,
    "replies": RepliesScreen,
    "inbox": InboxScreen,
    "review": ReviewScreen,
}
TAKEN = {"ctrl+b", "ctrl+a", "ctrl+w", "ctrl+t", "ctrl+n", "ctrl+i", "ctrl+m", "ctrl+h", "ctrl+left_square_bracket"}


@pytest.mark.parametrize("place", SCREENS)
def test_every_key_does_something(place):
    for action in actions(place):
        name = action.name.partition("(")[0]
        if action.keys and not name.startswith("app."):
            assert hasattr(SCREENS[place], f"action_{name}"), name


@pytest.mark.parametrize("place", SCREENS)
def test_no_key_is_bound_twice_or_taken_by_terminals(place):
    keys = [key for action in (*actions(place), *actions("anywhere")) for key in action.keys.split(",") if key]
    assert len(keys) == len(set(keys))
    assert not TAKEN & set(keys)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_action_says_what_it_does(lang):
    set_language(lang)
    for place in (*SCREENS, "anywhere"):
        for action in actions(place):
            assert action.title
            assert action.help


async def test_the_palette_offers_what_the_moment_allows(at_desk):
    async with at_desk() as desk:
        await desk.open("guided")
        provider = ActionsProvider(desk.screen)
        offered = {action.name for action in provider._offered()}
        assert {"model", "cards", "explain", "pause", "leave", "help", "next_theme", "quit"} <= offered
        await desk.press("ctrl+p")
        assert "想做什么" in desk.text()
        assert "资料卡" in desk.text()
        await desk.press("escape")
        assert desk.screen.composer.has_focus


async def test_a_click_on_the_key_line_does_what_the_key_does(at_desk):
    async with at_desk() as desk:
        await desk.open()
        line = desk.text().splitlines()[-1]
        assert "F3 资料卡" in line
        await desk.pilot.click("KeyLine", offset=(2, 0))
        await desk.settle()
        assert "12 瓦" in desk.text()


@pytest.mark.parametrize("place", ["progress", "class-ask"])
def test_a_click_on_several_digits_takes_none_of_them(place):
    together = [action for action in on_key_line(place) if "–" in action.shown]
    assert [action.keys for action in together] == [""]
