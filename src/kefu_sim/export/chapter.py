"""One reception as HTML: its parts, the chat with advice beside each reply, every point."""

from __future__ import annotations

from kefu_sim.export.grid import grid
from kefu_sim.export.neutral import for_html as esc
from kefu_sim.export.overview import coaching_words, facts, figure, parts_table, shift_tables, vows_table
from kefu_sim.export.sheet import Chapter, Sheet, ShiftPart
from kefu_sim.i18n import Lang, language, tr
from kefu_sim.progress.record import Record
from kefu_sim.scoring.ledger import Row
from kefu_sim.words import aside_line, clock, named, status_title

MARKS = {"done": "✓", "late": "△", "missing": "×", "not_judged": "–"}


def title_html(title: str, record: Record) -> str:
    """The head of a section about something finished: its title, total and facts."""
    return (
        f"<h2>{esc(title)} <span class='total'>{figure(record.total)}</span></h2>\n"
        f'<p class="facts">{esc(facts(record))}</p>'
    )


def shift_html(sheet: Sheet, shift: ShiftPart) -> str:
    """The section of a shift, then those of its receptions."""
    told = [part for table in shift_tables(shift.report) for part in (_head(table.title), grid(table))]
    whole = ['<section class="reception">', title_html(sheet.title(shift.record), shift.record), *told, "</section>"]
    return "\n".join([*whole, *(chapter_html(sheet, chapter) for chapter in shift.chapters)])


def chapter_html(sheet: Sheet, chapter: Chapter) -> str:
    """A section of the document."""
    lang = language()
    return "\n".join([
        '<section class="reception">', title_html(sheet.title_of(chapter), chapter.record),
        '<div class="two">', grid(parts_table(chapter)), _steps(chapter, lang), "</div>",
        _words(chapter), _head(tr("Chat")), _chat(chapter, lang), _vows(chapter),
        _head(tr("Every point")), _ledger(chapter, lang), "</section>",
    ])  # fmt: skip


def _vows(chapter: Chapter) -> str:
    vows = vows_table(chapter)
    return _head(vows.title) + "\n" + grid(vows) if vows.rows else ""


def _head(title: str) -> str:
    return f"<h3>{esc(title)}</h3>"


def _named(title: str, text: str) -> str:
    return f"<b>{esc(title)}</b> {esc(text)}"


def _steps(chapter: Chapter, lang: Lang) -> str:
    rows = [
        f'<li class="{mark.status}"><b>{MARKS[mark.status]}</b> {esc(mark.title.pick(lang))} '
        f"<i>{esc(status_title(mark.status))}</i></li>"
        for mark in chapter.score.marks
    ]
    return '<ul class="steps">\n' + "\n".join(rows) + "\n</ul>"


def _words(chapter: Chapter) -> str:
    items = [f"<dt>{esc(title)}</dt><dd>{esc(text)}</dd>" for title, text in coaching_words(chapter)]
    return "<dl>" + "".join(items) + "</dl>"


def _chat(chapter: Chapter, lang: Lang) -> str:
    advice = {one.turn: one for one in chapter.coaching.replies}
    lines = _asides(chapter, -1)
    for at, turn in enumerate(chapter.turns):
        who = tr("Agent") if turn.role == "agent" else tr("Buyer")
        lost = sum(row.lost for row in chapter.score.ledger if row.turn == at)
        cost = f' <span class="lost">−{lost:.1f}</span>' if lost >= 0.05 else ""
        text = esc(turn.text).replace("\n", "<br>")
        lines.append(
            f'<div class="turn {turn.role}"><div class="bubble"><small>{at + 1} · {esc(who)} '
            f"{clock(turn.t)}{cost}</small><p>{text}</p></div>"
        )
        one = advice.get(at)
        if one is not None and (better := one.better.pick(lang)):
            told = _named(tr("Better"), better) + "<br>" + _named(tr("Why"), one.why.pick(lang))
            lines.append(f"<aside>{told}</aside>")
        lines += ["</div>", *_asides(chapter, at)]
    return '<div class="chat">\n' + "\n".join(lines) + "\n</div>"


def _asides(chapter: Chapter, turn: int) -> list[str]:
    """Notes, promises and notices that followed a message."""
    return [
        f'<p class="beside {aside.event.kind}"><small>{clock(aside.event.t)}</small> '
        f"{esc(aside_line(chapter.story, aside.event))}</p>"
        for aside in chapter.beside.at(turn)
    ]


def _ledger(chapter: Chapter, lang: Lang) -> str:
    rows = "\n".join(_row(row, lang) for row in chapter.score.ledger)
    reason = tr("Reason")
    head = "".join(f'<th class="n">{esc(name)}</th>' for name in (tr("Points"), tr("Of"), tr("Message")))
    head += f"<th>{esc(reason)}</th>"
    return f'<table class="ledger">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>'


def _row(row: Row, lang: Lang) -> str:
    kind = "minus" if row.points < 0 else "part" if row.lost else "full"
    message = "" if row.turn is None else str(row.turn + 1)
    better = row.better.pick(lang)
    title = tr("Better")
    note = f"<br><em>{named(esc(title), esc(better))}</em>" if better else ""
    return (
        f'<tr class="{kind}"><td class="n">{row.points:+g}</td><td class="n">{f"{row.of:g}" if row.of else ""}</td>'
        f'<td class="n">{message}</td><td>{esc(row.reason.pick(lang))}{note}</td></tr>'
    )
