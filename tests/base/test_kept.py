"""What is kept between runs only saves time: it never decides what comes out."""

import pytest

from kefu_sim.base.kept import Kept, kept, write_kept

VALUE = {"在吗": [1, 2.5, None, True], "": {"a": []}}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "value.json"


def test_a_value_comes_back_as_long_as_what_it_was_made_from_is_the_same(path):
    assert Kept(path, "text").read() is None
    Kept(path, "text").write(VALUE)
    assert Kept(path, "text").read() == VALUE
    assert Kept(path, "another text").read() is None
    assert Kept(path, "te", "xt").read() is None


@pytest.mark.parametrize(
    "value", [{"名\udcff": "\ud83d"}, [1e300, -0.0, float("inf")], [2**70, "\x00\u2028"], ["1.10", 1.1]]
)
def test_odd_values_come_back_as_they_were(path, value):
    Kept(path, "text").write(value)
    assert repr(Kept(path, "text").read()) == repr(value)


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data.replace(b"2.5", b"3.5"),
        lambda data: data.partition(b"\n")[0] + b"\n{}",
        lambda data: b"\xff\x00" * 40,
    ],
)
def test_a_damaged_file_counts_as_nothing(path, harm):
    Kept(path, "text").write(VALUE)
    path.write_bytes(harm(path.read_bytes()))
    assert Kept(path, "text").read() is None
    Kept(path, "text").write(VALUE)
    assert Kept(path, "text").read() == VALUE


def test_a_value_is_made_once_and_again_where_it_cannot_be_kept(tmp_path, monkeypatch):
    made = []

    def make():
        made.append(1)
        return VALUE

    monkeypatch.setenv("KEFU_SIM_CACHE", str(tmp_path / "cache"))
    assert kept("x", ["a"], make) == kept("x", ["a"], make) == VALUE
    assert len(made) == 1
    (tmp_path / "taken").write_text("a file stands where the folder would be")
    monkeypatch.setenv("KEFU_SIM_CACHE", str(tmp_path / "taken"))
    assert kept("x", ["a"], make) == kept("x", ["a"], make) == VALUE
    assert len(made) == 3


def test_a_disk_that_refuses_leaves_nothing_half_written(tmp_path):
    folder = tmp_path / "there"
    (folder / "name").mkdir(parents=True)
    write_kept(folder / "name", b"a folder has this name")
    assert [path.name for path in folder.iterdir()] == ["name"]
