"""The numbers by which progress is measured, as validated data. Read from rules/progress.yaml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kefu_sim.scenario.model import Part

Count = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]


class ProgressRules(Part):
    """Field names are the keys of the file, which says what they mean."""

    version: str
    latest: Count
    window: Count
    late: Share
    telling: Count
    sound: Share
    passed: Points
    mastered: Points
    slow_reply_s: Annotated[float, Field(gt=0)]
    advice: Count
    failed: Points
    boxes: Annotated[tuple[Count, ...], Field(min_length=1)]
    session: Count
