"""The trainee's book of quick replies where the disk does not help."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kefu_sim import quick_replies
from kefu_sim.quick_replies import QuickRoom


@pytest.fixture(autouse=True)
def no_process_for_readings(monkeypatch):
    monkeypatch.setattr(quick_replies, "fetch", list)


def test_initials_are_found_even_where_nothing_can_be_kept(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be", "utf-8")
    assert QuickRoom(tmp_path / "data").initials()


def test_two_windows_may_keep_the_initials_at_once(tmp_path):
    folders = [tmp_path / str(n) for n in range(20)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda folder: QuickRoom(folder).initials(), [f for f in folders for _ in range(4)]))
    assert all(initials == found[0] for initials in found)
    assert all([path.name for path in folder.iterdir()] == [quick_replies.INITIALS] for folder in folders)
