"""Faults of terminals and input methods get their right name."""

import pytest

from kefu_sim.drill.ime import WANTED, Probe

GAP = 0.03


def typed(task, *pieces):
    probe, at = Probe(task, GAP), 0.0
    for piece in pieces:
        at += 1.0
        for index, char in enumerate(piece):
            probe.key(char, at + index * 0.001)
    return probe


@pytest.mark.parametrize(
    ("task", "pieces", "finding"),
    [
        ("one", ["好"], "fine"),
        ("four", ["欢迎光临"], "fine"),
        ("four", ["欢迎", "光临"], "split"),
        ("four", [], "nothing"),
        ("eight", ["请问有什^[0;;24744:u"], "garbled"),
        ("eight", ["请问有么可以"], "lost"),
        ("eight", ["qingwen"], "other"),
        ("marks", ["？", "（", "）"], "fine"),
        ("marks", ["?()"], "half"),
        ("marks", ["（）"], "lost"),
        ("paste", ["一行\n两行"], "unmarked"),
    ],
)
def test_what_came_is_named(task, pieces, finding):
    assert typed(task, *pieces).finding() == finding


def test_a_commit_that_comes_as_a_paste_is_told_apart():
    probe = Probe("four", GAP)
    probe.paste(WANTED["four"])
    assert probe.finding() == "as_paste"


def test_enter_by_itself_ends_the_task_and_enter_inside_a_burst_does_not():
    probe = typed("four", "欢迎光临")
    assert probe.key("\n", 1.004) is True
    assert probe.key("\n", 3.0) is False


def test_backspace_takes_a_character_back():
    probe = typed("four", "欢迎光零")
    probe.delete()
    probe.key("临", 9.0)
    assert probe.finding() == "split"
