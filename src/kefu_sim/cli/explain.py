"""`kefu-sim explain`: for one reply, what was recognised, by which rule or words, what was excluded, the runner-up."""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from kefu_sim.base.errors import Exit
from kefu_sim.i18n import language, tr

if TYPE_CHECKING:
    from kefu_sim.cli import Commands
    from kefu_sim.language.recognise import Recogniser, Study
    from kefu_sim.language.rules import Cue
    from kefu_sim.language.verdict import Amount, Quantity


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("explain", help=tr("show why a reply was understood as it was"))
    parser.add_argument("reply", help=tr("the reply of the agent"))
    after = tr("a line before the reply; may be given again")
    parser.add_argument("--after", action="append", default=[], metavar="买家：…", help=after)
    parser.add_argument("--json", action="store_true", help=tr("one JSON object instead of text"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Explain one reply."""
    from kefu_sim.rulebook.recogniser import load_recogniser

    recogniser = load_recogniser()
    study = recogniser.study(args.reply, args.after)
    shown = explanation(study, recogniser)
    text = json.dumps(shown, ensure_ascii=False) if args.json else "\n".join(as_lines(shown))
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    return Exit.OK


def explanation(study: Study, recogniser: Recogniser) -> dict[str, Any]:
    """Give the explanation as plain values; ranges are code points of the reply as typed."""
    seen, reply = study.recognition, study.read.original
    refused = [v for v in seen.verdicts if v.decision != "accept"]
    runner_up = max(refused, key=lambda v: v.score, default=None)
    numbers: tuple[Amount | Quantity, ...] = (*seen.amounts, *seen.quantities)
    return {
        "reply": reply,
        "read_as": study.read.text,
        "buyer": sorted(study.heard),
        "steps": [
            {"step": str(v.step), "decision": v.decision, "score": round(v.score, 3), "margin": round(v.margin, 3)}
            for v in seen.verdicts
        ],
        "runner_up": str(runner_up.step) if runner_up and runner_up.score > 0 else None,
        "by_rules": {str(v.step): round(v.score, 3) for v in study.rule_steps if v.score > 0},
        "politeness": seen.politeness,
        "politeness_by_rules": study.rule_politeness,
        "issues": list(seen.issues),
        "intents": list(seen.intents),
        "gaming": list(seen.gaming),
        "evidence": [
            {"label": e.label, "words": reply[e.start : e.end], "start": e.start, "end": e.end, "source": e.source}
            for e in seen.evidence
        ],
        "rules": [_cue(cue, study) for cue in study.cues],
        "faults": [
            {"category": f.category, "severity": f.severity, "words": reply[f.start : f.end]} for f in seen.faults
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


def as_lines(shown: dict[str, Any]) -> list[str]:
    """Lay an explanation out for reading."""
    from kefu_sim.rulebook.rubric import fault_title

    by_rules, fault, amount = tr("by rules alone"), tr("Fault"), tr("Amount")
    head = [
        (tr("Reply"), shown["reply"]),
        (tr("Read as"), shown["read_as"]),
        (tr("The buyer"), " ".join(shown["buyer"])),
        (tr("Earns nothing"), " ".join(shown["gaming"])),
        (tr("Politeness"), f"{shown['politeness']:+d} ({by_rules} {shown['politeness_by_rules']:+d})"),
        (tr("Issues"), " ".join(shown["issues"])),
        (tr("Intents"), " ".join(shown["intents"])),
    ]
    lines = [f"{name}: {value}" for name, value in head if value]
    lines += [tr("Steps"), *map(partial(_step_line, shown), sorted(shown["steps"], key=lambda row: -row["score"]))]
    lines.append(tr("Evidence"))
    lines += [f"  {e['label']}  “{e['words']}”  {e['source']}" for e in shown["evidence"]]
    lines.append(tr("Rules that held"))
    for cue in shown["rules"]:
        sign = "+" if cue["strength"] > 0 else "−"
        reason = cue["zh"] if language() == "zh" else cue["en"]
        lines.append(f"  {sign} {cue['label']}  “{cue['words']}”  {cue['id']}: {reason}")
    lines += [f"{fault}: {f['severity']} {fault_title(f['category'])}  “{f['words']}”" for f in shown["faults"]]
    lines += [f"{amount}: {a['kind']} {a['value']:g}  “{a['words']}”" for a in shown["amounts"]]
    return lines


def _step_line(shown: dict[str, Any], row: dict[str, Any]) -> str:
    mark = {"accept": "✓", "ask": "?", "miss": " "}[row["decision"]]
    rules = shown["by_rules"].get(row["step"])
    by_rules, runner_up = tr("by rules alone"), tr("runner-up")
    told = f"  {by_rules} {rules:.2f}" if rules else ""
    near = f"  ← {runner_up}" if row["step"] == shown["runner_up"] else ""
    return f"  {mark} {row['step']} {row['score']:.2f} ({row['margin']:+.2f}){told}{near}"
