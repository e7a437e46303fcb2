"""The one registry of actions: bindings, the key line, the help page and the command palette are all made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType

from kefu_sim.i18n import tr

Place = Literal[
    "anywhere", "home", "reception", "scorecard", "page",
    "drill", "drill-menu", "drill-result", "reply-drill", "ime-test", "progress", "review",
    "demo", "demo-menu", "class-ask", "agenda", "campaign", "ledger", "replies", "inbox",
    "quick-book", "rush", "rush-menu", "rush-report",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do."""

    name: str
    """Textual action of the screen, or of the app for the place `anywhere`."""
    keys: str
    """Comma-separated key names of Textual."""
    shown: str
    """How the key is written."""
    title: str
    """Two to six characters, for the key line."""
    help: str
    """One sentence."""
    line: bool = True
    """Whether the key line shows it."""
    priority: bool = False
    """Whether it comes before the keys of the focused widget."""

    @property
    def leaves(self) -> bool:
        """Whether it is the way back to the place before; quitting the program is none."""
        return "escape" in self.keys.split(",") and self.name != "app.quit"


def anywhere() -> list[Action]:
    """Keys of every screen."""
    return [
        Action("help", "f1", "F1", tr("Help"), tr("Keys, modes and how the score is made."), priority=True),
        Action(
            "palette", "ctrl+p", "Ctrl+P", tr("Commands"), tr("Every action by name, with search."), line=False,
            priority=True,
        ),
        Action("next_theme", "f9", "F9", tr("Theme"), tr("Dark, light, high contrast, or the terminal's."), line=False,
               priority=True),
        Action("interrupt", "ctrl+c", "Ctrl+C", tr("Quit"), tr("Twice: quit. A reception is kept and can be resumed."),
               line=False, priority=True),
        Action("quit", "ctrl+q", "Ctrl+Q", tr("Quit"), tr("Quit at once. A reception is kept and can be resumed."),
               line=False, priority=True),
    ]  # fmt: skip


def home() -> list[Action]:
    """Keys of the home screen."""
    return [
        Action("choose", "", "↑↓", tr("Choose"), tr("Choose a buyer.")),
        Action("mode(1)", "right", "←→", tr("Mode"), tr("Choose practice, guided or exam.")),
        Action("mode(-1)", "left", "←", tr("Mode"), tr("Choose practice, guided or exam."), line=False),
        Action("start", "enter", "Enter", tr("Receive"), tr("Receive the chosen buyer.")),
        Action("resume", "r", "R", tr("Resume"), tr("Go on with the reception that was interrupted.")),
        Action("app.drill", "d", "D", tr("Typing"), tr("60, 80, 100 characters a minute; answer buyers in time.")),
        Action("app.rush_hour", "w", "W", tr("Shift"), tr("A shift: many buyers at once.")),
        Action(
            "app.quick_book",
            "f8",
            "F8",
            tr("My replies"),
            tr("Your quick replies: change, import, export."),
            line=False,
        ),
        Action("app.progress", "s", "S", tr("Progress"), tr("Scores over time, weak steps, what to practise next.")),
        Action("app.campaign", "g", "G", tr("Campaign"), tr("Meet the buyers in stages; each opens the next.")),
        Action("app.demo", "c", "C", tr("Demo"), tr("Receptions that play themselves before a class.")),
        Action("problems", "p", "P", tr("Problems"), tr("What is wrong in scenario files, and how to mend it.")),
        Action("app.quit", "q,escape", "Q", tr("Quit"), tr("Leave the program.")),
    ]


