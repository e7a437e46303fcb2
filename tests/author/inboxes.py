"""A trainer's house with a story of her own, and receptions of it."""

from dataclasses import replace
from pathlib import Path

from kefu_sim.engine.script import play_script
from kefu_sim.history.intake import take_in
from kefu_sim.house import House
from kefu_sim.programs import program_for
from kefu_sim.scenario.model import ScriptTurn
from kefu_sim.scores import rubric_version

CUP = (Path(__file__).parent / "cup.yaml").read_text("utf-8")


def house_with(folder, *changes):
    """A house whose only own story is the cup, with each (old, new) put in its place."""
    text = CUP
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "scenarios").mkdir(parents=True)
    (folder / "scenarios" / "cup.yaml").write_bytes(text.encode("utf-8"))
    return House(folder)


def receive(house, minute, *said, trainee="", story="cup", branch_of=""):
    """A finished reception, in the records; returns its id."""
    turns = [turn for text in said for turn in (ScriptTurn(wait=9), ScriptTurn(say=text))]
    log = play_script(program_for(house.library.get(story)), turns, minute, rubric_version(), "practice")
    started = f"2026-03-02T09:{minute:02}:00+08:00"
    log[0] = replace(log[0], started=started, trainee=trainee, branch_of=branch_of)
    writer = house.receptions.new_log(story, f"20260302T09{minute:02}00")
    writer.write(log)
    writer.close()
    take_in(house)
    return writer.path.stem
