"""A text area's view of its document, broken by cells with CJK rules in place of Textual's word wrap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument

from kefu_sim.base.wrap import Measure, breaks

if TYPE_CHECKING:
    from textual.document._document import Location
    from textual.widgets import TextArea


class CellWrappedDocument(WrappedDocument):
    """Wraps the whole document at every edit: a message is short, and one way of wrapping is enough.

    Textual has no public place for another line breaker, hence the two overrides. Tabs never come here.
    """

    def __init__(self, area: TextArea, measure: Measure) -> None:
        self._measure = measure
        super().__init__(area.document, area.wrap_width, area.indent_width)

    @classmethod
    def replace_in(cls, area: TextArea, measure: Measure) -> None:
        """Let a text area wrap this way from now on."""
        area.wrapped_document = cls(area, measure)
        area.navigator = DocumentNavigator(area.wrapped_document)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Break every line at `width` cells; 0 for no wrapping."""
        self._width = width
        self._tab_width = tab_width or self._tab_width
        lines = list(self.document.lines)
        self._wrap_offsets = [breaks(line, width, self._measure) for line in lines]
        self._tab_width_cache = [[0] for _ in lines]
        self._offset_to_line_info = []
        self._line_index_to_offsets = []
        for index, offsets in enumerate(self._wrap_offsets):
            first = len(self._offset_to_line_info)
            self._offset_to_line_info.extend((index, section) for section in range(len(offsets) + 1))
            self._line_index_to_offsets.append(list(range(first, len(self._offset_to_line_info))))

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap after an edit."""
        del start, old_end, new_end
        self.wrap(self._width)
