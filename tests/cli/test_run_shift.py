"""`kefu-sim run-shift`: a whole shift without a screen."""

import json


def script(tmp_path, *rows):
    path = tmp_path / "shift.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


ANSWERS = (
    {"wait": 6, "to": "b1", "say": "您好，在的～满99送帆布袋，您这单够了，送完为止哦"},
    {"wait": 8, "to": "next", "say": "您好，2点前付款的今天发，一般2到4天到"},
    {"wait": 8, "to": "next", "say": "谢谢您的支持，今天给您发出，有问题随时找我"},
)


def test_one_object_with_figures_ledger_buyers_and_events(kefu, tmp_path):
    result = kefu("run-shift", "tutorial", "--script", script(tmp_path, *ANSWERS), "--json")
    assert result.returncode == 0, result.stderr.decode()
    data = json.loads(result.stdout)
    assert (data["shift"], data["ended"], data["figures"]["sold"]) == ("tutorial", "done", 2)
    assert data["figures"]["first_reply_s"] == 4.0
    assert [buyer["outcome"] for buyer in data["buyers"]] == ["sold", "sold"]
    assert all(0 <= buyer["score"]["total"] <= 100 for buyer in data["buyers"])
    assert round(sum(row["points"] for row in data["score"]["ledger"]), 2) == data["score"]["total"]
    assert data["events"][0]["kind"] == "shift"
    assert data["events"][-1]["kind"] == "bell"
    assert {event.get("b") for event in data["events"]} == {None, "b1", "b2"}


def test_equal_scripts_give_equal_bytes(kefu, tmp_path):
    path = script(tmp_path, *ANSWERS)
    one, other, third = (kefu("run-shift", "tutorial", "--script", path, "--json", "--seed", s).stdout for s in "558")
    assert one == other
    assert one != third


def test_a_line_to_nobody_is_told_and_the_rest_goes_on(kefu, tmp_path):
    path = script(tmp_path, {"wait": 1, "to": "b7", "say": "您好"}, *ANSWERS)
    result = kefu("run-shift", "tutorial", "--script", path)
    assert result.returncode == 1
    assert "shift.jsonl:1: b7 was not there" in result.stderr.decode()
    assert "2 came, 2 were received, 2 bought" in result.stdout.decode()


def test_bad_lines_are_listed_all_at_once(kefu, tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"say": "您好"}\n{"wait": -1}\nnonsense\n{"to": "b1", "quick": "nhh"}\n', "utf-8")
    result = kefu("run-shift", "tutorial", "--script", str(path))
    assert result.returncode == 2
    for place in ("1:2", "2:2", "3:1", "4:14"):
        assert f"bad.jsonl:{place} KS301" in result.stderr.decode()
    assert "did you mean `nh`?" in result.stderr.decode()


def test_an_unknown_shift_names_the_nearest(kefu, tmp_path):
    result = kefu("run-shift", "tutoral", "--bot", "80")
    assert result.returncode == 2
    assert "tutorial" in result.stderr.decode()


def test_a_simulated_agent_works_a_shift(kefu):
    quick, by_hand = (kefu("run-shift", "weekday", "--bot", "80", "--json", *more) for more in ((), ("--by-hand",)))
    seconds = [json.loads(result.stdout)["figures"]["mean_reply_s"] for result in (quick, by_hand)]
    assert seconds[0] < seconds[1]
    assert kefu("run-shift", "weekday", "--bot", "5").returncode == 2


def test_the_ranking_has_ten_places(kefu):
    result = kefu("run-shift", "tutorial", "--bot", "90", "--ranking", "--json")
    ranking = json.loads(result.stdout)["ranking"]
    assert len(ranking) == 10
    assert sum(one["mine"] for one in ranking) == 1


def test_a_bad_shift_is_told_with_its_places_before_it_is_missed(kefu, tmp_path):
    folder = tmp_path / "home" / "shifts"
    folder.mkdir(parents=True)
    (folder / "bad.yaml").write_text("schema: 1\nid: bad\ntitle: x\nminutes: 5\nat_once: 0\narrivals: []\n", "utf-8")
    for command in (("run-shift", "bad", "--bot", "80"), ("rush", "bad")):
        done = kefu(*command)
        assert done.returncode == 2
        assert "bad.yaml:5:1 KS025" in done.stderr.decode()
        assert done.stderr.decode().index("bad.yaml:5:1") < done.stderr.decode().index("`bad` cannot be worked")