def reception() -> list[Action]:
    """Keys of a reception."""
    return [
        Action("send", "", "Enter", tr("Send"), tr("Send the message."), line=False),
        Action("newline", "", "Ctrl+J", tr("New line"), tr("Break the line."), line=False),
        Action("model", "f2", "F2", tr("Model answer"), tr("Guided mode: show a model answer. Costs points.")),
        Action("cards", "f3", "F3", tr("Cards"), tr("Product and shop rules; again: the next card, then none.")),
        Action("explain", "f4", "F4", tr("Explain"),
               tr("What your replies were understood as, by which words; there L: the points so far, D: dispute.")),
        Action("pause", "f5", "F5", tr("Pause"), tr("Stop the clock; not in an exam.")),
        Action("note", "f6", "F6", tr("Note"), tr("Write the note of the order: gifts, promises, what was agreed."),
               priority=True),
        Action("quick", "", "/", tr("Quick replies"), tr("At the start of a line: find a ready line.")),
        Action("app.quick_book", "f8", "F8", tr("My replies"), tr("Your quick replies: change, import, export."),
               line=False, priority=True),
        Action("older", "pageup", "PgUp", tr("Older lines"), tr("Scroll the chat, or an open card, up."), line=False,
               priority=True),
        Action("newer", "pagedown", "PgDn", tr("Newer lines"), tr("Scroll the chat, or an open card, down."),
               line=False, priority=True),
        Action("leave", "f10,escape", "Esc", tr("Leave"),
               tr("Shut an open card; else leave the buyer, after a question.")),
    ]  # fmt: skip


def _dispute() -> Action:
    return Action(
        "dispute", "d", "D", tr("Dispute"),
        tr("Hold the row in hand to be wrong: the trainer finds it in the inbox. Again: take it back."),
    )  # fmt: skip


def _explain() -> Action:
    return Action("explain", "f4", "F4", tr("Explain"), tr("What the chosen reply was understood as, by which words."))


def scorecard() -> list[Action]:
    """Keys of the scorecard."""
    return [
        Action("tab(1)", "right,tab", "←→", tr("Pages"), tr("Overview, ledger, reply by reply.")),
        Action("tab(-1)", "left,shift+tab", "←", tr("Pages"), tr("Overview, ledger, reply by reply."), line=False),
        Action("scroll", "", "↑↓", tr("Scroll"), tr("Scroll the page; on the ledger and the replies: choose a row.")),
        _explain(),
        _dispute(),
        Action("again", "r", "R", tr("Same buyer again"), tr("The same buyer with the same seed.")),
        Action("next", "n", "N", tr("Next buyer"), tr("Go on to the next buyer in the list.")),
        Action("review", "v", "V", tr("Review"), tr("Turn by turn; go back into any reply and try another way.")),
        Action("home", "h,escape", "H", tr("Home"), tr("Back to the list of buyers.")),
    ]


def drill() -> list[Action]:
    """Keys of a drill being typed."""
    return [
        Action("restart", "tab", "Tab", tr("Restart"), tr("The same kind of drill anew."), priority=True),
        Action("pause", "f5", "F5", tr("Pause"), tr("Stop the clock; not in an exam.")),
        Action("suspend", "ctrl+z", "Ctrl+Z", tr("To the shell"), tr("Back to the shell; `fg` comes back here."),
               line=False),
        Action("take_back", "", "⌫", tr("Take back"), tr("One character; Ctrl+W a word, Ctrl+U the line.")),
        Action("leave", "f10,escape", "Esc", tr("End"), tr("End the drill; what was typed is measured.")),
    ]  # fmt: skip


def drill_menu() -> list[Action]:
    """Keys of the choice of drills."""
    return [
        Action("rows", "", "↑↓", tr("Row"), tr("Choose what to set.")),
        Action("values", "", "←→", tr("Value"), tr("Choose its value.")),
        Action("start", "enter", "Enter", tr("Begin"), tr("Begin the drill; it counts down 3, 2, 1."), priority=True),
        Action("home", "h,escape", "Esc", tr("Home"), tr("Back to the list of buyers.")),
    ]


def drill_result() -> list[Action]:
    """Keys of a finished drill."""
    return [
        Action("again", "tab", "Tab", tr("Again"), tr("The same kind of drill, other sentences."), priority=True),
        Action("phrases", "f2", "F2", tr("Worst phrases"), tr("A drill of your slowest and wrong phrases.")),
        Action("scroll", "", "↑↓", tr("Scroll"), tr("Scroll the page.")),
        Action("menu", "escape", "Esc", tr("Drills"), tr("Choose another drill.")),
    ]


