"""What the handbook tells a trainer to write is what the program reads."""

import re
from pathlib import Path

import pytest

from kefu_sim.demo.load import load_demo, load_playlist
from kefu_sim.demonstrations import DemoRoom

DOCS = Path(__file__).parents[2] / "docs"
BOOKS = [DOCS / lang / "classroom.md" for lang in ("zh", "en")]


def examples(book):
    return re.findall(r"```yaml\n(.*?)```", book.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.parent.name)
def test_the_examples_can_be_used_as_they_stand(book):
    room = DemoRoom()
    demo_text, lesson_text = examples(book)
    demo = load_demo(demo_text, "my-greet.yaml", room.house.library.entries)
    film = room.show(demo).film
    assert film.total(1) > film.total(0)
    assert any(beat.asks for beat in film.beats)
    lesson = load_playlist(lesson_text, "my-lesson.yaml", {**room.demos.items, demo.id: demo})
    assert lesson.minutes == 12


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.parent.name)
def test_the_demos_it_names_are_there(book):
    room = DemoRoom()
    for line in re.findall(r"^kefu-sim demo (\S+)", book.read_text("utf-8"), re.MULTILINE):
        if not line.startswith("--") and line not in room.playlists.items:
            assert room.find(line)


def test_the_table_of_the_lesson_is_the_lesson():
    lesson = DemoRoom().playlists.items["first-lesson"]
    for book in BOOKS:
        minutes = re.findall(r"^\| (\d+) (?:分钟|min) \|", book.read_text("utf-8"), re.MULTILINE)
        assert [float(n) for n in minutes] == [item.minutes for item in lesson.items]
