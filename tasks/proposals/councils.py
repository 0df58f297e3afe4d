"""Give the councils that a page may change, each as it stands now."""

from datetime import datetime

from config.settings import Settings
from tasks.council.each import readable
from tasks.council.run import CouncilRun


class CouncilRuns:
    """Give the councils of the database that can be read."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def runs(self, *, at: datetime) -> tuple[CouncilRun, ...]:
        """Give each of them as it stands at that instant."""
        return tuple(CouncilRun(store, self._settings, at) for store, _ in readable(self._settings))

    def run(self, key: str, *, at: datetime) -> CouncilRun | None:
        """Give that council; the only council where none is named, and none where it is not clear which is meant."""
        runs = self.runs(at=at)
        meant = [run for run in runs if key in (run.store.council, "")]
        return meant[0] if len(meant) == 1 else None
