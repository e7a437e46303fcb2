"""What the trainee may look up: the cards of the story, one at a time, while the chat goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from kefu_sim.i18n import tr
from kefu_sim.tui.render import Block, StyleOf, indented, plain, sides
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.words import card_label, card_text


class Cards(LineView, can_focus=False):
    """One card, or nothing."""

    DEFAULT_CSS = """
    Cards { display: none; background: $surface; padding: 0 1; }
    Cards.-open { display: block; }
    """

    def __init__(self, cards: Mapping[str, Mapping[str, object]], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._cards = cards
        self.card: str | None = None
        """The one that is open."""

    def now_say(self, cards: Mapping[str, Mapping[str, object]]) -> None:
        """Rules have changed: an open card is written anew, or closed when there is none of its name any more."""
        self._cards = cards
        if self.card is not None and self.card in cards:
            self._write(self.card)
        else:
            self.shut()

    def change(self, cards: Mapping[str, Mapping[str, object]]) -> None:
        """Other cards, none of them open."""
        self._cards = cards
        self.shut()

    def shut(self) -> None:
        """No card is open any more."""
        self.card = None
        self.remove_class("-open")

    def _write(self, card: str) -> None:
        names = list(self._cards)
        self.show([card_block(card, self._cards[card], names.index(card) + 1, len(names))])

    def turn(self) -> str | None:
        """Open the next card; after the last one none is open."""
        names = list(self._cards)
        at = names.index(self.card) + 1 if self.card in names else 0
        self.card = names[at] if at < len(names) else None
        self.set_class(self.card is not None, "-open")
        if self.card is not None:
            self._write(self.card)
        return self.card


def all_cards(cards: Mapping[str, Mapping[str, object]]) -> list[Block]:
    """Every card, one below the other."""
    return [block for name, card in cards.items() for block in (card_block(name, card), _gap)]


def card_block_index(cards: Mapping[str, object], card: str | None) -> int:
    """Where a card stands among the blocks of all of them; the first for none."""
    return list(cards).index(card) * 2 if card is not None and card in cards else 0


def _gap(width: int, style_of: StyleOf) -> Sequence[Content]:
    del width, style_of
    return [Content("")]


def card_block(name: str, card: Mapping[str, object], number: int = 0, count: int = 0) -> Block:
    """A card as lines; with its place among the cards when it stands alone."""

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        title = plain(card_label(name), style_of("title"))
        told = tr("card {n} of {count} · F3").format(n=number, count=count) if number else ""
        place = plain(told, style_of("faint"))
        return [sides(title, place, width), *_entries(card, width, style_of)]

    return lines


def _entries(card: Mapping[str, object], width: int, style_of: StyleOf, depth: int = 0) -> list[Content]:
    lines: list[Content] = []
    pad = "  " * depth
    for key, value in card.items():
        head = plain(f"{pad}{card_label(str(key))}  ", style_of("muted"))
        if isinstance(value, Mapping):
            lines.append(head)
            lines += _entries(value, width, style_of, depth + 1)
        elif isinstance(value, list | tuple):
            lines.append(head)
            for item in value:
                lines += indented(plain(card_text(item)), width, f"{pad}  - ")
        else:
            lines += indented(plain(card_text(value)), width, head)
    return lines
