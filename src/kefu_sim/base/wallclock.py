"""The machine's own clock. Rooms that take their time as an argument may not know it."""

from __future__ import annotations

import time


class WallClock:
    """The machine's monotonic clock."""

    def now(self) -> float:
        """Seconds since an arbitrary moment."""
        return time.monotonic()
