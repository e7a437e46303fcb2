"""What code and rules cite of docs/domain.md stands there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_section_that_is_cited_exists():
    source = ROOT / "src" / "kefu_sim"
    texts = [path.read_text("utf-8") for kind in ("*.py", "*.yaml") for path in source.rglob(kind)]
    cited = {
        section
        for text in texts
        for several in re.findall(r"domain ([A-Z]\.\d(?:(?:,| and) [A-Z]\.\d)*)", text)
        for section in re.findall(r"[A-Z]\.\d", several)
    }
    there = set(re.findall(r"^### (\S+)", (ROOT / "docs" / "domain.md").read_text("utf-8"), re.MULTILINE))
    assert cited
    assert cited <= there
