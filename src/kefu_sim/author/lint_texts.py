"""What trainee and buyer read: briefs, titles, wordings, and the story's own tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

import yaml

from kefu_sim.author.study import Study
from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import Path
from kefu_sim.base.yamlread import LOADER
from kefu_sim.i18n import tr
from kefu_sim.scenario.check import how_to_compare
from kefu_sim.scenario.conditions import COMPARISON, comparisons
from kefu_sim.scenario.labels import STEP_NAMES, in_order
from kefu_sim.scenario.names import did_you_mean

COMMAS = ("，", "、")
_CUT = re.compile(r"\S([ \t]+)#(?=[^\s#])")
"""A comment behind something, without a blank after its sign."""
_WRAPPED = re.compile(
    r"(?:^ *(?:- )+|: +|[\[,] *)(?P<list>【[^【】]*】|［[^［］]*］)(?=\s*(?:[,\]}]|$))"
    r"|[\[,] *(?P<text>“[^“”]*”|「[^「」]*」)(?=\s*[,\]])"
)
"""A value in Chinese brackets, or an item of a list in Chinese quotes, from end to end."""
_OPENS = re.compile("[【［“「]")
_SENTENCE = re.compile(r"[^\x00-\x7f]|\S \S")


def check_texts(study: Study) -> Iterator[Problem]:
    """Look at everything that is read by people."""
    story = study.story
    if not story.brief:
        what = tr("no `brief`: the trainee does not know where she stands")
        yield study.say(("title",), "KS212", what, tr("add `brief:` with shop, buyer and what the agent may do"))
    first: dict[str, str] = {}
    for name, node in story.nodes.items():
        if not node.title:
            continue
        other = first.setdefault(node.title, name)
        if other != name:
            what = tr("`{node}` has the same title as `{other}`").format(node=name, other=other)
            yield study.say(("nodes", name, "title"), "KS213", what, tr("tell them apart: reports name nodes by title"))
    for name, node, at in study.moments():
        if len(node.buyer) == 1:
            what = tr("the buyer has only one wording at `{node}`: the second time it sounds canned").format(node=name)
            yield study.say((*at, "buyer"), "KS214", what, tr("write two or three"))
    yield from _silent(study)
    yield from _wordings(study)
    yield from _cut_short(study)
    yield from _wrapped(study)
    if study.file.source.endswith((".yaml", ".yml")) and PurePath(study.file.source).stem != story.id:
        what = tr("the file is not called `{id}.yaml`").format(id=story.id)
        yield study.say(("id",), "KS217", what, tr("name it after its id, so that it can be found"))


def _silent(study: Study) -> Iterator[Problem]:
    """Empty lists of wordings that the author wrote herself; a fragment may be given none."""
    nodes = ((("nodes", name), node.buyer) for name, node in study.story.nodes.items())
    replies = ((path, reply.buyer) for path, reply in study.replies())
    for path, lines in (*nodes, *replies):
        at = (*path, "buyer")
        if not lines and at in study.file.positions and at not in study.file.foreign:
            what = tr("`buyer:` is empty: the buyer says nothing here")
            yield study.say(at, "KS220", what, tr("write what the buyer says, or delete it"))


def _wordings(study: Study) -> Iterator[Problem]:
    for path, lines in study.wordings:
        seen: set[str] = set()
        for i, line in enumerate(lines):
            spot = (*path, i) if len(lines) > 1 else path
            if line.text in seen and not line.if_:
                what = tr("the wording “{text}” stands twice").format(text=line.text)
                yield study.say(spot, "KS215", what, tr("write it another way"))
            seen.add(line.text)
        if len(lines) == 1 and any(mark in lines[0].text for mark in COMMAS):
            row, column = study.file.where(path)
            if f"[{lines[0].text}]" in study.lines[row - 1][column - 1 :]:
                what = tr("a list of one wording with a Chinese comma in it")
                yield study.say(path, "KS216", what, tr("separate wordings with `, `; for one, leave out the brackets"))


def _cut_short(study: Study) -> Iterator[Problem]:
    """Sentences that end at ` #`, as YAML has it, where the sign was most likely meant: `满减 #1`."""
    remarks = ((row, line) for row, line in enumerate(study.lines) if "#" in line)
    cuts = {(row, found.start(1)): found for row, line in remarks for found in _CUT.finditer(line)}
    if not cuts:
        return
    try:
        tokens = list(yaml.scan(study.file.text, Loader=LOADER))
    except yaml.YAMLError:  # told already
        return
    read = {line for line, _ in study.file.positions.values()}  # on others something else is wrong
    for token in tokens:
        if isinstance(token, yaml.ScalarToken) and token.plain and _SENTENCE.search(token.value):
            row, end = token.end_mark.line, token.end_mark.column
            if (found := cuts.get((row, end))) and token.start_mark.line + 1 in read:
                lost = study.lines[row][found.end() - 1 :].strip()
                what = tr("the text ends before “{lost}”: what follows ` #` is a comment").format(lost=lost)
                fix = tr("put the whole text in quotes; if it is a note of yours, write a blank after the `#`")
                yield Problem(study.file.source, row + 1, found.end(), "KS218", what, fix)


def _wrapped(study: Study) -> Iterator[Problem]:
    """Marks that an input method types for those of YAML: people will read them as part of the text."""
    for row, line in enumerate(study.lines):
        if not _OPENS.search(line) or line.lstrip().startswith("#"):
            continue
        for found in _WRAPPED.finditer(line):
            kind = found.lastgroup or ""
            mark = found[kind][0] + found[kind][-1]
            what = tr("{mark} around a whole text belongs to it: people will see it").format(mark=mark)
            fix = tr("leave it out, or type `[ ]` and quotes with the English keyboard")
            yield Problem(study.file.source, row + 1, found.start(kind) + 1, "KS219", what, fix)


def _score(study: Study, at: Path, wanted: str) -> Iterator[Problem]:
    """What a test expects of the score must be comparisons with numbers."""
    for test in comparisons(wanted) if wanted else ():
        found = COMPARISON.fullmatch(test)
        if found is None or found.group(2)[0].isalpha():
            what = tr("`{test}` is no comparison").format(test=test)
            example = tr("write for example '>= 80'")
            yield study.say(at, "KS113", what, example if found else how_to_compare(test, example))


def check_tests(study: Study) -> Iterator[Problem]:
    """Names in what the story's own tests expect."""
    story = study.story
    if not story.tests and not study.defined("KS251", "tests"):
        what = tr("no `tests`: nothing shows that the story still plays as meant after a change")
        yield study.say(("nodes",), "KS251", what, tr("add a transcript with `turns:` and `expect:`"))
    for i, test in enumerate(story.tests):
        wanted = test.expect
        yield from _score(study, ("tests", i, "expect", "score"), wanted.score)
        for key, names, known, code, kind in (
            ("path", wanted.path, story.nodes, "KS103", tr("node")),
            ("visits", wanted.visits, story.nodes, "KS103", tr("node")),
            ("steps", wanted.steps, STEP_NAMES, "KS107", tr("step")),
            ("reveals", wanted.reveals, story.hidden, "KS105", tr("hidden fact")),
        ):
            for j, name in enumerate(names):
                if name not in known and not study.defined(code, name):
                    at = ("tests", i, "expect", key)
                    what = tr("unknown {kind} `{name}`").format(kind=kind, name=name)
                    yield study.say((*at, j) if len(names) > 1 else at, code, what, did_you_mean(name, in_order(known)))
