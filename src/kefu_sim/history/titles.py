"""How what was practised is called, in the language of the interface."""

from __future__ import annotations

from kefu_sim.house import House
from kefu_sim.i18n import spelt
from kefu_sim.progress.wording import shift_key
from kefu_sim.rulebook.shifts import shift_titles
from kefu_sim.shifts import shift_folders


def titles_of(house: House) -> dict[str, str]:
    """Scenario id, or `shift_key` of a shift, → title. Stories and shifts without an English one keep the Chinese."""
    titles = {entry.id: (entry.title, entry.title_en) for entry in house.library.entries.values()}
    shifts = shift_titles(shift_folders(house.folder))
    titles |= {shift_key(name): both for name, both in shifts.items()}
    return {name: spelt(*both) for name, both in titles.items()}
