"""A trainee's tenth day: logs of nine days of practice lie on disk, and every figure is worked out by hand beside them.

Each row below is one reception: its day in March, whether it opened with a greeting, and after how many seconds the
three lines of the buyer were answered. On the fifth day nobody practised.
"""

from datetime import date, datetime

import pytest

from kefu_sim.engine import events as ev
from kefu_sim.history.intake import take_in
from kefu_sim.history.look import look_back
from kefu_sim.language.verdict import Step
from kefu_sim.programs import program_for
from kefu_sim.progress.record import Wanted
from kefu_sim.scores import score_log

PRACTISED = [
    (1, False, (50, 70, 60)),   # mean 60
    (2, False, (40, 60, 50)),   # mean 50
    (2, False, (30, 50, 40)),   # mean 40
    (3, False, (20, 40, 30)),   # mean 30
    (4, True, (30, 30, 30)),    # mean 30
    (6, True, (20, 20, 20)),    # mean 20
    (7, False, (25, 15, 20)),   # mean 20
    (8, True, (12, 10, 8)),     # mean 10
    (9, True, (9, 10, 11)),     # mean 10
    (10, True, (8, 8, 8)),      # mean 8
    (10, True, (4, 8, 6)),      # mean 6
]  # fmt: skip


def log_of(program, day, number, greets, waits):
    """A reception of three lines of the buyer, each answered after so many seconds."""
    opened = ev.Opened(
        0.0,
        "bargainer",
        program.fingerprint,
        number,
        "practice",
        "1.0",
        "c1",
        f"2026-03-{day:02}T0{number}:00:00+08:00",
    )
    log, t = [opened, ev.Entered(0.0, "open", "start")], 0.0
    said = ["您好，在的亲" if greets else "这款是蓝牙5.4的", "这款已经是活动价了哦", "这款质保一年"]
    for wait, text in zip(waits, said, strict=True):
        log.append(ev.BuyerSaid(t, "能便宜点吗？", "open", "node", "open/line#0"))
        t += wait
        log.append(ev.AgentSent(t, text, len(text), 4.0))
        t += 2.0
    return [*log, ev.Ended(t, "left", "open")]


@pytest.fixture
def practised(house):
    """The logs on disk, and what each is worth by itself."""
    program = program_for(house.library.get("bargainer"))
    totals = []
    for number, (day, greets, waits) in enumerate(PRACTISED):
        log = log_of(program, day, number % 10, greets, waits)
        stamp = datetime.fromisoformat(log[0].started).strftime("%Y%m%dT%H%M%S")
        writer = house.receptions.new_log("bargainer", stamp)
        writer.write(log)
        writer.close()
        totals.append(score_log(program, log).total)
    return totals


def test_the_tenth_day(house, practised):
    assert take_in(house) == 11
    look = look_back(house, Wanted(trainee=""), date(2026, 3, 10))

    # nine days of practice: four before the gap, then the 6th to the 10th
    assert (look.streak.days, look.streak.now, look.streak.longest, look.streak.today) == (9, 5, 5, True)
    assert look.receptions == 11
    # seconds: the waits, and two after each of the three replies
    assert look.seconds == sum(sum(waits) for _, _, waits in PRACTISED) + 11 * 6 == 918

    assert [(day.day[-2:], day.receptions, day.reply_s) for day in look.days] == [
        ("01", 1, 60), ("02", 2, 45), ("03", 1, 30), ("04", 1, 30), ("06", 1, 20),
        ("07", 1, 20), ("08", 1, 10), ("09", 1, 10), ("10", 2, 7),
    ]  # fmt: skip
    # the last ten: 50 40 30 30 20 20 10 10 8 6 → 224 / 10; the one before: 60
    assert (look.replies.now, look.replies.before) == (22.4, 60)

    # six of eleven greeted; nobody ever asked what the buyer needs
    greet, ask = look.step(Step.GREET), look.step(Step.ASK)
    assert (greet.done, greet.late, greet.missing) == (6, 0, 5)
    assert (ask.done, ask.late, ask.missing, ask.share) == (0, 0, 11, 0)

    # totals are those of the single logs, summed up here by hand
    assert look.days[1].total == round((practised[1] + practised[2]) / 2, 2)
    assert look.days[-1].best == max(practised[-2:])
    assert look.totals.now == round(sum(practised[1:]) / 10, 2)
    assert look.totals.before == practised[0]
    assert look.bests.total.value == max(practised)

    # the same question missed eleven times is what costs most of all missing steps
    missing = {cause.topic_zh: (cause.times, cause.lost) for cause in look.causes if cause.rule == "step.missing"}
    assert missing["问好"][0] == 5
    assert missing["提问"][0] == 11
    assert missing["问好"][1] == pytest.approx(missing["提问"][1] / 11 * 5)
    weak = [one for one in look.advice if one.what == "step"]
    assert (weak[0].figure, weak[0].of, weak[0].scenario) == (0, 11, "bargainer")


def test_the_same_figures_narrowed_to_the_last_days(house, practised):
    take_in(house)
    look = look_back(house, Wanted(trainee="", since="2026-03-08"), date(2026, 3, 10))
    assert (look.receptions, look.streak.now, look.window) == (4, 3, 4)
    assert look.replies.now == (10 + 10 + 8 + 6) / 4
    assert look.totals.now == round(sum(practised[-4:]) / 4, 2)
    nobody = look_back(house, Wanted(trainee="周"), date(2026, 3, 10))
    assert (nobody.receptions, nobody.days, nobody.totals.now, nobody.bests.total) == (0, (), None, None)
    assert nobody.advice[0].what == "first"
