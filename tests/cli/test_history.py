"""`history`, `progress` and `profile` in a process of their own."""

import json

ASKED = "您好，在的～请问您主要是听歌还是打游戏用呢？"


def practise(kefu, env=None):
    result = kefu("practice", "bargainer", "--plain", "--seed", "1", given=f"{ASKED}\n/quit\n", env=env)
    assert result.returncode == 0, result.stderr.decode()
    return result


def test_what_was_finished_is_listed_with_its_id(kefu):
    practise(kefu)
    listed = kefu("history")
    assert listed.returncode == 0, listed.stderr.decode()
    head, row = listed.stdout.decode().splitlines()
    assert head.split() == ["When", "What", "Mode", "Score", "Reply", "Id"]
    assert row.endswith("-bargainer")
    (data,) = map(json.loads, kefu("history", "--json").stdout.decode().splitlines())
    assert data["id"] == row.split()[-1]
    assert data["steps"][:2] == "dd"


def test_filters_narrow_and_a_day_that_is_none_is_refused(kefu, received):
    received(ASKED)
    assert len(kefu("history", "--since", "today", "--mode", "practice").stdout.decode().splitlines()) == 2
    for narrowed in (["--mode", "exam"], ["--until", "2020-01-01"], ["--kind", "drill"], ["--trainee", "周"]):
        result = kefu("history", *narrowed)
        assert (result.returncode, result.stdout) == (0, b"")
        assert "nothing that fits" in result.stderr.decode()
    refused = kefu("progress", "--since", "yesteryear")
    assert refused.returncode == 2
    assert "`yesteryear` is no day" in refused.stderr.decode()


def test_progress_in_words_and_as_data(kefu, received):
    assert "the easiest buyer to begin with" in kefu("progress").stdout.decode()
    received(ASKED)
    shown = kefu("progress").stdout.decode()
    assert "1 day in a row" in shown
    assert "Greet" in shown
    assert "Personal bests" in shown
    data = json.loads(kefu("progress", "--json").stdout)
    assert (data["receptions"], data["steps"]["问好"]["done"], data["streak"]["today"]) == (1, 1, True)
    assert data["advice"][0]["command"].startswith("kefu-sim ")


def test_everybody_has_a_history_of_their_own(kefu, received):
    received(ASKED)
    assert "小林" in kefu("profile", "小林").stdout.decode()
    received(ASKED, seed=2)
    assert len(kefu("history").stdout.decode().splitlines()) == 2
    received(ASKED, seed=3, trainee="周")
    assert len(kefu("--as", "周", "history").stdout.decode().splitlines()) == 2
    everybody = kefu("history", "--all").stdout.decode()
    assert len(everybody.splitlines()) == 4
    assert "小林" in everybody
    assert [line.split() for line in kefu("profile").stdout.decode().splitlines()] == [
        ["(no", "name)", "1", "record"],
        ["周", "1", "record"],
        ["*", "小林", "1", "record"],
    ]


def test_another_database_takes_in_what_lies_on_disk(kefu, received, tmp_path):
    received(ASKED)
    listed = kefu("history", "--db", str(tmp_path / "other.db"))
    assert len(listed.stdout.decode().splitlines()) == 2
    assert (tmp_path / "other.db").exists()


def test_a_database_that_cannot_be_used_is_named_and_practice_goes_on(kefu, tmp_path):
    (tmp_path / "bad.db").write_text("no database" * 99, "utf-8")
    played = practise(kefu, env={"KEFU_SIM_DB": str(tmp_path / "bad.db")})
    assert "Total:" in played.stdout.decode()
    assert "Not in the records yet" in played.stderr.decode()
    refused = kefu("history", "--db", str(tmp_path / "bad.db"))
    assert refused.returncode == 2
    assert "not a database of records" in refused.stderr.decode()
    assert "Traceback" not in refused.stderr.decode()
    assert len(kefu("history").stdout.decode().splitlines()) == 2


def test_documents_are_written_whole_and_never_over_another(kefu, received, tmp_path):
    received(ASKED, trainee="小林")
    mine = ["--as", "小林"]
    written = kefu("export", "last", "-o", "report.html", *mine)
    assert written.returncode == 0, written.stderr.decode()
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "请问您主要是听歌还是打游戏用呢" in page
    assert "小林" in page
    again = kefu("export", "last", "-o", "report.html", *mine)
    assert again.returncode == 2
    assert "is there already" in again.stderr.decode()
    assert (tmp_path / "report.html").read_text("utf-8") == page
    hidden = kefu("export", "--all", "--anonymous", "--details", "-o", "report.html", "--force")
    assert hidden.returncode == 0, hidden.stderr.decode()
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "小林" not in page
    assert "Trainee 1" in page
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_every_kind_of_document_comes_out_of_a_pipe(kefu, received):
    received(ASKED)
    assert kefu("export").stdout.decode().startswith("# Progress")
    assert kefu("export", "--format", "csv").stdout.startswith(b"\xef\xbb\xbfId,")
    assert "speed.first" in kefu("export", "--format", "ledger").stdout.decode()
    assert json.loads(kefu("export", "last", "--format", "json").stdout)["records"][0]["score"]["total"] > 0
    assert json.loads(kefu("export", "--format", "xapi").stdout)[0]["verb"]["display"]["en-US"] == "terminated"
    refused = kefu("export", "-o", "report.doc")
    assert refused.returncode == 2
    assert "does not tell the kind" in refused.stderr.decode()
    assert "nothing to export" in kefu("export", "--mode", "exam").stderr.decode()


def test_a_campaign_of_the_shop_is_shown_with_whom_to_receive_next(kefu, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    stage = "{id: one, title: 一, title_en: One, unlock: 1, buyers: [bargainer, complainer]}"
    own = f"schema: 1\npassed: 60\nstages:\n  - {stage}\n"
    (home / "campaign.yaml").write_text(own, "utf-8")
    env = {"KEFU_SIM_HOME": str(home)}
    done = kefu("campaign", env=env)
    assert done.returncode == 0
    assert "passed 0 of 2 · 1 more opens the next stage" in done.stdout.decode()
    assert "kefu-sim practice bargainer" in done.stdout.decode()
    assert json.loads(kefu("campaign", "--json", env=env).stdout)["next"] == "bargainer"
    (home / "campaign.yaml").write_text(own.replace("bargainer", "bargaining"), "utf-8")
    wrong = kefu("campaign", env=env)
    assert wrong.returncode == 2
    assert "campaign.yaml:4:" in wrong.stderr.decode()
    assert "bargainer" in wrong.stderr.decode()
