"""The status 忙碌 (syllabus A014): nobody new is received, and every clock runs on."""

from kefu_sim.engine.step import Say
from kefu_sim.rush import events as rv
from kefu_sim.rush.figures import figures, served
from kefu_sim.rush.run import Run
from kefu_sim.rush.script import finish
from kefu_sim.rush.slips import slips

TWO = [{"at": 0, "scenario": "question"}, {"at": 10, "scenario": "question"}]


def shift(plan, *, until, **changes):
    """Busy from 5 s on; b2 comes at 10 s."""
    run = Run(plan(arrivals=TWO, **changes))
    run.open()
    run.set_busy(5, busy=True)
    run.feed("b1", Say("有货 [answer]"), 8)
    run.advance(until)
    return run


def test_who_comes_waits_outside_and_the_wait_counts(plan):
    run = shift(plan, until=50)
    assert (list(run.floor.open), list(run.floor.queue)) == (["b1"], ["b2"])
    run.set_busy(50, busy=False)
    assert run.floor.open["b2"].waited(52) == 42
    run.feed("b2", Say("有货 [answer]"), 55)
    finish(run)
    everybody = served(run.floor, run.log)
    counted = figures(run.floor, everybody)
    assert [one.first_reply_s for one in everybody] == [8.0, 45.0]
    assert (counted.busy_s, counted.kept_out, counted.longest_wait_buyer != "") == (45.0, 1, True)
    assert Run.continued(run.plan, run.log).floor.busy_for == 45.0
    assert [rv.from_line(rv.to_line(entry)) for entry in run.log] == run.log


def test_who_gives_up_outside_is_charged_and_only_then(plan):
    for status in (True, False):
        run = shift(plan, until=20)
        run.set_busy(20, busy=status)
        finish(run)
        found = [(slip.kind, slip.buyer) for slip in slips(run.floor, run.log, (), run.plan.forbids)]
        assert (("busy", "b2") in found) is status