def _paging() -> list[Action]:
    """Keys that move a page while something else has the focus."""
    return [
        Action("page(-1)", "pageup", "PgUp", tr("Scroll"), tr("Scroll the page up."), line=False, priority=True),
        Action("page(1)", "pagedown", "PgDn", tr("Scroll"), tr("Scroll the page down."), line=False, priority=True),
    ]


def reply_drill() -> list[Action]:
    """Keys of a reply drill."""
    return [
        Action("send", "", "Enter", tr("Send, next"), tr("Send the answer; then go on to the next line.")),
        *_paging(),
        Action("leave", "f10,escape", "Esc", tr("End"), tr("End the drill.")),
    ]


def ime_test() -> list[Action]:
    """Keys of the input method check."""
    return [
        Action("judge", "", "Enter", tr("Next"), tr("Judge what came, go on to the next task.")),
        Action("again", "f5", "F5", tr("Again"), tr("From the first task.")),
        *_paging(),
        Action("leave", "f10,escape", "Esc", tr("Drills"), tr("Choose a drill.")),
    ]


def rush() -> list[Action]:
    """Keys of a shift."""
    return [
        Action("next", "tab", "Tab", tr("Most pressing"), tr("Turn to the most pressing window.")),
        Action("previous", "shift+tab", "⇧Tab", tr("Last"), tr("Back to the window before."), line=False),
        Action("below(1)", "ctrl+down", "Ctrl+↑↓", tr("Up, down"), tr("The window above or below in the list."),
               line=False),
        Action("below(-1)", "ctrl+up", "Ctrl+↑", tr("Up, down"), tr("The window above or below in the list."),
               line=False),
        Action("goto", "f2,ctrl+g", "F2", tr("Find"), tr("Find a window by number or name.")),
        Action("cards", "f3", "F3", tr("Cards"), tr("Product and shop rules; again: the next card, then none.")),
        Action("quick", "", "/", tr("Quick replies"), tr("At the start of a line: find a ready line.")),
        Action("book", "f4", "F4", tr("Promises"), tr("What was promised and by when; the hand-over form.")),
        Action("note", "f6", "F6", tr("Note"), tr("Write the note of the order: gifts, promises, what was agreed.")),
        Action("busy", "ctrl+o", "Ctrl+O", tr("Busy"),
               tr("Busy: nobody new is received, clocks run on; again: receive.")),
        Action("pause", "f5", "F5", tr("Pause"), tr("Stop the clock.")),
        Action("app.quick_book", "f8", "F8", tr("My replies"), tr("Your quick replies: change, import, export."),
               line=False, priority=True),
        Action("notices", "f7", "F7", tr("Notices"), tr("What the shop has announced; marks it as read.")),
        Action("older", "pageup", "PgUp", tr("Older lines"), tr("Scroll the chat, or an open card, up."), line=False,
               priority=True),
        Action("newer", "pagedown", "PgDn", tr("Newer lines"), tr("Scroll the chat, or an open card, down."),
               line=False, priority=True),
        Action("leave", "f10,escape", "Esc", tr("Leave"), tr("Leave the shift; asks first.")),
    ]  # fmt: skip


def rush_menu() -> list[Action]:
    """Keys of the choice of shifts."""
    return [
        Action("choose", "", "↑↓", tr("Pick"), tr("Choose a shift.")),
        Action("start", "enter", "Enter", tr("Begin"), tr("Begin the chosen shift.")),
        Action("resume", "r", "R", tr("Resume"), tr("Go on with the shift that was interrupted.")),
        Action("app.quick_book", "f8", "F8", tr("My replies"), tr("Your quick replies: change, import, export.")),
        Action("problems", "p", "P", tr("Problems"), tr("What is wrong in shift files, and how to mend it.")),
        Action("home", "h,escape", "Esc", tr("Home"), tr("Back to the list of buyers.")),
    ]


