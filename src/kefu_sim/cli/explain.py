"""`kefu-sim explain`: for one reply, what was recognised, by which rule or words, what was excluded, the runner-up."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from kefu_sim.base.errors import Exit, KefuError
from kefu_sim.base.text import clean
from kefu_sim.i18n import tr

if TYPE_CHECKING:
    from kefu_sim.cli import Commands
    from kefu_sim.language.excluded import Excluded
    from kefu_sim.language.recognise import Recogniser
    from kefu_sim.language.rules import Cue
    from kefu_sim.language.study import Study
    from kefu_sim.language.verdict import Amount, Quantity
    from kefu_sim.scenario.model import Scenario


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("explain", help=tr("show why a reply was understood as it was"))
    parser.add_argument("reply", help=tr("the reply of the agent"))
    after = tr("a line before the reply; may be given again")
    parser.add_argument("--after", action="append", default=[], metavar="买家：…", help=after)
    parser.add_argument(
        "--at",
        metavar=tr("SCENARIO/NODE"),
        default="",
        help=tr("read it at this moment of a scenario: with its intents, its facts and what the buyer waits for there"),
    )
    parser.add_argument("--json", action="store_true", help=tr("one JSON object instead of text"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Explain one reply."""
    from kefu_sim.rulebook.recogniser import load_recogniser

    recogniser = load_recogniser()
    study, story = _study(args, recogniser)
    told = clean("\n".join(as_lines(study, story)))
    text = json.dumps(explanation(study, recogniser), ensure_ascii=False) if args.json else told
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    return Exit.OK


def _study(args: argparse.Namespace, recogniser: Recogniser) -> tuple[Study, Scenario | None]:
    """A reply by itself, or at a moment of a scenario, and that scenario. Raises KefuError where there is none such."""
    from kefu_sim.language.context import said_before

    if not args.at:
        return recogniser.study(args.reply, args.after, previous=said_before(args.after)), None
    from kefu_sim.house import House
    from kefu_sim.programs import BoundRecogniser, program_for

    name, _, place = args.at.partition("/")
    program = program_for(House().library.get(name), recogniser=recogniser)
    assert isinstance(program.understand, BoundRecogniser)
    nodes = program.scenario.nodes
    if place not in nodes:
        what = tr("{scenario} has no node `{node}`").format(scenario=name, node=place)
        raise KefuError(what, hint=tr("name one of these: {nodes}").format(nodes=", ".join(nodes)))
    after = args.after or [f"买家：{line.text}" for line in nodes[place].buyer[:1]]
    return program.understand.study(args.reply, after, said_before(after), place), program.scenario


def explanation(study: Study, recogniser: Recogniser) -> dict[str, Any]:
    """Give the explanation as plain values; ranges are code points of the reply as typed."""
    seen, reply, runner_up = study.recognition, study.read.original, study.runner_up
    numbers: tuple[Amount | Quantity, ...] = (*seen.amounts, *seen.quantities)
    return {
        "reply": reply,
        "read_as": study.read.text,
        "buyer": sorted(study.heard),
        "steps": [
            {"step": str(v.step), "decision": v.decision, "score": round(v.score, 3), "margin": round(v.margin, 3)}
            for v in seen.verdicts
        ],
        "runner_up": str(runner_up.step) if runner_up else None,
        "by_rules": {str(v.step): round(v.score, 3) for v in study.rule_steps if v.score > 0},
        "politeness": seen.politeness,
        "politeness_by_rules": study.rule_politeness,
        "issues": list(seen.issues),
        "awaited": [str(step) for step in seen.awaited],
        "bare_answer": seen.bare.answer if seen.bare else None,
        "intents": list(seen.intents),
        "gaming": list(seen.gaming),
        "evidence": [
            {"label": e.label, "words": reply[e.start : e.end], "start": e.start, "end": e.end, "source": e.source}
            for e in seen.evidence
        ],
        "rules": [_cue(cue, study) for cue in study.cues],
        "ngrams": [
            {"label": n.label, "words": reply[n.start : n.end], "start": n.start, "end": n.end, "weight": n.weight}
            for n in (ngram._replace(weight=round(ngram.weight, 3)) for ngram in study.ngrams)
        ],
        "excluded": [_excluded(row, study) for row in study.excluded],
        "faults": [
            {"category": f.category, "severity": f.severity, "words": reply[f.start : f.end]}
            | ({"right": f.right} if f.right else {})
            for f in seen.faults
        ],
        "amounts": [{"kind": a.kind, "value": a.value, "words": reply[a.start : a.end]} for a in numbers],
        "version": recogniser.version,
    }


def _cue(cue: Cue, study: Study) -> dict[str, Any]:
    start, end = cue.place(study.read)
    rule = cue.rule
    return {
        "id": rule.id,
        "kind": rule.kind,
        "label": rule.label,
        "strength": rule.strength,
        "words": study.read.original[start:end],
        "zh": rule.zh,
        "en": rule.en,
    }


def _excluded(row: Excluded, study: Study) -> dict[str, Any]:
    reply = study.read.original
    return {
        "id": row.source,
        "label": row.label,
        "words": reply[row.start : row.end],
        "start": row.start,
        "end": row.end,
        "why": row.why,
        "by": reply[slice(*row.by)] if row.by else None,
        "by_rule": row.against.id if row.against else None,
    }


def as_lines(study: Study, story: Scenario | None = None) -> list[str]:
    """Lay an explanation out for reading; a story names its own intents."""
    from kefu_sim.reading_text import detail_parts, heard_titles, meanings, verdict_parts
    from kefu_sim.words import named

    lines = [named(tr("Reply"), study.read.original)]
    if study.heard:
        lines.append(named(tr("The buyer"), " · ".join(heard_titles(study.heard))))
    for part in (*verdict_parts(study), *detail_parts(study, meanings(story))):
        lines += ["", part.title, *(f"  {line.label}  {line.text}".rstrip() for line in part.lines)]
    return lines
