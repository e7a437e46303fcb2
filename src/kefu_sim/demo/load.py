"""YAML text → validated demo or lesson. Reports every problem of a file at once, each with its position and a mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kefu_sim.base.errors import BadFileError
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.demo.check import check_demo, check_playlist
from kefu_sim.demo.model import Demo, Playlist
from kefu_sim.scenario.load import validate


def load_demo(text: str, source: str, scenarios: Iterable[str]) -> Demo:
    """Read one demo. `scenarios`: ids of the stories there are. Raises BadFileError."""
    file = read_yaml(text, source)
    demo = validate(file, Demo)
    if problems := check_demo(demo, file, scenarios):
        raise BadFileError(problems)
    return demo


def load_playlist(text: str, source: str, demos: Mapping[str, Demo]) -> Playlist:
    """Read one lesson. `demos`: those it may name, by id. Raises BadFileError."""
    file = read_yaml(text, source)
    playlist = validate(file, Playlist)
    if problems := check_playlist(playlist, file, demos):
        raise BadFileError(problems)
    return playlist
