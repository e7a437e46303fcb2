"""Keys, modes and the score, on one page."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from kefu_sim.i18n import tr
from kefu_sim.tui.keys import Place, actions
from kefu_sim.tui.render import Block, StyleOf, fitted, indented, plain, wrapped
from kefu_sim.tui.screens.page import PageScreen
from kefu_sim.words import mode_help, mode_title

_TITLES: tuple[Place, ...] = ("home", "reception", "scorecard", "progress", "review", "anywhere")
_SHIFTS: tuple[Place, ...] = ("rush", "rush-menu", "rush-report", "quick-book")
_DEMOS: tuple[Place, ...] = ("demo-menu", "agenda", "demo", "class-ask")
_DRILLS: tuple[Place, ...] = ("drill-menu", "drill", "drill-result", "reply-drill", "ime-test")


def help_screen(place: Place) -> PageScreen:
    """The help page, beginning with the keys of the place one is at."""
    if place in _DRILLS:
        return PageScreen(tr("Help"), [_drill_words, *(_keys(p) for p in (place, "anywhere")), _drill_signs])
    if place in _SHIFTS:
        return PageScreen(tr("Help"), [_shift_words, *(_keys(p) for p in (place, "anywhere")), _shift_signs])
    if place in _DEMOS:
        return PageScreen(tr("Help"), [_demo_words, *(_keys(p) for p in (place, "anywhere"))])
    if place == "inbox":
        return PageScreen(tr("Help"), [_inbox_words, *(_keys(p) for p in (place, "anywhere"))])
    places = [*((place,) if _place_title(place) else ()), *(p for p in _TITLES if p != place)]
    return PageScreen(tr("Help"), [_first_words, *(_keys(p) for p in places), _modes, _scores])


def _first_words(width: int, style_of: StyleOf) -> Sequence[Content]:
    text = tr(
        "You are the agent of an online shop. A buyer writes to you; type what you would really say and press Enter. "
        "The buyer understands plain Chinese, gets impatient when kept waiting, and may leave or buy."
    )
    return [*wrapped(plain(text, style_of("text")), width), Content("")]


def _shift_words(width: int, style_of: StyleOf) -> Sequence[Content]:
    text = tr(
        "Many buyers write at once, all on one clock: they wait, nudge and leave on their own. Tab takes you to the "
        "most pressing window; a draft stays with the buyer it was written for. The clock runs on while you look "
        "things up."
    )
    return [*wrapped(plain(text, style_of("text")), width), Content("")]


def _demo_words(width: int, style_of: StyleOf) -> Sequence[Content]:
    text = tr(
        "A reception plays itself before the class, beside a poor one for comparison. Points and steps are what the "
        "judge gives for what has been said so far. Where it stops, the class answers; the buyer reacts, and the story "
        "goes on from there. While an input method is on, letters do not get through: F2 notes, F3 ask, F4 blank, F5 "
        "run or stop, F7 and F8 speed."
    )
    return [*wrapped(plain(text, style_of("text")), width), Content("")]


def _inbox_words(width: int, style_of: StyleOf) -> Sequence[Content]:
    text = tr(
        "What buyers did not understand comes here by itself, and so does every row of a ledger that somebody "
        "disputes. Choose the intent that a reply means and add it to the story: only that one text is put into the "
        "file, the rest stays as it is. Samples do not recognise anything by themselves: when verify says PATTERN, add "
        "words of the sample to `any:` of the intent."
    )
    return [*wrapped(plain(text, style_of("text")), width), Content("")]


def _shift_signs(width: int, style_of: StyleOf) -> Sequence[Content]:
    text = tr(
        "¥ at the till, 怨 a grievance, ✓ has paid and waits for a good-bye, •2 unread lines, ✎ a draft of yours, "
        "…40 was asked to wait 40 s ago. Waits: ! from 30 s, !! from 100 s, !!! from 180 s. The most pressing stands "
        "on top: seconds waited, with a start for those at the till and those with a grievance."
    )
    return [plain(tr("Signs in the list"), style_of("title")), *wrapped(plain(text), width)]


def _drill_words(width: int, style_of: StyleOf) -> Sequence[Content]:
    text = tr(
        "Net speed takes five characters off for each wrong, missed or extra one; gross speed takes off nothing. What "
        "an input method hands over at once is spread over the time it took, so phrases and single characters are "
        "measured alike. The commit in progress at the bell counts, with its real time."
    )
    return [*wrapped(plain(text, style_of("text")), width), Content("")]


def _drill_signs(width: int, style_of: StyleOf) -> Sequence[Content]:
    text = tr(
        "▾60 ▾80 ▾100 run ahead at these speeds; near each other they share a label: ▾ ▾60·80. × wrong, ∧ missed, + "
        "one too many before this place, ~ punctuation of the other width."
    )
    return [plain(tr("Signs above the text"), style_of("title")), *wrapped(plain(text), width)]


def _keys(place: Place) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        page = [plain(_place_title(place), style_of("title"))]
        seen: set[str] = set()
        for action in actions(place):
            if action.help in seen:
                continue
            seen.add(action.help)
            label = fitted(plain(f"  {action.shown}", style_of("strong")), 11)
            page += indented(plain(f"{action.title}  ").append_text(action.help, style_of("muted")), width, label)
        return [*page, Content("")]

    return lines


def _place_title(place: Place) -> str:
    return {
        "home": tr("Keys of the home screen"),
        "reception": tr("Keys of a reception"),
        "scorecard": tr("Keys of the scorecard"),
        "anywhere": tr("Keys everywhere"),
        "rush": tr("Keys of a shift"),
        "rush-menu": tr("Keys of the choice of shifts"),
        "rush-report": tr("Keys of a shift's report"),
        "quick-book": tr("Keys of your quick replies"),
        "drill-menu": tr("Keys of the choice of drills"),
        "drill": tr("Keys of a drill"),
        "drill-result": tr("Keys of a drill's result"),
        "reply-drill": tr("Keys of a reply drill"),
        "ime-test": tr("Keys of the input method check"),
        "progress": tr("Keys of the progress screen"),
        "campaign": tr("Keys of the campaign"),
        "review": tr("Keys of a review"),
        "ledger": tr("Keys of a page with rows"),
        "replies": tr("Keys of the page with your replies"),
        "inbox": tr("Keys of the inbox"),
        "demo-menu": tr("Keys of the choice of demos"),
        "agenda": tr("Keys of a lesson"),
        "demo": tr("Keys of a demo"),
        "class-ask": tr("Keys while the class answers"),
    }.get(place, "")


def _modes(width: int, style_of: StyleOf) -> Sequence[Content]:
    page = [plain(tr("Modes"), style_of("title"))]
    for mode in ("practice", "guided", "exam"):
        page += indented(plain(mode_help(mode)), width, fitted(plain(f"  {mode_title(mode)}", style_of("strong")), 11))
    return [*page, Content("")]


def _scores(width: int, style_of: StyleOf) -> Sequence[Content]:
    text = tr(
        "Three things come first: reply speed (from the buyer's first unanswered message to your reply), politeness, "
        "and the eight steps in their order. With accuracy, resolution and brevity they make 100 points. What the "
        "reception gave no occasion for is not judged. Signs of waiting: ! from 30 s, !! from 100 s, !!! from 180 s."
    )
    return [plain(tr("The score"), style_of("title")), *wrapped(plain(text), width)]