def rush_report() -> list[Action]:
    """Keys of the report of a shift."""
    return [
        Action("tab(1)", "right,tab", "←→", tr("Pages"), tr("Overview, points, buyers, colleagues.")),
        Action("tab(-1)", "left,shift+tab", "←", tr("Pages"), tr("Overview, points, buyers, colleagues."), line=False),
        Action("scroll", "", "↑↓", tr("Scroll"), tr("Scroll the page.")),
        Action("buyer", "b,f2", "B", tr("One buyer"), tr("The scorecard of one buyer.")),
        _dispute(),
        Action("archive", "a", "A", tr("Archive"), tr("Put the chats of the shift into a folder.")),
        Action("again", "r", "R", tr("Same shift again"), tr("The same shift with the same buyers.")),
        Action("home", "h,escape", "H", tr("Home"), tr("Back to the list of buyers.")),
    ]


def quick_book() -> list[Action]:
    """Keys of the trainee's quick replies."""
    return [
        Action("choose", "", "↑↓", tr("Pick"), tr("Choose a reply.")),
        Action("edit", "enter", "Enter", tr("Change"), tr("Change the chosen reply.")),
        Action("add", "n", "N", tr("New"), tr("Write a new reply.")),
        Action("delete", "delete,d", "D", tr("Delete"), tr("Delete the chosen reply; asks first.")),
        Action("take_in", "i", "I", tr("Import"), tr("Add the replies of a YAML or CSV file.")),
        Action("write", "x", "X", tr("Export"), tr("Write all replies to a YAML or CSV file.")),
        Action("close", "escape,q", "Esc", tr("Back"), tr("Back to where you came from.")),
    ]


def _one_of_several(name: str, numbers: Iterable[int], title: str, told: str) -> list[Action]:
    """A digit for each; the key line names them together, and there a click would not say which is meant."""
    return [Action(f"{name}({n})", str(n), str(n), title, told, line=False) for n in numbers]


def progress() -> list[Action]:
    """Keys of the progress screen."""
    return [
        Action("tab(1)", "right,tab", "←→", tr("Pages"), tr("Overview, eight steps, lost points, records.")),
        Action("tab(-1)", "left,shift+tab", "←", tr("Pages"), tr("Overview, eight steps, lost points, records."),
               line=False),
        Action("open", "", "Enter", tr("Review"), tr("On the page of records: look at one of them again."), line=False),
        Action("follow", "", "1–3", tr("Practise"), tr("Practise what is advised.")),
        *_one_of_several("follow", range(1, 4), tr("Practise"), tr("Practise what is advised.")),
        Action("buyer", "b", "B", tr("Buyer"), tr("Only one buyer.")),
        Action("mode", "m", "M", tr("Mode"), tr("Only one mode.")),
        Action("span", "t", "T", tr("Time"), tr("The last 7, 30 or 90 days, or all time.")),
        Action("profile", "p", "P", tr("Profile"), tr("Whose progress: a name, or everybody.")),
        Action("home", "h,escape", "Esc", tr("Home"), tr("Back to the list of buyers.")),
    ]  # fmt: skip


def campaign() -> list[Action]:
    """Keys of the campaign."""
    return [
        Action("pick", "", "↑↓", tr("Choose"), tr("Choose a buyer.")),
        Action("start", "enter", "Enter", tr("Receive"), tr("Receive the chosen buyer.")),
        Action("home", "h,escape", "Esc", tr("Home"), tr("Back to the list of buyers.")),
    ]


