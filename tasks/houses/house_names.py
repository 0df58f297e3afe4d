"""Give the names over pages of no single council: those of the only council, or of a house with several."""

import logging
from datetime import datetime, timedelta
from itertools import islice

from config.settings import Settings
from tasks.council.each import readable
from timeline.definitions.council import Council

_log = logging.getLogger(__name__)
_KEPT_FOR = timedelta(seconds=30)


class HouseNames:
    """Keep the names for half a minute: a council may be applied, or get another name, while the pages run."""

    council_name = "Daymark"
    programme_name = "Improvement programmes"

    def __init__(self, settings: Settings, *, at: datetime) -> None:
        self._settings = settings
        self.read(at=at)

    def is_old(self, *, at: datetime) -> bool:
        return abs(at - self._read_at) >= _KEPT_FOR

    def read(self, *, at: datetime) -> None:
        """Read the names again; where the memory cannot be read, those of before stay."""
        # First, so that requests at the same time do not read it, too.
        self._read_at = at
        try:
            council = self._only_readable()
        except Exception as trouble:
            _log.error("The names over the pages could not be read: %s.", type(trouble).__name__)
            return
        # Of several councils none stands over pages that belong to no single council.
        self.council_name = council.name if council else HouseNames.council_name
        self.programme_name = council.programme if council else HouseNames.programme_name

    def _only_readable(self) -> Council | None:
        councils = [timeline.council for _, timeline in islice(readable(self._settings), 2)]
        return councils[0] if len(councils) == 1 else None
