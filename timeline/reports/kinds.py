"""Know the kinds of reports that can be made."""

from collections.abc import Callable, Mapping

from timeline.reports import board, cabinet
from timeline.reports.document import Report
from timeline.reports.situation import Situation

KINDS: Mapping[str, Callable[[Situation], Report]] = {cabinet.KIND: cabinet.cabinet, board.KIND: board.board}
