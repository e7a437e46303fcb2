"""What the inbox shows, as lines: an entry in the list, an entry looked at, what verify says of a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from kefu_sim.author.inbox import Group, Item
from kefu_sim.author.teach import Added, Offer
from kefu_sim.author.verify import summary
from kefu_sim.i18n import Lang, tr, trn
from kefu_sim.tui.render import Block, StyleOf, fitted, indented, plain, sides, wrapped
from kefu_sim.words import day

MOST_SAMPLES = 2
"""Samples of an intent that are shown beside its name."""


def group_line(group: Group, title: str, width: int) -> Content:
    """The heading of what happened at one node."""
    place = group.node or tr("the whole reception")
    left = Content.assemble(plain(group.scenario, "bold $primary"), plain(f"  {title or place}", "$muted"))
    return sides(left, plain(f"{group.count}×", "$muted"), width)


def item_line(item: Item, lang: Lang, width: int) -> Content:
    """One entry of the list."""
    if item.kind == "unclear":
        sign, style, text = "?", "$warning", item.said
    else:
        sign, style, text = "!", "$error", item.reason.pick(lang)
    count = plain(f" {item.count}×" if item.count > 1 else "", "bold")
    left = Content.assemble(plain(f"{sign} ", style), plain(" ".join(text.split())))
    return sides(left, count, width)


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known of a node."""

    title: str = ""
    waits: tuple[str, ...] = ()
    """Labels its replies wait for."""


@dataclass(frozen=True, slots=True)
class Teaching:
    """What can be done with an entry."""

    offers: Sequence[Offer] = ()
    unteachable: Sequence[str] = ()
    """What no sample teaches, and what to do instead."""


def item_blocks(item: Item, moment: Moment, teaching: Teaching | None, chosen: str, lang: Lang) -> list[Block]:
    """An entry looked at: what was said before and then, what came of it, the intents it may belong to."""

    def told(width: int, style_of: StyleOf) -> Sequence[Content]:
        return _told(item, moment, lang, width, style_of)

    def offered(width: int, style_of: StyleOf) -> Sequence[Content]:
        return _offered(item, teaching, chosen, width, style_of)

    return [told, offered]


def _told(item: Item, moment: Moment, lang: Lang, width: int, style_of: StyleOf) -> list[Content]:
    page: list[Content] = []

    def part(title: str, text: str, style: str = "text") -> None:
        page.append(plain(title, style_of("title")))
        page.extend(line.pad_left(2) for line in wrapped(plain(text, style_of(style)), width - 2))

    if item.buyer:
        part(tr("The buyer had said"), item.buyer, "muted")
    if item.said:
        part(tr("The reply"), item.said, "strong")
    if item.kind == "unclear":
        part(tr("Understood all the same"), "  ".join(item.labels) or tr("nothing"), "muted")
        if moment.waits:
            part(tr("What the buyer was waiting for"), "  ".join(moment.waits), "muted")
    else:
        part(tr("In dispute: {row}").format(row=item.about), item.reason.pick(lang), "warn")
        for remark in item.remarks:
            who = "  " + ", ".join((remark.who or tr("(no name)"), day(remark.at))) + "  "
            page += indented(plain(remark.text or tr("(no remark)")), width, plain(who, style_of("muted")), 4)
    names = ", ".join(name or tr("(no name)") for name in item.who)
    times = trn("{n} time", "{n} times", item.count).format(n=item.count)
    last = tr("{times} · {who} · last {day}").format(times=times, who=names, day=day(item.last))
    page += wrapped(plain(last, style_of("faint")), width)
    page += wrapped(plain(f"kefu-sim review {item.receptions[-1]}", style_of("faint")), width)
    return [*page, Content("")]


def owner_title(offer: Offer) -> str:
    """Whose intent it is; empty for the story's own."""
    return {"fragment": tr("(fragment)"), "shared": tr("(all stories)")}.get(offer.owner, "")


def _offered(item: Item, teaching: Teaching | None, chosen: str, width: int, style_of: StyleOf) -> list[Content]:
    if not item.said or teaching is None:
        return []
    page = [plain(tr("Intents to add it to (· waited for here)"), style_of("title"))]
    shown = [one for one in teaching.offers if one.here or one.owner == "story" or one.intent == chosen]
    for offer in shown:
        sign = "▸ " if offer.intent == chosen else "· " if offer.here else "  "
        style = "accent" if offer.intent == chosen else "text" if offer.here else "muted"
        label = fitted(plain(sign + offer.intent, style_of(style)), 18)
        samples = " / ".join(filter(None, (owner_title(offer), *offer.samples[:MOST_SAMPLES])))
        page.append(Content.assemble(label, " ", plain(samples, style_of("faint"))).truncate(width, ellipsis=True))
    if more := len(teaching.offers) - len(shown):
        told = tr("and {n} more of fragments and of the program: Enter").format(n=more)
        page.append(plain("  " + told, style_of("faint")).truncate(width, ellipsis=True))
    if teaching.unteachable:
        page += [Content(""), plain(tr("Not taught from here"), style_of("title"))]
        for told in teaching.unteachable:
            page += indented(plain(told, style_of("muted")), width, "  ")
    return page


def verdict_block(added: Added) -> Block:
    """What was done to the file, and what verify says of the story now."""

    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        done = tr("added to `{key}:` of `{intent}`, line {line}")
        done = done.format(key=added.key, intent=added.intent, line=added.line)
        page = wrapped(plain(done, style_of("good")), width)
        for finding in sorted(added.verified.findings, key=lambda one: one.line != added.line):
            head = plain(f"{finding.line} {finding.code}  ", style_of("bad" if finding.severity == "error" else "warn"))
            page += indented(plain(finding.message), width, head, 2)
            if finding.fix:
                page += indented(plain(finding.fix), width, plain("  → ", style_of("good")))
        page += wrapped(plain(summary(added.verified), style_of("muted")), width)
        page += (line for told in added.copy for line in wrapped(plain(told, style_of("warn")), width))
        return [*page, *(line for told in added.reach for line in wrapped(plain(told, style_of("muted")), width))]

    return lines


def message_block(text: str, style: str) -> Block:
    """A message of any length."""
    return lambda width, style_of: wrapped(plain(text, style_of(style)), width)
