"""The two networks as they are trained; language/model.py runs the same ones side by side."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from kefu_sim.language.lines import DAMPING, SHARPNESS

OUTPUTS = 18
"""8 steps, 5 degrees of politeness, 5 issues."""
STEP_OUTPUTS, TONE_OUTPUTS = 8, 5
RUDE_DEGREES = 2
"""So many of the degrees, counted from the lowest, are rude."""
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded rows: texts as n-gram rows (batch, length, kinds) with masks (batch, length)."""

    message: Tensor
    message_mask: Tensor
    clauses: Tensor
    """(batch, length) number of the clause of each position."""
    buyer: Tensor
    buyer_mask: Tensor
    agent: Tensor
    agent_mask: Tensor
    flags: Tensor
    tone: Tensor


@dataclass(frozen=True, slots=True)
class Target:
    """What a batch should be read as."""

    labels: Tensor
    """(batch, 13) steps, then issues."""
    politeness: Tensor
    """(batch,) 0 to 4."""
    judged: Tensor
    """(batch,) 1 where tone and issues count."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes and drop-out rates."""

    width: int = 32
    channels: int = 96
    buyer: int = 32
    agent: int = 16
    hidden: int = 128
    drop: float = 0.4
    drop_gram: float = 0.25
    drop_near: float = 0.2


class Network(nn.Module):
    """Sum of n-gram vectors, two convolutions, pooling, one hidden layer."""

    def __init__(self, grams: int, shape: Shape) -> None:
        """`grams` counts the known n-grams; row 0 stands for unknown ones and stays zero."""
        super().__init__()
        self.shape = shape
        self.table = nn.Embedding(grams + 1, shape.width, padding_idx=0, sparse=True)
        nn.init.normal_(self.table.weight, std=0.05)
        with torch.no_grad():
            self.table.weight[0] = 0
        self.near = nn.Conv1d(shape.width, shape.channels, 3, padding=1)
        self.far = nn.Conv1d(shape.channels, shape.channels, 3, padding=1)
        self.buyer = nn.Conv1d(shape.width, shape.buyer, 3, padding=1)
        self.agent = nn.Conv1d(shape.width, shape.agent, 3, padding=1)
        pooled = 2 * shape.channels + shape.width + shape.buyer + shape.agent + 3
        self.hidden = nn.Linear(pooled, shape.hidden)
        self.out = nn.Linear(shape.hidden, OUTPUTS)
        self.tone = nn.Linear(3, OUTPUTS - STEP_OUTPUTS, bias=False)

    def embed(self, rows: Tensor, mask: Tensor) -> Tensor:
        """Give (batch, width, length)."""
        if self.training:
            rows = rows * (torch.rand(rows.shape) > self.shape.drop_gram)
        summed: Tensor = self.table(rows).sum(2) * mask.unsqueeze(2)
        return summed.transpose(1, 2)

    def forward(self, batch: Batch) -> Tensor:
        """Give the raw outputs, (batch, OUTPUTS)."""
        vectors = self.embed(batch.message, batch.message_mask)
        mask = batch.message_mask.unsqueeze(1)
        near = F.relu(self.near(vectors))
        far = F.relu(self.far(F.dropout(near, self.shape.drop_near, self.training) * mask))
        mean = vectors.sum(2) / mask.sum(2)
        buyer = F.relu(self.buyer(self.embed(batch.buyer, batch.buyer_mask)))
        agent = F.relu(self.agent(self.embed(batch.agent, batch.agent_mask)))
        pooled = torch.cat(
            (
                _strongest(near, batch.message_mask),
                _strongest(far, batch.message_mask),
                mean,
                _strongest(buyer, batch.buyer_mask),
                _strongest(agent, batch.agent_mask),
                batch.flags,
            ),
            1,
        )
        hidden = F.relu(self.hidden(F.dropout(pooled, self.shape.drop, self.training)))
        raw: Tensor = self.out(F.dropout(hidden, self.shape.drop, self.training))
        return torch.cat((raw[:, :STEP_OUTPUTS], raw[:, STEP_OUTPUTS:] + self.tone(batch.tone)), 1)


class Wide(nn.Module):
    """Every n-gram votes for every output; steps and issues take the strongest of clauses and message."""

    def __init__(self, grams: int, drop_gram: float) -> None:
        """`grams` counts the known n-grams; row 0 stands for unknown ones and stays zero."""
        super().__init__()
        self.table = nn.Embedding(grams + 1, OUTPUTS, padding_idx=0, sparse=True)
        nn.init.zeros_(self.table.weight)
        self.bias = nn.Parameter(torch.full((OUTPUTS,), -1.0))
        self.drop_gram = drop_gram

    def forward(self, batch: Batch) -> Tensor:
        """Give the raw outputs, (batch, OUTPUTS)."""
        rows, mask, clauses = batch.message, batch.message_mask, batch.clauses
        if self.training:
            rows = rows * (torch.rand(rows.shape) > self.drop_gram)
        votes = self.table(rows).sum(2) * mask.unsqueeze(2)
        count = int(clauses.max()) + 1
        empty = torch.zeros(len(votes), count, OUTPUTS)
        sums = empty.scatter_add(1, clauses.unsqueeze(2).expand(-1, -1, OUTPUTS), votes)
        lengths = torch.zeros(len(votes), count).scatter_add(1, clauses, mask)
        each = sums / (lengths.unsqueeze(2) + DAMPING).sqrt()
        each = each.masked_fill((lengths == 0).unsqueeze(2), _NEVER)
        whole = votes.sum(1) / (mask.sum(1, keepdim=True) + DAMPING).sqrt()
        top = torch.logsumexp(torch.cat((each, whole.unsqueeze(1)), 1) * SHARPNESS, 1) / SHARPNESS
        tone = slice(STEP_OUTPUTS, STEP_OUTPUTS + TONE_OUTPUTS)
        raw: Tensor = torch.cat((top[:, : tone.start], whole[:, tone], top[:, tone.stop :]), 1) + self.bias
        return raw


def _strongest(channels: Tensor, mask: Tensor) -> Tensor:
    return (channels + (1 - mask).unsqueeze(1) * _NEVER).amax(2)


def loss(raw: Tensor, target: Target, smooth: float, rude: float) -> Tensor:
    """Give the mean loss of a batch.

    `smooth` is the share by which labels are smoothed, `rude` the weight of rude against not rude.
    """
    soft = target.labels * (1 - smooth) + smooth / 4
    steps = F.binary_cross_entropy_with_logits(raw[:, :STEP_OUTPUTS], soft[:, :STEP_OUTPUTS], reduction="none").sum(1)
    tone = raw[:, STEP_OUTPUTS : STEP_OUTPUTS + TONE_OUTPUTS]
    issues = F.binary_cross_entropy_with_logits(
        raw[:, STEP_OUTPUTS + TONE_OUTPUTS :], soft[:, STEP_OUTPUTS:], reduction="none"
    ).sum(1)
    degree = F.cross_entropy(tone, target.politeness, reduction="none", label_smoothing=smooth)
    mean = F.softmax(tone, 1) @ torch.arange(5.0)
    degree = degree + 0.3 * (mean - target.politeness.float()) ** 2
    is_rude = (target.politeness < RUDE_DEGREES).float() * (1 - smooth) + smooth / 4
    odds = tone[:, :RUDE_DEGREES].logsumexp(1) - tone[:, RUDE_DEGREES:].logsumexp(1)
    degree = degree + rude * F.binary_cross_entropy_with_logits(odds, is_rude, reduction="none")
    return (steps + (degree + 0.5 * issues) * target.judged).mean()
