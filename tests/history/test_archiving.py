"""What is put away comes back whole, on any machine and in any database; nothing is overwritten, damage is named."""

import json
import shutil
import zipfile
from dataclasses import replace
from hashlib import sha256

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.base.errors import KefuError, UnwritableError
from kefu_sim.drills import DrillRoom, Settings
from kefu_sim.engine.step import Say
from kefu_sim.history.archiving import check, put_away, take_back
from kefu_sim.history.disputing import docket_of_review
from kefu_sim.history.due import all_cards
from kefu_sim.history.intake import take_in
from kefu_sim.history.review import find_reception, review_of
from kefu_sim.house import House
from kefu_sim.progress.record import Wanted
from kefu_sim.store.archive import write_archive

EVERYBODY = Wanted()


@pytest.fixture
def full(house, finish):
    """Two receptions, a drill and a reception that is still open."""
    finish(house, "2026-03-02T09:00:00+08:00", script="lazy-one-word")
    finish(house, "2026-03-03T09:00:00+08:00", "complainer", "good-brisk", trainee="小林")
    clock = ManualClock()
    drill = DrillRoom(house).begin(Settings(seed=1), clock).run
    clock.advance(5)
    drill.key("您", clock.now())
    clock.advance(1)
    drill.key("好", clock.now())
    drill.leave()
    play = house.begin(house.library.get("bargainer"), seed=1, clock=ManualClock())
    play.session.send(Say("您好，在的"))
    play.close()
    take_in(house)
    return house


@pytest.fixture
def archive(full, tmp_path):
    path = tmp_path / "records.zip"
    assert put_away(full, path, EVERYBODY, unfinished=True) == (3, 1)
    return path


def test_everything_comes_back_on_another_machine(full, archive, tmp_path, database_url, monkeypatch):
    monkeypatch.setenv("KEFU_SIM_DB", database_url)
    other = House(tmp_path / "another")
    done = take_back(other, archive)
    assert (done.new, done.known, len(done.opened), done.left_out) == (3, 0, 1, ())
    monkeypatch.delenv("KEFU_SIM_DB")
    assert other.records.rows(EVERYBODY) == full.records.rows(EVERYBODY)
    for row in full.records.rows(EVERYBODY):
        assert other.records.document(row.key) == full.records.document(row.key)
    assert other.records.causes(EVERYBODY) == full.records.causes(EVERYBODY)
    assert all_cards(other) == all_cards(full) != []
    play = other.resume(done.opened[0], ManualClock())
    assert play.session.state.said == ("您好，在的",)
    play.close()
    assert other.desk.bests() == full.desk.bests()


def test_disputes_come_along_and_those_already_there_stay(full, tmp_path):
    record = find_reception(full, "20260303")
    docket = docket_of_review(full, review_of(full, record))
    docket.dispute(0, "甲")
    docket.dispute(1, "乙")
    path = tmp_path / "records.zip"
    put_away(full, path, EVERYBODY, unfinished=False)
    docket.dispute(0, "后来改的")
    docket.take_back(1)
    other = House(tmp_path / "another")
    take_back(other, path)
    assert [one.remark for one in other.inbox.disputes()] == ["甲", "乙"]
    again = docket_of_review(other, review_of(other, find_reception(other, record.id)))
    assert sorted(again.disputed) == [0, 1]
    take_back(full, path)
    assert sorted(one.remark for one in full.inbox.disputes()) == ["乙", "后来改的"]


def test_a_dispute_of_another_reception_in_an_archive_is_damage(full, tmp_path):
    docket = docket_of_review(full, review_of(full, find_reception(full, "20260303")))
    made = docket.dispute(0)
    (entry,) = full.records.entries([find_reception(full, "20260303").key])
    path = tmp_path / "records.zip"
    write_archive(path, [replace(entry, disputes=(made._replace(reception="x"),))], [], "2026-03-04")
    with pytest.raises(KefuError, match="damaged"):
        check(path)


def test_a_second_time_nothing_is_new_and_nothing_is_overwritten(full, archive):
    before = full.records.rows(EVERYBODY)
    done = take_back(full, archive)
    assert (done.new, done.known, len(done.opened), done.left_out) == (0, 3, 1, ())
    assert full.records.rows(EVERYBODY) == before


def test_an_open_reception_of_the_same_name_is_left_as_it_is(full, archive):
    (name,) = full.receptions.unfinished()
    play = full.resume(name, ManualClock())
    play.session.send(Say("请问您平时怎么用呢"))
    play.close()
    before = full.receptions.path(name).read_bytes()
    assert take_back(full, archive).left_out == (name,)
    assert full.receptions.path(name).read_bytes() == before