def demo() -> list[Action]:
    """Keys of a demo being shown. Those with an F key work while an input method is on."""
    return [
        Action("run", "space,f5", tr("Space"), tr("Run, stop"), tr("Let it run, or stop it; at a question: go on.")),
        Action("step(1)", "right,pagedown", "←→", tr("Line by line"),
               tr("The next line, the one before; also PgDn, PgUp.")),
        Action("step(-1)", "left,pageup", "←", tr("Line by line"),
               tr("The next line, the one before; also PgDn, PgUp."), line=False),
        Action("speed(1)", "plus,equals_sign,f8", "+−", tr("Speed"), tr("Faster, slower; also F8, F7.")),
        Action("speed(-1)", "minus,underscore,f7", "−", tr("Speed"), tr("Faster, slower; also F8, F7."), line=False),
        Action("ask", "q,question_mark,f3", "Q", tr("Ask the class"), tr("Stop and ask what the class would answer.")),
        Action("notes", "n,f2", "N", tr("Notes"), tr("Show or hide the trainer's notes.")),
        Action("blank", "b,full_stop,f4", "B", tr("Blank"), tr("A black screen; any key brings the demo back.")),
        Action("again", "r", "R", tr("From the start"), tr("Play it from the beginning."), line=False),
        Action("leave", "escape,f10", "Esc", tr("Back"), tr("Back to the choice of demos, or to the agenda.")),
    ]  # fmt: skip


def demo_menu() -> list[Action]:
    """Keys of the choice of demos."""
    return [
        Action("pick", "", "↑↓", tr("Pick"), tr("Choose a lesson or a demo.")),
        Action("show(1)", "right", "←→", tr("Show as"), tr("Both side by side, the poor one, the good one.")),
        Action("show(-1)", "left", "←", tr("Show as"), tr("Both side by side, the poor one, the good one."),
               line=False),
        Action("start", "enter", "Enter", tr("Begin"), tr("Begin the chosen lesson or demo.")),
        Action("problems", "p", "P", tr("Problems"), tr("What is wrong in demo files, and how to mend it.")),
        Action("home", "h,escape", "Esc", tr("Home"), tr("Back to the list of buyers.")),
    ]  # fmt: skip


def review() -> list[Action]:
    """Keys of a review."""
    return [
        Action("turns", "", "↑↓", tr("Turn"), tr("Go from turn to turn.")),
        Action("reenter", "r", "R", tr("Retry"), tr("Re-enter at this reply, with the same seed.")),
        Action("compare", "c", "C", tr("Side by side"), tr("This way and the other one, side by side.")),
        Action("ledger", "l", "L", tr("Every point"), tr("The whole ledger.")),
        _explain(),
        _dispute(),
        Action("back", "escape", "Esc", tr("Progress"), tr("Back to progress.")),
    ]


def class_ask() -> list[Action]:
    """Keys while the class is asked."""
    return [
        Action("add", "", "Enter", tr("Add answer"), tr("Take the answer; up to four.")),
        Action("choose", "enter", "Enter", tr("To the buyer"), tr("The marked answer goes to the buyer.")),
        Action("switch", "tab", "Tab", tr("Vote / write"), tr("From writing answers to counting hands, and back."),
               priority=True),
        Action("vote", "", "1–4", tr("One hand"), tr("One more hand for this answer.")),
        *_one_of_several("vote", range(1, 5), tr("One hand"), tr("One more hand for this answer.")),
        Action("unvote", "backspace", "⌫", tr("One less"), tr("The last hand does not count.")),
        Action("correct", "e,f2", "E", tr("Rewrite"), tr("Take the marked answer back and change it.")),
        Action("mark(-1)", "up", "↑↓", tr("Mark"), tr("Choose the answer that goes to the buyer."), line=False),
        Action("mark(1)", "down", "↑↓", tr("Mark"), tr("Choose the answer that goes to the buyer."), line=False),
        Action("leave", "escape,f10", "Esc", tr("Back"), tr("Back to the demo.")),
    ]  # fmt: skip


def agenda() -> list[Action]:
    """Keys of a lesson's agenda."""
    return [
        Action("start", "enter,space,right,pagedown", "Enter", tr("Begin"), tr("Begin the marked entry.")),
        Action("go_on", "enter,space,right,pagedown", "Enter", tr("Go on"), tr("From a page or the end: go on.")),
        Action("move(1)", "down", "↑↓", tr("Pick"), tr("Choose another entry.")),
        Action("move(-1)", "up,left,pageup", "↑", tr("Pick"), tr("Choose another entry."), line=False),
        Action("notes", "n,f2", "N", tr("Notes"), tr("Show or hide the trainer's notes.")),
        Action("blank", "b,full_stop,f4", "B", tr("Blank"), tr("A black screen; any key brings the demo back.")),
        Action("leave", "escape,f10", "Esc", tr("Back"), tr("End the lesson; back to the choice of demos.")),
    ]


