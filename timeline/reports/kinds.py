"""Know the kinds of reports that can be made, and what each asks for."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from timeline.definitions.council import Council
from timeline.reports import accountability, board, cabinet, commissioner, inspector, training, visit
from timeline.reports.document import Report
from timeline.reports.situation import Situation


class Kind(NamedTuple):
    """Hold a kind of report: what it is in words, and how it is filled. `of_area`: it is about a single area.

    `to_committee` is its title in a council without a Cabinet.
    """

    title: str
    fill: Callable[[Situation], Report]
    of_area: bool = False
    to_committee: str = ""

    def titled(self, council: Council) -> str:
        """Give its title as it is called in that council."""
        return self.title if council.executive else self.to_committee or self.title


KINDS: Mapping[str, Kind] = {
    cabinet.KIND: Kind("Report to Cabinet", cabinet.cabinet, to_committee="Report to committee"),
    commissioner.KIND: Kind("Evidence for the commissioner", commissioner.commissioner),
    board.KIND: Kind("Report to the board", board.board),
    visit.KIND: Kind("Briefing for a monitoring visit", visit.visit),
    training.KIND: Kind("Training over the year", training.training),
    accountability.KIND: Kind("Paper for the accountability meeting", accountability.accountability),
    inspector.KIND: Kind("Trail of one area, for an inspector", inspector.inspector, of_area=True),
}