def test_an_archive_is_never_written_over_a_file(full, tmp_path):
    path = tmp_path / "there.zip"
    path.write_text("mine", "utf-8")
    with pytest.raises(KefuError, match="is there already"):
        put_away(full, path, EVERYBODY, unfinished=False)
    assert path.read_text("utf-8") == "mine"
    with pytest.raises(UnwritableError):
        put_away(full, tmp_path / "nowhere" / "a.zip", EVERYBODY, unfinished=False)
    with pytest.raises(KefuError, match="nothing to archive"):
        put_away(full, tmp_path / "empty.zip", Wanted(trainee="周"), unfinished=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["home", "there.zip"]


def test_one_trainee_is_handed_over_alone(full, tmp_path):
    path = tmp_path / "lin.zip"
    assert put_away(full, path, Wanted(trainee="小林"), unfinished=True) == (1, 0)
    assert check(path) == (1, 0)


def changed(archive, path, change):
    """A copy with some parts changed; `change(name, data)` gives new data, or None to leave a part out."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return path


def resealed(archive, path, change):
    """A copy whose manifest was changed together with its seal."""
    with zipfile.ZipFile(archive) as file:
        manifest = file.read("manifest.json")
    fresh = change(manifest)
    seal = sha256(fresh).hexdigest().encode()
    parts = {"manifest.json": fresh, "manifest.sha256": seal}
    return changed(archive, path, parts.get)


def test_damage_is_named_and_nothing_is_taken(archive, tmp_path):
    other = House(tmp_path / "another")
    bad = tmp_path / "bad.zip"
    damages = {
        "its hash is another": lambda name, data: data + b" " if name.startswith("records/") else data,
        "it is missing": lambda name, data: None if name.startswith("open/") else data,
        "manifest.json": lambda name, data: data.replace(b"open", b"opem") if name == "manifest.json" else data,
    }
    for expected, change in damages.items():
        with pytest.raises(KefuError, match=expected) as caught:
            take_back(other, changed(archive, bad, change))
        assert "nothing of it was taken" in caught.value.hint
    whole = archive.read_bytes()
    for data in (b"", b"no zip" * 99, whole[: len(whole) // 2], whole[:300] + bytes(300) + whole[600:]):
        bad.write_bytes(data)
        with pytest.raises(KefuError, match="damaged"):
            take_back(other, bad)
    with pytest.raises(KefuError, match="cannot be read"):
        check(tmp_path / "none.zip")
    assert other.records.rows(EVERYBODY) == []
    assert not (other.folder / "receptions").exists()


def test_a_forged_archive_cannot_write_elsewhere_nor_pass_another_log_off(archive, tmp_path):
    other = House(tmp_path / "another")
    bad = tmp_path / "bad.zip"

    def elsewhere(manifest):
        data = json.loads(manifest)
        data["parts"][-1]["id"] = "../../evil"
        return json.dumps(data).encode()

    with pytest.raises(KefuError, match="not the id of a reception"):
        take_back(other, resealed(archive, bad, elsewhere))

    def newer(manifest):
        return manifest.replace(b'"format": 1', b'"format": 9')

    with pytest.raises(KefuError, match="newer kefu-sim"):
        take_back(other, resealed(archive, bad, newer))

    with zipfile.ZipFile(archive) as file:
        name = next(name for name in file.namelist() if name.startswith("records/"))
        record = json.loads(file.read(name))
    record["log"] = record["log"].replace("您", "你") + " "
    forged = json.dumps(record).encode()

    def with_hash(manifest):
        data = json.loads(manifest)
        next(part for part in data["parts"] if part["file"] == name)["sha256"] = sha256(forged).hexdigest()
        return json.dumps(data).encode()

    step = resealed(archive, tmp_path / "step.zip", with_hash)
    with pytest.raises(KefuError, match="not the one it was made from"):
        take_back(other, changed(step, bad, lambda part, data: forged if part == name else data))
    assert not (tmp_path / "evil.jsonl").exists()


def test_from_the_command_line(full, kefu_at, tmp_path):
    shutil.copytree(full.folder, tmp_path / "copy")
    put = kefu_at(tmp_path / "copy", "archive", "all.zip", "--all")
    assert put.returncode == 0, put.stderr.decode()
    assert "3 records · 1 open reception" in put.stderr.decode()
    assert "keep a copy elsewhere" in put.stderr.decode()
    assert kefu_at(tmp_path / "copy", "archive", "all.zip").returncode == 2
    checked = kefu_at(tmp_path / "new", "restore", "--check", "all.zip")
    assert "is whole: 3 records" in checked.stderr.decode()
    assert not (tmp_path / "new").exists()
    back = kefu_at(tmp_path / "new", "restore", "all.zip")
    assert back.returncode == 0, back.stderr.decode()
    assert "3 records taken in" in back.stderr.decode()
    assert "kefu-sim resume" in back.stderr.decode()