def page() -> list[Action]:
    """Keys of a page over another screen."""
    return [
        Action("scroll", "", "↑↓", tr("Scroll"), tr("Scroll the page.")),
        Action("close", "escape,enter,q", "Esc", tr("Close"), tr("Back.")),
    ]


def ledger() -> list[Action]:
    """Keys of a page whose rows can be disputed."""
    return [
        Action("rows", "", "↑↓", tr("Next row"), tr("Go from row to row.")),
        _dispute(),
        Action("close", "escape,enter,q", "Esc", tr("Close"), tr("Back.")),
    ]


def replies() -> list[Action]:
    """Keys of the page with one's replies, over a reception that goes on."""
    return [
        Action("rows", "", "↑↓", tr("Next row"), tr("Go from row to row.")),
        Action("turn(-1)", "left", "←→", tr("Other reply"), tr("An earlier reply of yours, or a later one.")),
        Action("turn(1)", "right", "→", tr("Other reply"), tr("An earlier reply of yours, or a later one."),
               line=False),
        Action("points", "l", "L", tr("Points so far"), tr("What counts up to now, speed too; D there disputes it.")),
        _dispute(),
        Action("close", "escape,enter,q", "Esc", tr("Close"), tr("Back.")),
    ]  # fmt: skip


def inbox() -> list[Action]:
    """Keys of the trainer's inbox."""
    return [
        Action("entries", "", "↑↓", tr("Entry"), tr("Go from entry to entry.")),
        Action("choose", "enter", "Enter", tr("Intent"), tr("Choose the intent that a reply is added to.")),
        Action("say", "s", "S", tr("It means this"), tr("Add the reply to `say:` of the chosen intent.")),
        Action("not", "n", "N", tr("It does not"), tr("Add the reply to `not:` of the chosen intent.")),
        Action("done", "d", "D", tr("Put away"), tr("Nothing to be done about this entry.")),
        Action("page(-1)", "pageup", "PgUp", tr("Scroll"), tr("Scroll the page up."), line=False, priority=True),
        Action("page(1)", "pagedown", "PgDn", tr("Scroll"), tr("Scroll the page down."), line=False, priority=True),
        Action("leave", "escape,q", "Esc", tr("Quit"), tr("Leave the inbox.")),
    ]


_LISTS: dict[Place, Callable[[], list[Action]]] = {
    "anywhere": anywhere, "home": home, "reception": reception, "scorecard": scorecard, "page": page,
    "quick-book": quick_book, "rush": rush, "rush-menu": rush_menu, "rush-report": rush_report, "drill": drill,
    "drill-menu": drill_menu, "drill-result": drill_result, "reply-drill": reply_drill, "ime-test": ime_test,
    "progress": progress, "review": review,
    "demo": demo, "demo-menu": demo_menu, "class-ask": class_ask, "agenda": agenda, "ledger": ledger,
    "replies": replies, "inbox": inbox,
    "campaign": campaign,
}  # fmt: skip


def actions(place: Place) -> list[Action]:
    """The actions of a place, in the language in force."""
    return _LISTS[place]()


def bindings(place: Place) -> list[BindingType]:
    """The key bindings of a place."""
    return [
        Binding(
            _with_capitals(action.keys), action.name, action.title, show=False, priority=action.priority, system=True
        )
        for action in actions(place)
        if action.keys
    ]


def _with_capitals(keys: str) -> str:
    """Letters also as Shift and Caps Lock type them."""
    return ",".join(f"{key},{key.upper()}" if len(key) == 1 and key.islower() else key for key in keys.split(","))


def on_key_line(place: Place) -> Iterable[Action]:
    """What the key line shows, the screen's own keys first."""
    return [action for action in (*actions(place), *anywhere()) if action.line]
