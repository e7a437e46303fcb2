"""Drawings of a story."""

import shutil
import subprocess

import pytest

from kefu_sim.author.coverage import Coverage, places
from kefu_sim.author.drawings import DRAWINGS, as_dot, as_mermaid, as_tree
from kefu_sim.author.graph import graph_of
from kefu_sim.author.pictures import draw
from kefu_sim.base.errors import KefuError
from kefu_sim.base.wrap import cell_width
from kefu_sim.house import House
from kefu_sim.rulebook.known import known_ids
from kefu_sim.scenario.load import load_scenario

from .examples import SOUND


def graph(text=SOUND, counts=None):
    story = load_scenario(text, "sound.yaml", known_ids())
    coverage = None if counts is None else Coverage(scenario=story.id, fingerprint="", receptions=1, counts=counts)
    return graph_of(story, coverage)


def test_the_tree_tells_each_node_once_and_every_way():
    assert as_tree(graph()).splitlines() == [
        "送人的保温杯 (sound)",
        "",
        "anywhere → lost  ← patience used up",
        "anywhere → lost  ← rude",
        "",
        "open 问容量",
        "├─ order 拍下  ← ask_use | 问好 or 提问 or 分析",
        "│  ├─ sold 成交 ■ sold  ← gift_box + 核实, if asked == 1 | 核实 or 告别",
        "│  ├─ sold …  ← not understood",
        "│  └─ lost …  ← 120 s of silence",
        "├─ order …  ← not understood",
        "└─ lost 走了 ■ lost  ← 120 s of silence",
    ]


def test_what_a_way_hangs_on_beside_its_words_is_drawn():
    text = SOUND.replace(
        "{when: rude, goto: lost}", "{when: rude, unless: [polite, warm], if: {mood: '< 40'}, goto: lost}"
    )
    text = text.replace("- {after: 120, goto: lost}", "- {after: 120, if: {mood: '> 10'}, goto: lost}", 1)
    for drawing in (as_tree, as_dot):
        drawn = drawing(graph(text))
        assert "rude, if mood < 40, unless polite, warm" in drawn
        assert "120 s of silence, if mood > 10" in drawn


def test_a_tree_is_broken_between_words_to_fit_the_terminal():
    whole, fitted = as_tree(graph()), as_tree(graph(), 36).splitlines()
    assert all(cell_width(line) <= 36 for line in fitted)
    assert fitted[6:9] == [
        "├─ order 拍下  ← ask_use | 问好 or",
        "│  │   提问 or 分析",
        "│  ├─ sold 成交 ■ sold  ← gift_box +",
    ]
    words = [word for word in whole.split() if word.isalnum()]
    assert [word for word in "\n".join(fitted).split() if word.isalnum()] == words


def test_coverage_marks_what_nobody_came_by():
    counts = {"open": 2, "order": 2, "open/reply:0": 1, "open/reply:1": 1, "sold": 1, "order/reply:1": 1}
    tree = as_tree(graph(counts=counts))
    assert "order 拍下  (2)  ← ask_use | 问好 or 提问 or 分析  (2)" in tree
    assert "lost 走了 ■ lost  (never ✗)  ← 120 s of silence  (never ✗)" in tree


@pytest.mark.parametrize("story", ["bargainer", "complainer", "think-it-over"])
def test_every_node_and_every_way_of_the_shipped_stories_is_drawn(story):
    drawn = graph_of(House().library.get(story))
    for text in (as_tree(drawn), as_mermaid(drawn), as_dot(drawn)):
        assert all(box.id in text for box in drawn.boxes)
    assert as_dot(drawn).count(" -> ") == as_mermaid(drawn).count("|\n") + as_mermaid(drawn).count('"| n')


def test_mermaid_takes_marks_of_titles_for_text_and_colours_by_coverage():
    text = SOUND.replace("title: 问容量", "title: '#1 \"<b>问\"'")
    chart = as_mermaid(graph(text, {"open": 1}))
    assert '  n0["open<br/>#35;1 #quot;#lt;b#gt;问#quot;<br/>× 1"]' in chart
    assert "  class n0 met" in chart
    assert "  class n1,n2,n3 unmet" in chart


def test_a_loop_is_drawn_without_end():
    tree = as_tree(graph(SOUND.replace("max: 1, goto: sold", "max: 1, goto: open")))
    assert "open …  ← not understood" in tree


@pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz")
def test_graphviz_reads_the_graph_whatever_a_title_holds():
    dot = as_dot(graph(SOUND.replace("title: 问容量", r"""title: '"问\n" \ ->'"""), {"open": 1}))
    assert draw(dot, "svg").lstrip().startswith(b"<?xml")
    assert draw(dot, "png").startswith(b"\x89PNG")
    with pytest.raises(KefuError, match="Graphviz failed"):
        draw("digraph {", "svg")


def test_without_graphviz_another_form_is_named(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(KefuError, match="--format mermaid"):
        draw("digraph {}", "svg")


def test_a_graphviz_that_gives_up_is_said_so(monkeypatch):
    def late(*_args, **_options):
        raise subprocess.TimeoutExpired("dot", 1)

    monkeypatch.setattr(shutil, "which", lambda _name: "dot")
    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(KefuError, match="Graphviz failed"):
        draw("digraph {}", "svg")


def test_what_no_box_or_arrow_can_show_is_named_when_nobody_came_by():
    late = House().library.get("tea-tray")
    whole = {place.id: 1 for place in places(late)}
    missing = {"missed:back", "notice:glue"}
    for counts, shown in ((whole, False), ({k: v for k, v in whole.items() if k not in missing}, True)):
        told = graph_of(late, Coverage(scenario=late.id, fingerprint="", receptions=1, counts=counts))
        for drawn in DRAWINGS.values():
            assert ("Nobody came by: missed:back, notice:glue" in drawn(told)) == shown
