"""Give a report of every kind, each filled once from Medway's records and the story of its answers."""

from dataclasses import replace
from datetime import date
from functools import cache

from tests.support.programmes import medways
from tests.support.reports import lived, situation
from timeline.reports.document import Report
from timeline.reports.kinds import KINDS

ON = date(2019, 11, 29)
AREA = "early-help"


@cache
def filled(kind: str) -> Report:
    """Fill the report of that kind as at the day after the action plan was due; the trail is of one area."""
    now = situation(medways(), on=ON, work=lived(ON))
    return KINDS[kind].fill(replace(now, area=AREA) if KINDS[kind].of_area else now)
