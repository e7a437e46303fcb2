"""Rows of the training syllabus: claimed though there are none of the name, or shown by no test."""

from __future__ import annotations

from collections.abc import Iterator

from kefu_sim.author.study import Study
from kefu_sim.base.errors import Problem
from kefu_sim.i18n import tr
from kefu_sim.scenario.names import did_you_mean


def check_rows(study: Study) -> Iterator[Problem]:
    """Look at `covers` and at `rows` of the tests."""
    shown = {row for case in study.story.tests if case.worse_than for row in case.rows}
    for i, row in enumerate(study.story.covers):
        at = ("covers", i)
        if study.rows and row not in study.rows:
            what = tr("the syllabus has no row `{row}`").format(row=row)
            fix = tr("{guess} Keep a row of your shop's own with `# lint: allow KS243`")
            yield study.say(at, "KS243", what, fix.format(guess=did_you_mean(row, study.rows)))
        if study.story.tests and row not in shown:
            what = tr("no test shows that handling row {row} badly costs points").format(row=row)
            fix = tr("add a test with `rows: {row}` and `worse_than:` the test that handles it well")
            yield study.say(at, "KS252", what, fix.format(row=row))
