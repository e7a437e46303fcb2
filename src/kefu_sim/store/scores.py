"""Scores as JSON and back: with every row of the ledger, in both languages."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter, ValidationError

from kefu_sim.scoring.ledger import Score


@cache
def _adapter() -> TypeAdapter[Score]:
    return TypeAdapter(Score)


def score_to_text(score: Score) -> str:
    """A score as one line of JSON."""
    return _adapter().dump_json(score).decode("utf-8")


def score_from_text(text: str) -> Score:
    """Read it back. Raises ValueError."""
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        raise ValueError(str(error)) from None
