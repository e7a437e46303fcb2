"""Records as JSON, and as xAPI statements for a learning record store."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid5

from kefu_sim.base.rows import to_data
from kefu_sim.base.text import clean
from kefu_sim.export.sheet import Chapter, Sheet, ShiftPart
from kefu_sim.i18n import language
from kefu_sim.progress.record import Record
from kefu_sim.words import aside_line

HOME = "https://kefu-sim.example"
"""Beginning of the names that statements use; a place that leads nowhere."""
_SPACE = UUID("8b1f0c1e-6a0e-4d0c-9c56-6b656675aaaa")
_VERBS = {
    "completed": ("http://adlnet.gov/expapi/verbs/completed", "completed", "完成了"),
    "terminated": ("http://adlnet.gov/expapi/verbs/terminated", "terminated", "中途结束了"),
}


def as_json(sheet: Sheet) -> str:
    """All records; those given in full with messages, score and advice."""
    chapters = {chapter.record.key: chapter for chapter in sheet.chapters}
    shifts = {shift.record.key: _shift(shift) for shift in sheet.shifts}
    rows = [_record(record, chapters.get(record.key)) | shifts.get(record.key, {}) for record in sheet.records]
    return _dumped({"made": sheet.made, "heading": sheet.heading, "records": rows})


def _shift(shift: ShiftPart) -> dict[str, Any]:
    """What a shift has beside its row."""
    receptions = [{"buyer": one.buyer} | _record(one.record, one) for one in shift.chapters]
    return {"report": shift.report.to_data(language()), "receptions": receptions}


def _record(record: Record, chapter: Chapter | None) -> dict[str, Any]:
    data = record._asdict() | {"steps": {step.value: status for step, status in record.statuses.items()}}
    if chapter is None:
        return data
    lang = language()
    data["messages"] = [{"role": turn.role, "t": turn.t, "text": turn.text} for turn in chapter.turns]
    data["beside"] = [
        {"after": aside.after + 1, **to_data(aside.event), "told": aside_line(chapter.story, aside.event)}
        for aside in chapter.beside.asides
    ]
    data["promises"] = _promises(chapter)
    data["notes"] = dict(chapter.beside.notes or {})
    data["score"] = chapter.score.to_data(lang)
    data["advice"] = {
        "keep": chapter.coaching.keep.pick(lang),
        "start": chapter.coaching.start.pick(lang),
        "stop": chapter.coaching.stop.pick(lang),
        "replies": [
            {"message": one.turn + 1, "said": one.said, "better": one.better.pick(lang), "why": one.why.pick(lang)}
            for one in chapter.coaching.replies
        ],
    }
    return data


def _promises(chapter: Chapter) -> list[dict[str, Any]]:
    """What was promised; messages counted from 1."""
    return [
        {"name": vow.name, "about": vow.about, "message": vow.turn + 1, "due": vow.due, "outcome": vow.outcome}
        for vow in chapter.beside.vows
    ]


def as_xapi(sheet: Sheet) -> str:
    """One xAPI 1.0.3 statement for each record; the same record always gives the same id."""
    chapters = {chapter.record.key: chapter for chapter in sheet.chapters}
    return _dumped([_statement(record, sheet, chapters.get(record.key)) for record in sheet.records])


def _statement(record: Record, sheet: Sheet, chapter: Chapter | None) -> dict[str, Any]:
    iri, english, chinese = _VERBS["terminated" if record.outcome == "left" else "completed"]
    return {
        "id": str(uuid5(_SPACE, record.key)),
        "timestamp": record.ended,
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": HOME, "name": record.trainee or "anonymous"},
        },
        "verb": {"id": iri, "display": {"en-US": english, "zh-CN": chinese}},
        "object": {
            "objectType": "Activity",
            "id": f"{HOME}/{record.kind}/{record.scenario or record.mode}",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/simulation",
                "name": {"zh-CN" if language() == "zh" else "en-US": sheet.title(record)},
            },
        },
        "result": _result(record, chapter),
        "context": {
            "platform": "kefu-sim",
            "extensions": {
                f"{HOME}/xapi/mode": record.mode,
                f"{HOME}/xapi/seed": record.seed,
                f"{HOME}/xapi/rubric": record.rubric,
                f"{HOME}/xapi/record": record.id,
            },
        },
        "version": "1.0.3",
    }


def _result(record: Record, chapter: Chapter | None) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "outcome": record.outcome,
        "mean_reply_s": record.mean_reply_s,
        "characters_a_minute": record.pace,
        "steps": {step.value: status for step, status in record.statuses.items()},
    }
    if chapter is not None:
        figures |= {"promises": _promises(chapter) or None, "order_notes": dict(chapter.beside.notes or {})}
    result: dict[str, Any] = {
        "completion": record.outcome != "left",
        "duration": f"PT{record.seconds:g}S",
        "extensions": {f"{HOME}/xapi/{name}": value for name, value in figures.items() if value not in (None, {})},
    }
    if record.total is not None:
        result["score"] = {"scaled": round(record.total / 100, 4), "raw": record.total, "min": 0, "max": 100}
    return result


def _dumped(data: object) -> str:
    return json.dumps(_cleaned(data), ensure_ascii=False, indent=1) + "\n"


def _cleaned(value: Any) -> Any:
    """No control characters and no half characters in any text."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(one) for key, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list | tuple) else value
