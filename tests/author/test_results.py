"""Lint and verify say the same the second time, without looking again, until something has changed."""

from kefu_sim.author import results
from kefu_sim.author.lint import house_rules
from kefu_sim.rulebook.known import known_ids

from .conftest import CUP, planted


def test_the_second_look_costs_nothing_and_says_the_same(tmp_path, monkeypatch):
    path, rules = tmp_path / "cup.yaml", house_rules()
    broad = planted(("persona: ", "person: "))
    path.write_text(CUP, encoding="utf-8")
    first = results.verified(path, known_ids()), results.linted(broad, "cup.yaml", rules)
    assert first[0].samples
    assert first[1]
    looked = []
    monkeypatch.setattr(results, "verify", looked.append)
    monkeypatch.setattr(results, "lint_text", lambda *_: looked.append("lint") or [])
    assert (results.verified(path, known_ids()), results.linted(broad, "cup.yaml", rules)) == first
    assert not looked
    assert results.linted(CUP, "cup.yaml", rules) == []
    assert looked == ["lint"]
