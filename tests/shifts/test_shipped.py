"""The shifts and walk-ins of the package: sound, playable to the good end, and hard on who does it badly."""

import pytest

from kefu_sim.house import House
from kefu_sim.rulebook.known import known_ids
from kefu_sim.rush.agents import work
from kefu_sim.rush.figures import figures, served
from kefu_sim.rush.model import Arrival, Shift
from kefu_sim.rush.script import ShiftTurn, finish, play_script
from kefu_sim.rush.skills import Skill
from kefu_sim.scores import score_log
from kefu_sim.scoring.ledger import Phrase
from kefu_sim.shifts import ShiftRoom, ranking, report_of

ROOM = ShiftRoom()
WALK_INS = sorted(ROOM.walk_ins)
SHIFTS = sorted(ROOM.library.shifts)
GOOD_END = {"crushed": "kept", "price-drop": "kept", "small-talk": "later"}


def alone(walk_in, item):
    """A shift with this buyer only."""
    story = f"{walk_in}-{item}"
    shift = Shift(
        schema=1, id="alone", title="一位", minutes=15, at_once=2, arrivals=(Arrival(at=0, scenario=walk_in),)
    )
    plans = (ROOM.plan(shift, seed) for seed in range(200))
    return next(plan for plan in plans if plan.visits[0].scenario == story)


def agent(**changes):
    return Skill.model_validate({"id": "model", "title": Phrase(), "typing": 200, "quick": 1, **changes})


def test_there_are_the_shifts_that_were_promised():
    assert not ROOM.library.problems
    buyers = {shift.id: shift.buyers for shift in ROOM.library.shifts.values()}
    assert buyers == {"tutorial": 2, "weekday": 5, "promotion": 20, "double-eleven": 60, "hand-over": 6}
    sixty = ROOM.plan(ROOM.library.get("double-eleven"))
    assert max(visit.at for visit in sixty.visits) <= 300


@pytest.mark.parametrize("walk_in", WALK_INS)
def test_every_walk_in_is_sound_with_every_item(walk_in):
    found = ROOM.walk_ins[walk_in]
    for item in found.goods.items:
        assert found.story(item, known_ids()).id == f"{walk_in}-{item}"


@pytest.mark.parametrize("care", [1.0, 0.0], ids=["excellent", "passable"])
@pytest.mark.parametrize("walk_in", WALK_INS)
def test_the_model_answers_lead_to_the_good_end(walk_in, care):
    for item in ("nuts", "mango", "chocolate"):
        run = work(alone(walk_in, item), agent(care=care))
        seat = run.floor.seats["b1"]
        assert seat.state.outcome == GOOD_END.get(walk_in, "sold"), (
            item,
            [e.text for e in seat.log if hasattr(e, "text")],
        )
        assert score_log(seat.program, seat.log).total >= (92 if care else 75), item


@pytest.mark.parametrize("walk_in", WALK_INS)
def test_silence_and_rudeness_earn_nothing(walk_in):
    silent, _ = play_script(alone(walk_in, "beef"), [])
    rude, _ = play_script(alone(walk_in, "beef"), [ShiftTurn(line=1, wait=5.0, to="b1", say="有病吧，爱买不买，滚")])
    for run, most in ((silent, 15), (rude, 40)):
        seat = run.floor.seats["b1"]
        assert score_log(seat.program, seat.log).total <= most


def test_an_answer_about_other_goods_is_wrong():
    wrong = ShiftTurn(line=1, wait=5.0, to="b1", say="您好，这款保质期18个月，很新鲜的")
    run, _ = play_script(alone("best-before", "beef"), [wrong])
    seat = run.floor.seats["b1"]
    assert "mend" in seat.state.visits
    assert any(row.rule == "fact.wrong" for row in score_log(seat.program, seat.log).ledger)


def test_promising_a_bag_that_is_gone_goes_against_the_notice():
    plan = ROOM.plan(ROOM.library.get("promotion"))
    assert plan.forbids("满99送帆布袋，您这单够了") == {0}
    assert plan.forbids("抱歉，帆布袋刚刚送完了") == frozenset()


@pytest.mark.parametrize("shift", SHIFTS)
def test_skill_pays(shift):
    """A practised agent beats a beginner on every shift, in sales no less and in the score."""
    plan = ROOM.plan(ROOM.library.get(shift))
    skills = {skill.id: skill for skill in plan.rules.colleagues}
    practised, beginner = (report_of(plan, work(plan, skills[name])) for name in ("steady", "novice"))
    assert practised.score.total > beginner.score.total + 10
    assert practised.figures.sales >= beginner.figures.sales
    assert all(goal.met for goal in practised.goals) or shift == "double-eleven"


def test_the_shifts_play_the_same_way_twice():
    plan = ROOM.plan(ROOM.library.get("promotion"), seed=3)
    again = ShiftRoom(House(ROOM.house.folder)).plan(ROOM.library.get("promotion"), seed=3)
    skill = agent(typing=80, quick=0.9)
    assert plan.fingerprint == again.fingerprint
    assert work(plan, skill).log == work(again, skill).log


def test_nine_colleagues_and_oneself_are_ranked_by_sales():
    plan = ROOM.plan(ROOM.library.get("tutorial"))
    run, _ = play_script(plan, [])
    finish(run)
    mine = figures(run.floor, served(run.floor, run.log))
    standings = ranking(plan, mine, Phrase("您", "You"))
    assert len(standings) == 10
    assert standings[-1].mine
    sales = [one.figures.sales for one in standings]
    assert sales == sorted(sales, reverse=True)
