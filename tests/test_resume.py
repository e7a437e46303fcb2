"""Going on with a log that does not fit its story any more is refused, and the log is left as it was."""

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.base.errors import BadLogError
from kefu_sim.play import House


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


@pytest.fixture
def log(house):
    play = house.begin(house.library.get("bargainer"), seed=1, clock=ManualClock())
    play.close()
    return house.receptions.folder / f"{play.reception}.jsonl"


def lines(log):
    return log.read_bytes().splitlines(keepends=True)


def without(log, words):
    kept = [line for line in lines(log) if words not in line]
    assert len(kept) < len(lines(log))
    log.write_bytes(b"".join(kept))


def test_a_whole_log_is_gone_on_with(house, log):
    play = house.resume(log.stem, ManualClock())
    assert play.session.state.node == "open"
    play.close()


@pytest.mark.parametrize("words", [b'"meter":"mood"', b'"kind":"entered"'])
def test_a_log_with_rows_missing_is_refused(house, log, words):
    without(log, words)
    before = log.read_bytes()
    with pytest.raises(BadLogError, match="not a readable log"):
        house.resume(log.stem, ManualClock())
    assert log.read_bytes() == before


def test_a_log_cut_off_after_its_first_row_is_refused(house, log):
    log.write_bytes(lines(log)[0])
    with pytest.raises(BadLogError, match="no node"):
        house.resume(log.stem, ManualClock())


def test_a_log_that_speaks_of_a_moment_the_story_lacks_is_refused(house, log):
    log.write_bytes(log.read_bytes().replace(b'"node":"open"', b'"node":"opne"'))
    with pytest.raises(BadLogError, match="opne"):
        house.resume(log.stem, ManualClock())
