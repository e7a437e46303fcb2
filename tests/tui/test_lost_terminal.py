"""Who can show nothing any more leaves in good order, with the exit code of a lost terminal."""

import os
import sys

import pytest

from kefu_sim.tui.posix_input import LastingFile

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the driver is for POSIX")


def test_what_a_lost_terminal_still_holds_is_no_failure_later():
    reader, writer = os.pipe()
    lost = []
    with os.fdopen(writer, "w", encoding="utf-8") as file:
        lasting = LastingFile(file, lambda: lost.append("once"))
        os.close(reader)
        lasting.write("您好")
        lasting.flush()
        assert lost == ["once"]
        file.flush()  # as Python does when it ends
    lasting.write("再见")
    lasting.flush()
    assert lost == ["once"]
