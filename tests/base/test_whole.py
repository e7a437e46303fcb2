"""Files are replaced whole, by whoever comes last, and nothing is left beside them."""

import threading
from pathlib import Path

import pytest

from kefu_sim.base.kept import write_kept
from kefu_sim.base.whole import put_whole


def test_two_threads_that_write_one_file_at_once_each_have_a_draft_of_their_own(tmp_path, monkeypatch):
    path, replace, others = tmp_path / "folder" / "file", Path.replace, []

    def overtaken(draft, target):
        if not others:
            others.append(threading.Thread(target=write_kept, args=(path, b"second")))
            others[0].start()
            others[0].join()
        return replace(draft, target)

    monkeypatch.setattr(Path, "replace", overtaken)
    write_kept(path, b"first")
    assert path.read_bytes() == b"first"
    assert [file.name for file in path.parent.iterdir()] == ["file"]


def test_the_rights_of_a_file_stay(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o600)
    put_whole(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)


def test_what_cannot_be_replaced_stays_and_no_draft_does(tmp_path):
    (tmp_path / "name").mkdir()
    with pytest.raises(OSError, match="name"):
        put_whole(tmp_path / "name", b"a folder has this name")
    assert [file.name for file in tmp_path.iterdir()] == ["name"]
