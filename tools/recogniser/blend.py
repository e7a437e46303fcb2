"""Joins network, n-grams and rules in one calibrated decision, fitted on rows none of them was trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from kefu_sim.language.model import CALM, ISSUES, RuleView
from kefu_sim.language.recognise import Recogniser
from kefu_sim.rulebook.recogniser import load_tables
from recogniser.corpus import Example
from recogniser.figures import best_threshold, kappa

Floats = NDArray[np.float64]
_PLAIN = np.r_[0:8, 13:18]
"""Outputs that are one probability each: steps and issues."""
_TONE = slice(8, 13)
CUTS = np.array((-1.5, -0.5, 0.5, 1.5))
CUT_GRID = np.arange(-0.3, 0.31, 0.05)
ALIKE = 0.001
"""Agreements (kappa) this near count as equal; the lowest bound of them is taken, so that replies are called rude too
seldom rather than too often, and a few rows do not move a bound."""
PLAINER = ("extra_20",)
"""Held-out files whose replies are plainer than those at work: the tone is not joined on them."""


@dataclass(frozen=True, slots=True)
class Blend:
    """Coefficients and thresholds."""

    plain: Floats
    """(13, 4) for each step and issue: network, n-grams, rules, rules say anything."""
    plain_bias: Floats
    manner: Floats
    """(20, 5) from tone logits of network and n-grams, degree (one-hot) and issues of the rules, to degrees."""
    manner_bias: Floats
    calm: Floats
    """(20, 5) the same from probabilities instead of logits; it goes less far on unfamiliar text."""
    calm_bias: Floats
    thresholds: Floats
    """(13,)"""
    cuts: Floats
    """(4,) bounds of the expected politeness."""


def rule_views(rows: Sequence[Example]) -> list[RuleView]:
    """Ask the rules alone about every row."""
    rules = Recogniser(load_tables(), None)
    views: list[RuleView] = []
    for row in rows:
        seen = rules.recognise(row.reply, row.context)
        issues = tuple(issue in seen.issues for issue in ISSUES)
        views.append(RuleView(tuple(v.score for v in seen.verdicts), seen.politeness, issues))
    return views


def _plain(deep: Floats, wide: Floats, views: Sequence[RuleView]) -> Floats:
    """Give the inputs for steps and issues; (rows, 13, 4)."""
    told = np.array([(*view.steps, *view.issues) for view in views], np.float64)
    return np.stack((deep[:, _PLAIN], wide[:, _PLAIN], told, told > 0), axis=2)


def _tones(deep: Floats, wide: Floats, views: Sequence[RuleView]) -> tuple[Floats, Floats]:
    """Give the two kinds of inputs for the tone; (rows, 20) each."""
    degrees = np.eye(5)[[view.politeness + 2 for view in views]]
    issues = np.array([view.issues for view in views], np.float64)
    logits = [part[:, _TONE] - part[:, _TONE].mean(1, keepdims=True) for part in (deep, wide)]
    shares = [_shares(part[:, _TONE]) for part in (deep, wide)]
    return np.concatenate((*logits, degrees, issues), axis=1), np.concatenate((*shares, degrees, issues), axis=1)


def _shares(logits: Floats) -> Floats:
    soft = np.exp(logits - logits.max(1, keepdims=True))
    shares: Floats = soft / soft.sum(1, keepdims=True)
    return shares


def fit_blend(rows: Sequence[Example], deep: Floats, wide: Floats, views: Sequence[RuleView]) -> Blend:
    """Fit on raw outputs of held-out rows."""
    plain = _plain(deep, wide, views)
    labels = np.array([(*row.steps, *row.issues) for row in rows])
    weights, biases, chances = np.zeros((13, 4)), np.zeros(13), np.zeros(labels.shape)
    for k in range(13):
        model = LogisticRegression(C=1.0, max_iter=1000).fit(plain[:, k], labels[:, k])
        weights[k], biases[k] = model.coef_[0], model.intercept_[0]
        chances[:, k] = model.predict_proba(plain[:, k])[:, 1]
    thresholds = np.array([best_threshold(labels[:, k], chances[:, k]) for k in range(13)])
    toned = [i for i, row in enumerate(rows) if row.file not in PLAINER]
    deep, wide, views = deep[toned], wide[toned], [views[i] for i in toned]
    gold = np.array([rows[i].politeness for i in toned])
    manner, calm = (LogisticRegression(C=0.3, max_iter=3000).fit(x, gold) for x in _tones(deep, wide, views))
    blend = Blend(
        weights, biases, manner.coef_.T, manner.intercept_, calm.coef_.T, calm.intercept_, thresholds, CUTS
    )  # fmt: skip
    return replace(blend, cuts=best_cuts(gold, decide(blend, deep, wide, views)[1]))


def best_cuts(gold: NDArray[np.int64], expected: Floats) -> Floats:
    """Find the bounds with the best agreement, one after the other, twice round."""
    cuts = CUTS
    for _ in range(2):
        for at in range(4):
            tried = [np.where(np.arange(4) == at, cuts + move, cuts) for move in CUT_GRID]
            agreed = [kappa(gold, np.digitize(expected, each) - 2) for each in tried]
            cuts = next(each for each, how in zip(tried, agreed, strict=True) if how >= max(agreed) - ALIKE)
    return cuts


def decide(blend: Blend, deep: Floats, wide: Floats, views: Sequence[RuleView]) -> tuple[Floats, Floats]:
    """Give the probabilities of steps and issues (rows, 13), and the expected politeness (rows,)."""
    chances = 1 / (1 + np.exp(-((_plain(deep, wide, views) * blend.plain).sum(2) + blend.plain_bias)))
    bold, calm = _tones(deep, wide, views)
    shares = (1 - CALM) * _shares(bold @ blend.manner + blend.manner_bias)
    shares += CALM * _shares(calm @ blend.calm + blend.calm_bias)
    return chances, shares @ np.arange(-2.0, 3.0)
