"""The list of quick replies above the composer: opened by `/`, narrowed by what is typed after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget

from kefu_sim.i18n import tr
from kefu_sim.tui.render import fitted, plain, sides

if TYPE_CHECKING:
    from kefu_sim.quick.search import Hit

ROWS = 7
"""Replies in view at a time."""
WIDE = 70
"""Cells from which there is room for everything."""


class QuickPanel(Widget):
    """Hits, one of them chosen."""

    DEFAULT_CSS = """
    QuickPanel { display: none; height: auto; background: $surface; text-wrap: nowrap; }
    QuickPanel.-open { display: block; }
    """
    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__(id="quick")
        self._hits: Sequence[Hit] = ()
        self._at = 0
        self._ready = False

    @property
    def chosen(self) -> Hit | None:
        """The reply Enter takes; None when nothing fits."""
        return self._hits[self._at] if self._hits else None

    def show(self, hits: Sequence[Hit], *, ready: bool) -> None:
        """Show what was found; not `ready` while the book is being read."""
        same = [hit.reply for hit in hits] == [hit.reply for hit in self._hits]
        self._hits, self._ready = hits, ready
        self._at = self._at if same and self.has_class("-open") else 0
        self.set_class(True, "-open")  # noqa: FBT003 (Textual's own order)
        self.refresh(layout=not same)

    def hide(self) -> None:
        """Close the list."""
        self.set_class(False, "-open")  # noqa: FBT003 (Textual's own order)

    def move(self, step: int) -> None:
        """Choose the next or the previous one."""
        if self._hits:
            self._at = (self._at + step) % len(self._hits)
            self.refresh()

    def render(self) -> Content:
        """A head line and the replies around the chosen one."""
        width = self.content_size.width
        count = tr("{n} found").format(n=len(self._hits)) if self._ready else tr("reading…")
        hint = tr("↑↓ choose · Enter puts it in · Esc shuts · F8 yours") if width >= WIDE else tr("Enter puts it in")
        title = Content.assemble((" " + tr("Quick replies"), "bold $primary"), (f"  {count}", "$muted"))
        head = sides(title, plain(hint + " ", "$faint"), width)
        first = min(max(self._at - ROWS // 2, 0), max(len(self._hits) - ROWS, 0))
        lines = [self._line(i, self._hits[i], width) for i in range(first, min(first + ROWS, len(self._hits)))]
        if not lines and self._ready:
            lines = [plain("  " + tr("Nothing fits: try other words, a code, or pinyin initials"), "$warning")]
        return Content("\n").join([head, *lines])

    def _line(self, index: int, hit: Hit, width: int) -> Content:
        here = index == self._at
        line = Content.assemble(
            ("▸ " if here else "  ", "bold $accent"),
            fitted(plain(hit.group, "$muted"), 8 if width >= WIDE else 5),
            fitted(plain(hit.reply.key, "$accent"), 7 if width >= WIDE else 4),
            plain(hit.reply.text, "bold" if here else ""),
        )
        line = fitted(line, width)
        return line.stylize_before("on $panel") if here else line
