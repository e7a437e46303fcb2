"""Reads on past faults of YAML syntax: each is reported, mended or left out, so that it hides as little as possible.

Novices' faults are told in plain words: what an input method types for a colon, dash, blank or bracket, a blank that is
missing, an open bracket or quote, tabs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import yaml

from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import chinese_bracket
from kefu_sim.base.yamllines import KEY, indent_of, is_bare, line_above, line_owning
from kefu_sim.base.yamlmoves import best_move
from kefu_sim.base.yamlread import LOADER, Reader
from kefu_sim.i18n import tr

MOST_FAULTS = 20
"""After so many the rest of the file is not worth reading."""

_CHINESE_COLON = re.compile(r"(\s*(?:- ){0,9}[^\W\d][\w.-]*)\s*：\s*")
_TIGHT_COLON = re.compile(r"(\s*(?:- ){0,9}[^\W\d][\w-]*):(?:[\u3000\xa0]+|(?=[^\s:/\\]))")
_TIGHT_DASH = re.compile(r"(\s*-)(?:[\u3000\xa0]+|(?=[^\s\d-]))")
_CHINESE_DASH = re.compile(r"(\s*)[—–－]+[ \u3000\xa0]*(?=[{\[]|[^\W\d][\w.-]*[:：])")
_CHINESE_BRACKET = re.compile("[｛｝［］]")
_CHINESE_CLOSING = re.compile("[｝］】]")
_MARKED = re.compile(r"[*&]\w*$")
"""Text taken for an alias or an anchor, up to the sign that cannot be part of its name."""
_CUT = re.compile(r"[ \t]#(?=[^\s#])")
_WIDE_COMMA = re.compile(
    r"""[ ]*[，、；][ ]*(?=[A-Za-z_][\w.-]*[ ]*[:：])|(?<=["'\]}])[ ]*[，、；][ ]*(?=["'\[{A-Za-z_])"""
)
"""Between two entries, which are keys, or in quotes or brackets: within a sentence it is as it should be."""
_NO_COMMA = re.compile(r"""(?<=[\]}"'])(?=[ ]+(?P<key>[A-Za-z_][\w.-]*):[ ])""")
_BRACKETED_TEXT = re.compile(r"(?:[\[,:]|^ *-) *(?P<whole>\[[^\[\]{},:\"']*\] *[^\s,:，、\[\]{}#][^,\[\]{}#]*)")
"""A text that begins with a word in brackets, as the chat tools write pictures: [图片] 就是这样."""
_QUOTED_BEGINNING = re.compile(r"""(?:[:,\[]|^ *-) *(?P<whole>(?:"[^"]*"|'[^']*') *[^\s,:，、\[\]{}#"'][^,\[\]{}#]*)""")
"""A text of which only the beginning is in quotes."""
_TABS = re.compile(r"[ ]*\t[ \t]*")
_WIDE_BLANKS = re.compile(r"[ ]*[\u3000\xa0][ \u3000\xa0]*(?=[-—–－][ \u3000\xa0]|[^\W\d][\w.-]*\s*[:：])")
"""Other blanks than the one YAML knows, before a key or an item."""


@dataclass(slots=True)
class Mended:
    """What could be read of a text."""

    data: object = None
    reader: Reader | None = None
    """What read the text in the end; None when there were too many faults."""
    problems: list[Problem] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    """Keys on the lines that were left out: names that may well be defined there."""
    torn: set[int] = field(default_factory=set)
    """Lines (1-based) whose contents are incomplete because lines below them were left out."""


@dataclass(frozen=True, slots=True)
class _Fault:
    line: int
    """0-based, where the trouble begins."""
    column: int
    """0-based."""
    what: str
    fix: str
    indent: int | None = None
    """How far the line ought to be indented, where that is all that is wrong."""
    mended: str | None = None
    """The line as it was meant, where there is no doubt about it."""


def read_leniently(text: str, source: str) -> Mended:
    """Read a text, over and over, past every fault of syntax. Raises BadFileError where nesting has no end."""
    mended, lines = Mended(), text.split("\n")
    hole: int | None = None
    moved: set[int] = set()
    for _ in range(2 * MOST_FAULTS):
        reader = Reader(source)
        try:
            mended.data = reader.read("\n".join(lines))
        except yaml.MarkedYAMLError as error:
            fault = _fault(error, lines)
        except yaml.YAMLError as error:
            mended.problems.append(Problem(source, 1, 1, "KS001", _not_yaml(str(error))))
            return mended
        else:
            if reader.sunken is None:
                mended.reader = reader
                return mended
            fault = _out_of_line(*reader.sunken)
        again = fault.line in moved or (hole is not None and _opens(lines, fault.line, hole))
        if not again:  # else the other half of the fault before
            mended.problems.append(Problem(source, fault.line + 1, fault.column + 1, "KS001", fault.what, fault.fix))
            if len(mended.problems) == MOST_FAULTS:
                return mended
            if _rewrite(lines, fault):
                moved.update(() if fault.indent is None else (fault.line,))
                continue
        hole = _leave_out(lines, fault.line, mended)
    return mended


def _not_yaml(why: str) -> str:
    return tr("not valid YAML ({why})").format(why=why)


def _fault(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> _Fault:
    """Where the author has to look, and what to tell her."""
    mark = error.problem_mark or error.context_mark
    at, column = (mark.line, mark.column) if mark else (0, 0)
    at = min(at, len(lines) - 1)
    context, problem = error.context or "", error.problem or error.context or ""
    begun = error.context_mark if context and error.context_mark else None
    if begun and begun.line >= len(lines):  # behind the last line
        begun = None
    if begun and any(kind in context for kind in ("simple key", "a tag", "an anchor", "an alias")):
        at, column = begun.line, begun.column
    if told := _mistyped(lines, at, begun if "flow" in context else None):
        return told
    if begun and "flow" in context:
        begun = _open_bracket(lines, at, column) if "node" in context else begun
        return _unclosed(lines[begun.line], begun)
    if any(kind in context for kind in ("a tag", "an anchor", "an alias")):
        return _Fault(at, column, *_plain_words("cannot start any token", lines[at], column))
    quote = _open_quote(lines, at, column) if "quoted" not in context else begun
    if quote:
        what = tr("a text in quotes begins here and does not end on its line")
        return _Fault(quote.line, quote.column, what, tr("close the quotes"))
    if "simple key" in context or "could not find expected ':'" in problem:
        return _no_colon(lines[at], at, column)
    if odd := _odd_line(problem, lines, at):
        return odd
    if "cannot start any token" in problem and (marked := _MARKED.search(lines[at], 0, column)):
        column = marked.start()
    return _Fault(at, column, *_plain_words(problem, lines[at], column))


def _mistyped(lines: Sequence[str], at: int, opener: yaml.Mark | None) -> _Fault | None:
    """What was typed wrong on a line, or on the one above; `opener` is the bracket that is open, if one is."""
    for line in dict.fromkeys((at, opener.line if opener else at)):
        if slip := _within(lines, line):
            return slip
    for line in (at,) if opener else (at, line_above(lines, at)):  # a key without its colon goes on in the next line
        if told := _typed(lines[line]):
            return _Fault(line, indent_of(lines[line]), *told)
    return None


def _no_colon(line: str, at: int, column: int) -> _Fault:
    if line[:column].isspace() and line[column:].startswith("{"):
        meant = f"{line[:column]}- {line[column:]}"
        return _Fault(at, column, tr("no `- ` at the beginning of the line"), tr("write `- {…}`"), mended=meant)
    return _Fault(at, column, tr("no colon after a key"), tr("write `key: value`, or end the line with a colon"))


def _within(lines: Sequence[str], at: int) -> _Fault | None:
    """What was typed wrong within a line: commas between entries, text that begins like a list or in quotes."""
    line = lines[at]
    if comma := _WIDE_COMMA.search(line):
        what = tr("a Chinese comma {mark} between two entries").format(mark=comma.group().strip())
        meant = _WIDE_COMMA.sub(", ", line)
        return _Fault(at, comma.start(), what, tr("write an English comma and a blank"), mended=meant)
    if lack := _NO_COMMA.search(line):
        what = tr("no comma before `{key}`").format(key=lack.group("key"))
        fix = tr("put an English comma and a blank there")
        meant = f"{line[: lack.end()]}, {line[lack.start('key') :]}"
        return _Fault(at, lack.start("key"), what, fix, mended=meant)
    if text := _BRACKETED_TEXT.search(line):
        shown = text.group("whole").rstrip()
        what = tr("text cannot begin with {mark}").format(mark=f"`{shown[0]}`")
        return _in_quotes(at, line, text.start("whole"), shown, what)
    if text := _QUOTED_BEGINNING.search(line):
        what = tr("the quotes close before the text ends")
        return _in_quotes(at, line, text.start("whole"), text.group("whole").rstrip(), what)
    return None


def _in_quotes(at: int, line: str, begin: int, text: str, what: str) -> _Fault:
    """A text that must stand in quotes, and which."""
    quote = "'" if '"' in text else '"'
    if quote in text:
        return _Fault(at, begin, what, tr("put the text in quotes"))
    quoted = f"{quote}{text}{quote}"
    meant = line[:begin] + quoted + line[begin + len(text) :]
    return _Fault(at, begin, what, tr("put the whole text in quotes: {text}").format(text=quoted), mended=meant)


def _unclosed(line: str, opener: yaml.Mark) -> _Fault:
    """A bracket without its other half, which may stand in what YAML takes for a comment."""
    mark = line[opener.column : opener.column + 1]
    if cut := _CUT.search(line, opener.column):
        what = tr("what follows ` #` is a comment, and so `{mark}` is not closed").format(mark=mark)
        return _Fault(opener.line, cut.end() - 1, what, tr("put text that contains ` #` in quotes"))
    if other := _CHINESE_CLOSING.search(line, opener.column):
        return _Fault(opener.line, other.start(), *chinese_bracket(other.group()))
    what = tr("`{mark}` is opened here and not closed").format(mark=mark)
    return _Fault(opener.line, opener.column, what, tr("close it, and separate items with `,`"))


def _misfit(problem: str) -> bool:
    return "did not find expected" in problem or "mapping values are not allowed" in problem


def _odd_line(problem: str, lines: Sequence[str], at: int) -> _Fault | None:
    """A bracket that is none, or a line that does not stand under its neighbours."""
    if bracket := _CHINESE_BRACKET.search(lines[at]):
        return _Fault(at, bracket.start(), *chinese_bracket(bracket.group()))
    move = best_move(lines, at) if _misfit(problem) else None
    return move and _out_of_line(move[0], indent_of(lines[move[0]]), move[1])


def _out_of_line(line: int, now: int, to: int) -> _Fault:
    what = tr("indented by {n}, while its neighbours are indented by {to}").format(n=now, to=to)
    return _Fault(line, now, what, tr("indent it by {to} spaces").format(to=to), to)


def _typed(line: str) -> tuple[str, str] | None:
    """What was typed wrong at the beginning of a line."""
    if _WIDE_BLANKS.match(line):
        return tr("blanks of the Chinese keyboard in the indentation"), tr("indent with spaces of the English keyboard")
    if _CHINESE_DASH.match(line):
        return tr("a Chinese dash at the beginning"), tr("write `- …`")
    if found := _CHINESE_COLON.match(line):
        key = found.group(1).strip(" -")
        return tr("a Chinese colon ： after `{key}`").format(key=key), tr("write `{key}: …`").format(key=key)
    if found := _TIGHT_COLON.match(line):
        key = found.group(1).strip(" -")
        return tr("no blank after the colon of `{key}`").format(key=key), tr("write `{key}: …`").format(key=key)
    if _TIGHT_DASH.match(line):
        return tr("no blank after the `-` at the beginning"), tr("write `- …`")
    return None


def _tokens_before(lines: Sequence[str], line: int, column: int) -> list[yaml.Token]:
    found: list[yaml.Token] = []
    try:
        for token in yaml.scan("\n".join(lines), Loader=LOADER):
            if (token.end_mark.line, token.end_mark.column) > (line, column):
                break
            found.append(token)
    except yaml.YAMLError:
        pass
    return found


def _open_bracket(lines: Sequence[str], line: int, column: int) -> yaml.Mark:
    """The innermost bracket that is open at a place."""
    tokens = _tokens_before(lines, line, column)
    stack = [tokens[0]]
    for token in tokens:
        if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
            stack.append(token)
        elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken):
            stack.pop()
    mark: yaml.Mark = stack[-1].start_mark
    return mark


def _open_quote(lines: Sequence[str], line: int, column: int) -> yaml.Mark | None:
    """Where the last text in quotes before a place began, if it runs over the end of its line."""
    last = next(reversed(_tokens_before(lines, line, column)), None)
    if not isinstance(last, yaml.ScalarToken) or last.plain or last.style in {"|", ">"}:
        return None
    return last.start_mark if last.start_mark.line < last.end_mark.line else None


def _plain_words(problem: str, line: str, column: int) -> tuple[str, str]:
    """What is wrong and how to mend it."""
    mark = line[column : column + 1]
    if mark == "\t" or "\\t" in problem or "tab" in problem.split():
        return tr("a tab in the indentation"), tr("indent with spaces, not tabs")
    if "mapping values are not allowed" in problem and line.count(": ") > 1:
        return tr("a second `: ` on one line"), tr("put text that contains `: ` in quotes")
    if "cannot start any token" in problem:
        return tr("text cannot begin with {mark}").format(mark=f"`{mark}`"), tr("put the text in quotes")
    if _misfit(problem):
        what = tr("this does not fit the lines above")
        return what, tr("indent it like its neighbours; check quotes and colons on this line and the one above")
    told = next((told for part, told in _rare_signs().items() if part in problem), None)
    return told or (_not_yaml(problem), tr("check quotes, colons and indentation here"))


def _rare_signs() -> dict[str, tuple[str, str]]:
    """Words of the parser about signs that seldom stand in a story: what is wrong and how to mend it."""
    quotes = tr("put the text in quotes")
    directive = tr("a line beginning with % speaks to YAML itself"), quotes
    tag = tr("what begins with ! is a tag and is not used here"), quotes
    escape = tr('a \\ within "…" with something behind it that means nothing')
    behind = tr("something stands behind `|` or `>`"), tr("begin the text on the next line, further in")
    return {
        "sequence entries are not allowed": (tr("a `- ` where no list can begin"), quotes),
        "mapping keys are not allowed": (tr("a `? ` where no key can begin"), quotes),
        "unexpected ':'": (tr("a `:` that does not belong here"), quotes),
        "directive": directive,
        "version number": directive,
        "non-alphabetical character": directive,
        "tag": tag,
        "expected '>'": tag,
        "escape": (escape, tr("write \\\\ for the sign itself, or put the text in '…'")),
        "hexdecimal": (escape, tr("write \\\\ for the sign itself, or put the text in '…'")),
        "indentation indicator": behind,
        "comment or line break": behind,
        "document": (tr("a line of `---` or `...`: a file holds one story"), tr("delete it")),
    }


def _rewrite(lines: list[str], fault: _Fault) -> bool:
    """Mend in place what has only one reading: tabs, wide blanks, wrong colons and dashes, a line out of line."""
    at = fault.line
    for blanks in (_TABS, _WIDE_BLANKS):
        if blanks.match(lines[at]):
            lines[:] = [_spaced(lines, i, blanks) if blanks.match(line) else line for i, line in enumerate(lines)]
            return True
    if fault.mended is not None:
        lines[at] = fault.mended
        return True
    if fault.indent is not None:
        lines[at] = " " * fault.indent + lines[at].lstrip()
        return True
    starts = ((_CHINESE_DASH, "- "), (_CHINESE_COLON, ": "), (_TIGHT_COLON, ": "), (_TIGHT_DASH, " "))
    for pattern, end in starts:
        if found := pattern.match(lines[at]):
            lines[at] = f"{found.group(1)}{end}{lines[at][found.end() :]}"
            return True
    return False


def _spaced(lines: Sequence[str], at: int, blanks: re.Pattern[str]) -> str:
    """A line indented by spaces: as its neighbours where these are, else two for each tab, one for a wide blank."""
    above, below = (
        lines[line_above(lines, at)],
        next((line for line in lines[at + 1 :] if not is_bare(line)), ""),
    )
    if blanks.match(above) or blanks.match(below):
        return blanks.sub(lambda found: _as_spaces(found.group()), lines[at], count=1)
    opened = above.rstrip().endswith(":") and indent_of(below) > indent_of(above)
    return " " * indent_of(below if opened else above) + lines[at].lstrip()


def _as_spaces(blanks: str) -> str:
    return blanks.replace("\t", "  ").replace("\u3000", " ").replace("\xa0", " ")


def _opens(lines: Sequence[str], at: int, hole: int) -> bool:
    """Whether a line is the one that opened what the hole below it was to close."""
    return at < hole and at == line_owning(lines, hole) and all(is_bare(line) for line in lines[at + 1 : hole])


def _leave_out(lines: list[str], at: int, mended: Mended) -> int:
    """Blank out a line and everything indented below it, indentation kept; returns where that begins.

    Notes what may have been defined there, and what is incomplete now.
    """
    while at > 0 and is_bare(lines[at]):
        at -= 1
    end = at + 1
    while end < len(lines) and (is_bare(lines[end]) or indent_of(lines[end]) > indent_of(lines[at])):
        end += 1
    owner = at
    while (above := line_owning(lines, owner)) < owner:
        mended.torn.add(above + 1)
        owner = above
    for i in range(at, end):
        mended.lost.update(found.group(1) for found in KEY.finditer(lines[i]))
        lines[i] = " " * indent_of(lines[i]) + "#"
    return at
