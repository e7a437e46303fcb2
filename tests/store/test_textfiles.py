"""Documents for others: written whole or not, through links, never over a device; refusals in plain words."""

from __future__ import annotations

import os

import pytest

from kefu_sim.base.errors import KefuError, UnwritableError
from kefu_sim.i18n import set_language
from kefu_sim.store.textfiles import read_text_file, write_text_file


def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path):
    file, link = tmp_path / "real.md", tmp_path / "link.md"
    file.write_text("old")
    link.symlink_to(file)
    with pytest.raises(KefuError):
        write_text_file(link, "new")
    assert file.read_text() == "old"
    write_text_file(link, "new", force=True)
    assert link.is_symlink()
    assert file.read_text() == "new"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.md", "real.md"]


def test_what_is_no_file_is_never_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "."):
        with pytest.raises(KefuError):
            write_text_file(tmp_path / name, "text", force=True)
    assert (tmp_path / "pipe").is_fifo()


def test_refusals_are_said_in_the_language_of_the_interface(tmp_path):
    set_language("zh")
    (tmp_path / "file").write_text("")
    with pytest.raises(KefuError, match="没有这个文件"):
        read_text_file(tmp_path / "none.txt")
    with pytest.raises(UnwritableError, match="同名的文件挡着"):
        write_text_file(tmp_path / "file" / "report.md", "text")
    with pytest.raises(UnwritableError, match="名字太长"):
        write_text_file(tmp_path / ("长" * 300), "text")
