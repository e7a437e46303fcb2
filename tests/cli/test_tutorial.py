"""The tutorial is followed to the letter: what it says to type is typed, what it says will be found is found."""

import re
import subprocess
from pathlib import Path

import pytest

from kefu_sim.author.fairness import examine
from kefu_sim.author.lint import house_rules, lint_text
from kefu_sim.author.soak_kit import kit_for
from kefu_sim.author.subjects import subject_of
from kefu_sim.author.verify import verify
from kefu_sim.i18n import set_language

DOCS = Path(__file__).parents[2] / "docs"
RULES = house_rules()
STEP = re.compile(
    r"<!-- (?P<order>.*?) -->"
    r"|```console\n(?P<commands>.*?)```"
    r"|```(?P<kind>yaml|text)\n(?P<block>.*?)```",
    re.DOTALL,
)


class Author:
    """Somebody who does what she reads."""

    def __init__(self, path):
        self.path = path

    @property
    def text(self):
        return self.path.read_text(encoding="utf-8")

    def save(self, text):
        assert text != self.text
        self.path.write_text(text, encoding="utf-8")

    def only(self, words):
        """The one line that begins with these words."""
        lines = [line for line in self.text.splitlines(keepends=True) if line.strip().startswith(words)]
        assert lines, words
        return lines[0]

    def part(self, name):
        """The text of a node or of a top-level key."""
        found = re.search(rf"^(  )?{name}:.*?(?=^(?:  )?[a-z]+:|\Z)", self.text, re.DOTALL | re.MULTILINE)
        return found[0]

    def do(self, order, block):
        verb, _, rest = order.partition(": ")
        where, _, name = verb.partition(" ")
        if verb == "below":
            line = self.only(rest)
            self.save(self.text.replace(line, line + block, 1))
        elif verb == "above":
            line = self.only(rest)
            self.save(self.text.replace(line, block + line, 1))
        elif where == "replace":
            part = self.part(name.removeprefix("in "))
            line = next(row for row in part.splitlines(keepends=True) if row.strip().startswith(rest))
            self.save(self.text.replace(part, part.replace(line, block, 1), 1))
        else:
            assert where == "within", order
            old, _, new = rest.partition(" -> ")
            part = self.part(name)
            self.save(self.text.replace(part, part.replace(old, new), 1))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_newcomer_gets_a_sound_scenario_of_her_own(lang, kefu):
    steps = list(STEP.finditer((DOCS / lang / "first-scenario.md").read_text(encoding="utf-8")))
    assert steps[0]["commands"].strip() == "$ kefu-sim author new gift"
    made = kefu("--lang", lang, "author", "new", "gift", given=steps[1]["block"])
    set_language(lang)
    author = Author(Path(made.stdout.decode().strip()))
    done = 0
    for step, after in zip(steps[2:], [*steps[3:], None], strict=True):
        order = step["order"]
        if order and order.startswith("finds:"):
            found = [str(finding) for finding in lint_text(author.text, "gift.yaml", RULES)]
            wanted = order.removeprefix("finds:").strip()
            assert bool(found) == bool(wanted), found
            assert all(f" {wanted} " in line for line in found), found
            if wanted:
                assert after["block"].strip() in found[0]
        elif order:
            author.do(order, after["block"] if after and after["kind"] == "yaml" else "")
            done += 1
    assert done == 8
    assert lint_text(author.text, "gift.yaml", RULES) == []
    subject = subject_of(author.text, "gift.yaml")
    assert [str(finding) for finding in verify(subject).findings] == []
    assert [str(finding) for finding in examine(subject, kit_for(subject.story)).findings] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_it_names_is_one(lang, kefu):
    text = (DOCS / lang / "first-scenario.md").read_text(encoding="utf-8")
    for command in set(re.findall(r"[$`] ?kefu-sim ((?:author )?[a-z]+)", text)):
        assert isinstance(done := kefu(*command.split(), "--help"), subprocess.CompletedProcess)
        assert done.returncode == 0, command
