"""Fits the network: seeded, single-threaded, in a fixed order."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from recogniser.corpus import Example
from recogniser.grams import Grams
from recogniser.network import Batch, Network, Shape, Target, Wide, loss
from recogniser.noise import joined, spoil


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fit."""

    seed: int = 0
    epochs: int = 8
    rate: float = 2e-3
    batch: int = 32
    decay: float = 1e-3
    smooth: float = 0.05
    """Share by which labels are smoothed."""
    rude: float = 0.5
    """Weight of rude against not rude, learnt beside the degree."""
    alone: float = 0.1
    """Share of rows whose lines before are hidden."""
    join: float = 0.15
    """Share of rows that get a second message, with the steps of both and no judged tone."""
    shape: Shape = field(default_factory=Shape)
    wide: bool = False
    """Fit the n-grams alone instead of the network."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One row as n-gram rows."""

    message: NDArray[np.int64]
    buyer: NDArray[np.int64]
    agent: NDArray[np.int64]
    flags: tuple[float, float, float]
    tone: tuple[float, float, float]
    clauses: NDArray[np.int64]
    """(length + 2,) number of the clause of each position."""


def encode(row: Example, grams: Grams) -> Encoded:
    """Encode a row as it stands."""
    return Encoded(
        grams.encode(row.text),
        grams.encode(row.buyer),
        grams.encode(row.agent),
        row.flags,
        row.tone,
        _clauses(row.text),
    )


def _clauses(text: str) -> NDArray[np.int64]:
    marks = np.array([False, False, *(char in ",。?" for char in text)])
    return np.cumsum(marks)


def to_batch(rows: Sequence[Encoded]) -> Batch:
    """Pad rows to one batch."""
    message, buyer, agent = (_padded([getattr(r, part) for r in rows]) for part in ("message", "buyer", "agent"))
    flags, tone = torch.tensor([r.flags for r in rows]), torch.tensor([r.tone for r in rows])
    clauses = np.zeros(message[0].shape[:2], np.int64)
    for i, row in enumerate(rows):
        clauses[i, : len(row.clauses)] = row.clauses
    return Batch(*message, torch.from_numpy(clauses), *buyer, *agent, flags, tone)


def _padded(texts: Sequence[NDArray[np.int64]]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(len(text) for text in texts)
    rows = np.zeros((len(texts), longest, texts[0].shape[1]), np.int64)
    mask = np.zeros((len(texts), longest), np.float32)
    for i, text in enumerate(texts):
        rows[i, : len(text)] = text
        mask[i, : len(text)] = 1
    return torch.from_numpy(rows), torch.from_numpy(mask)


def predict(network: Network | Wide, rows: Sequence[Encoded]) -> NDArray[np.float32]:
    """Give the raw outputs, (rows, 18)."""
    network.eval()
    with torch.no_grad():
        parts = [network(to_batch(rows[i : i + 128])).numpy() for i in range(0, len(rows), 128)]
    return np.concatenate(parts)


class _Feed:
    """Draws the batches of an epoch and damages their rows."""

    def __init__(self, rows: Sequence[Example], grams: Grams, alike: Mapping[str, Sequence[str]], plan: Plan) -> None:
        self.rows, self.grams, self.alike, self.plan = rows, grams, alike, plan
        self.rng = Random(plan.seed)
        self.whole = [encode(row, grams) for row in rows]
        self.nothing = grams.encode("")
        self.labels = torch.tensor([(*row.steps, *row.issues) for row in rows])
        self.politeness = torch.tensor([row.politeness + 2 for row in rows])

    def order(self) -> list[list[int]]:
        """Give batches of rows of like length, in random order."""
        size = self.plan.batch
        every = list(range(len(self.rows)))
        self.rng.shuffle(every)
        batches: list[list[int]] = []
        for at in range(0, len(every), size * 20):
            block = sorted(every[at : at + size * 20], key=lambda i: len(self.rows[i].text))
            batches.extend(block[i : i + size] for i in range(0, len(block), size))
        self.rng.shuffle(batches)
        return batches

    def draw(self, batch: Sequence[int]) -> tuple[Batch, Target]:
        """Give the rows of a batch and what they should be read as."""
        labels = self.labels[batch].clone()
        judged = torch.ones(len(batch))
        rows: list[Encoded] = []
        for at, i in enumerate(batch):
            row, whole = self.rows[i], self.whole[i]
            text = spoil(row.text, self.alike, self.rng)
            if self.rng.random() < self.plan.join:
                other = self.rng.randrange(len(self.rows))
                text = joined(text, self.rows[other].text, self.rng)
                labels[at, :8] = torch.maximum(labels[at, :8], self.labels[other, :8])
                judged[at] = 0
            if text != row.text:
                whole = replace(whole, message=self.grams.encode(text), clauses=_clauses(text))
            if self.rng.random() < self.plan.alone:
                whole = replace(whole, buyer=self.nothing, agent=self.nothing, flags=(0.0, 0.0, 0.0))
            rows.append(whole)
        return to_batch(rows), Target(labels, self.politeness[batch], judged)


def fit(rows: Sequence[Example], grams: Grams, alike: Mapping[str, Sequence[str]], plan: Plan) -> Network | Wide:
    """Train one of the two networks. The same rows and plan give the same weights on the same machine."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    torch.manual_seed(plan.seed)
    feed = _Feed(rows, grams, alike, plan)
    size = len(grams.keys)
    network = Wide(size, plan.shape.drop_gram) if plan.wide else Network(size, plan.shape)
    rest = [p for name, p in network.named_parameters() if name != "table.weight"]
    dense = torch.optim.AdamW(rest, lr=plan.rate, weight_decay=plan.decay)
    sparse = torch.optim.SparseAdam([network.table.weight], lr=plan.rate)
    total, done = plan.epochs * math.ceil(len(rows) / plan.batch), 0
    for _ in range(plan.epochs):
        network.train()
        for batch in feed.order():
            done += 1
            fall = 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done / total))
            for group in (*dense.param_groups, *sparse.param_groups):
                group["lr"] = plan.rate * min(1.0, done / 200) * fall
            inputs, target = feed.draw(batch)
            cost = loss(network(inputs), target, plan.smooth, plan.rude)
            dense.zero_grad()
            sparse.zero_grad()
            cost.backward()
            nn.utils.clip_grad_norm_(rest, 5.0)
            dense.step()
            sparse.step()
    return network
