"""The command line as a user starts it: in a process of its own."""

import os
import subprocess
import sys

import pytest


@pytest.fixture
def kefu(tmp_path):
    def run(*arguments, given="", env=None):
        return subprocess.run(
            [sys.executable, "-m", "kefu_sim", *arguments],
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            timeout=60,
            cwd=tmp_path,
            env={**os.environ, "LC_ALL": "en_US.UTF-8", **(env or {})},
            check=False,
        )

    return run
