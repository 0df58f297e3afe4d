"""Decide which councils an administrator sees: those whose settings name them, or all."""

import logging

from config.houses.own import administrators
from config.settings import Settings, SettingsError
from models.store import councils
from tasks.council.ledger import engine

_log = logging.getLogger(__name__)


class Admitted:
    """Ask who may see what, for the administrators' pages."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def councils(self, who: str) -> frozenset[str] | None:
        """Give the councils that a person whom the proxy names may see, by key; None for all, and none for nobody.

        Where the settings name nobody at all, everybody whom the proxy lets through sees the only council; of several
        councils nobody sees any, for a login alone does not say whose it is.
        """
        name = " ".join(who.split()).casefold()
        all_seeing = sees_all(self._settings)
        if name in all_seeing:
            return None
        stored = councils(engine(self._settings.database_url))
        named = {council: self._named(council) for council in stored}
        if len(stored) <= 1 and not all_seeing and all(names == () for names in named.values()):
            return None
        return frozenset(council for council, names in named.items() if names and name in names)

    def _named(self, council: str) -> tuple[str, ...] | None:
        """Give the administrators of a council; None where its settings cannot be read, for it is shown to nobody."""
        try:
            return administrators(self._settings, council)
        except SettingsError as fault:
            _log.error("The settings of %s cannot be used: %s", council, fault)
            return None


def sees_all(settings: Settings) -> frozenset[str]:
    """Give the names of DAYMARK_SEES_ALL, as they are compared."""
    return frozenset(" ".join(name.split()).casefold() for name in settings.sees_all.split(",") if name.strip())
