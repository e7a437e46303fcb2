"""Trains the statistical half of the recogniser: `python tools/train_recogniser.py`.

Two networks are trained on the written corpus; how they are joined with the rules is fitted on files that were held
out. The same corpus, rules and libraries give the same bytes on the same machine. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from recogniser.blend import Blend, decide, fit_blend, rule_views
from recogniser.corpus import Example, read_corpus, read_rows
from recogniser.figures import calibration_error, f1, kappa
from recogniser.fit import Plan, encode, fit, predict
from recogniser.grams import Grams, learn_grams
from recogniser.network import Network, Shape, Wide
from recogniser.noise import homophones
from recogniser.pack import pack
from recogniser.sounds import sound_table

from kefu_sim.language.features import gram_parts
from kefu_sim.language.lines import whole_sound_table
from kefu_sim.language.model import RuleView
from kefu_sim.language.verdict import STEPS

WEIGHTS = Path(__file__).parents[1] / "src" / "kefu_sim" / "data" / "recogniser.bin"
HELD_OUT = ("replies_08", "replies_13", "chats_01", "chats_07", "extra_15", "extra_16", "extra_18", "extra_20")
"""Files on which the blend is fitted; the final networks see them too."""
DEEP = Plan()
WIDE = Plan(wide=True, epochs=6, rate=2e-2, decay=0.0, join=0.1, shape=Shape(drop_gram=0.3))


def main() -> int:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--measure", type=Path, nargs="*", default=[], help="labelled files to measure on")
    parser.add_argument("--check", action="store_true", help="compare with the file at --out instead of writing it")
    args = parser.parse_args()
    rows = read_corpus()
    sounds = sound_table()
    parts = gram_parts(whole_sound_table(sounds))
    held = [row for row in rows if row.file in HELD_OUT]
    kept = [row for row in rows if row.file not in HELD_OUT]
    views = rule_views(held)
    others = [(path.stem, some, rule_views(some)) for path in args.measure for some in [read_rows(path)]]
    grams, deep, wide = _train(kept, parts, sounds)
    blend = fit_blend(held, *_raw(grams, deep, wide, held), views)
    for name, some, told in [("held out", held, views), *others]:
        _show(name, some, blend, _raw(grams, deep, wide, some), told)
    grams, deep, wide = _train(rows, parts, sounds)
    for name, some, told in others:
        _show(f"{name}, all files", some, blend, _raw(grams, deep, wide, some), told)
    data = pack(grams, sounds, deep, wide, blend)
    if args.check:
        same = args.out.read_bytes() == data
        print("same bytes" if same else "the bytes differ")
        return 0 if same else 1
    args.out.parent.mkdir(exist_ok=True)
    args.out.write_bytes(data)
    print(f"{args.out}: {len(data)} bytes, {len(grams.keys)} n-grams")
    return 0


def _train(rows: Sequence[Example], parts: np.ndarray, sounds: np.ndarray) -> tuple[Grams, Network, Wide]:
    grams = learn_grams(rows, parts)
    alike = homophones(rows, sounds)
    deep = fit(rows, grams, alike, DEEP)
    wide = fit(rows, grams, alike, replace(WIDE, seed=DEEP.seed))
    assert isinstance(deep, Network)
    assert isinstance(wide, Wide)
    return grams, deep, wide


def _raw(grams: Grams, deep: Network, wide: Wide, rows: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    encoded = [encode(row, grams) for row in rows]
    return predict(deep, encoded).astype(np.float64), predict(wide, encoded).astype(np.float64)


def _show(
    name: str,
    rows: Sequence[Example],
    blend: Blend,
    raw: tuple[np.ndarray, np.ndarray],
    views: Sequence[RuleView],
) -> None:
    """Print the figures of one set."""
    chances, expected = decide(blend, *raw, views)
    labels = np.array([(*row.steps, *row.issues) for row in rows])
    scores = [f1(labels[:, k], chances[:, k] >= blend.thresholds[k]) for k in range(13)]
    gold = np.array([row.politeness for row in rows])
    found = np.digitize(expected, blend.cuts) - 2
    rude, polite = gold < 0, gold > 0
    steps = " ".join(f"{step} {score:.3f}" for step, score in zip(STEPS, scores, strict=False))
    print(f"{name}: {len(rows)} rows, macro-F1 {np.mean(scores[:8]):.3f}, kappa {kappa(gold, found):.3f}, ", end="")
    print(f"rude found {(found[rude] < 0).mean():.3f}, polite called rude {(found[polite] < 0).mean():.4f}")
    print(f"   {steps}; issues {np.round(scores[8:], 2).tolist()}")
    print(f"   calibration error of steps {calibration_error(labels[:, :8].ravel(), chances[:, :8].ravel()):.3f}")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
