"""Rules of demo files that a schema cannot see. One code a rule, KS4xx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kefu_sim.base.errors import Problem
from kefu_sim.base.yamlfile import YamlFile
from kefu_sim.demo.model import Demo, Playlist
from kefu_sim.i18n import tr
from kefu_sim.scenario.check import Path
from kefu_sim.scenario.labels import STEP_NAMES
from kefu_sim.scenario.names import did_you_mean


def check_demo(demo: Demo, file: YamlFile, scenarios: Iterable[str]) -> list[Problem]:
    """List what does not fit together in a demo that matches the schema."""
    return list(_demo(demo, file, sorted(scenarios)))


def _demo(demo: Demo, file: YamlFile, scenarios: list[str]) -> Iterator[Problem]:
    if demo.scenario not in scenarios:
        what = tr("unknown {kind} `{name}`").format(kind=tr("scenario"), name=demo.scenario)
        yield file.problem(("scenario",), "KS401", what, did_you_mean(demo.scenario, scenarios))
    if demo.step and demo.step not in STEP_NAMES:
        what = tr("unknown {kind} `{name}`").format(kind=tr("step"), name=demo.step)
        yield file.problem(("step",), "KS402", what, did_you_mean(demo.step, sorted(STEP_NAMES)))
    if not demo.good and not demo.bad:
        yield file.problem((), "KS403", tr("neither `good` nor `bad`"), tr("write the lines of at least one agent"))
    for key, turns in (("before", demo.before), ("good", demo.good), ("bad", demo.bad)):
        for i, turn in enumerate(turns):
            at: Path = (key, i)
            if turn.wait is None and turn.say is None and turn.note is None:
                yield file.problem(at, "KS404", tr("neither `wait` nor `say` nor `note`"), tr("write `say: …`"))
            elif turn.say is None and getattr(turn, "ask", False):
                yield file.problem((*at, "ask"), "KS405", tr("nothing is said here"), tr("put `ask` beside a `say`"))


def check_playlist(playlist: Playlist, file: YamlFile, demos: Mapping[str, Demo]) -> list[Problem]:
    """List what does not fit together in a lesson that matches the schema."""
    return list(_playlist(playlist, file, demos))


def _playlist(playlist: Playlist, file: YamlFile, demos: Mapping[str, Demo]) -> Iterator[Problem]:
    for i, item in enumerate(playlist.items):
        at: Path = ("items", i)
        if (item.demo is None) == (not item.talk):
            yield file.problem(at, "KS406", tr("an item is a `demo` or a `talk`"), tr("write one of the two"))
            continue
        if item.demo is None:
            continue
        demo = demos.get(item.demo)
        if demo is None:
            what = tr("unknown {kind} `{name}`").format(kind=tr("demo"), name=item.demo)
            yield file.problem((*at, "demo"), "KS407", what, did_you_mean(item.demo, sorted(demos)))
        elif item.show is not None and item.show not in demo.shows():
            what = tr("`{demo}` cannot be shown as `{show}`").format(demo=demo.id, show=item.show)
            fix = tr("write {choices}").format(choices=" / ".join(demo.shows()))
            yield file.problem((*at, "show"), "KS408", what, fix)
