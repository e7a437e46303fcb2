import pytest

from kefu_sim.demo.lesson import Lesson
from kefu_sim.demo.model import Playlist

LESSON = Playlist.model_validate(
    {"schema": 1, "id": "x", "title": "课", "items": [{"talk": "开场", "minutes": 2}, {"talk": "小结", "minutes": 1.5}]}
)


def test_time_runs_for_the_entry_and_for_the_whole():
    lesson = Lesson(LESSON)
    assert lesson.left(100) == pytest.approx(210)  # the agenda may wait for the class
    assert lesson.item_left(130) == 120  # not begun yet
    begun = lesson.started(130)
    assert begun.item_left(150) == 100
    assert begun.moved(1).left(150) == pytest.approx(190)
    assert begun.started(160) == begun  # begun once
    assert begun.item_left(280) == -30  # runs over


def test_entries_follow_each_other_to_the_end():
    lesson = Lesson(LESSON).started(5).moved(1)
    assert lesson.item.talk == "小结"
    assert lesson.since is None
    over = lesson.moved(1)
    assert over.over
    assert over.moved(1) == over
    assert over.item_left(999) == 90
    assert over.moved(-1).item.talk == "小结"
