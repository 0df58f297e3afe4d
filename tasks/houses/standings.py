"""Read how every council stands, by name, as a board may know it; what has not changed since is not read again."""

import hmac
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from config.settings import Settings
from models.store import Store
from tasks.council.each import told_for_log
from tasks.council.ledger import stores
from tasks.council.picture import planned_work
from timeline.definitions.council import CouncilTimeline
from timeline.picture.audience import Audience, holds_until
from timeline.picture.contents import contents
from timeline.window.standing import Standing, standing, unreadable

_log = logging.getLogger(__name__)


class _Kept(NamedTuple):
    """Hold a standing with all on which it rests: whatever is recorded extends the audit chain; what becomes known at
    an instant makes another timeline; and a day ends, or an embargo.
    """

    chain_end: tuple[int, str]
    timeline: CouncilTimeline
    from_at: datetime
    until_at: datetime
    standing: Standing


class Standings:
    """Give the list of all councils, in the order of their names: it is no league table."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept: dict[str, _Kept] = {}

    def all(self, *, at: datetime) -> tuple[Standing, ...]:
        """Give how each council stands; any that cannot be read says so, and hides no other."""
        return tuple(sorted(self._each(at), key=lambda each: each.name.casefold()))

    def open_to(self, key: str) -> bool:
        """Tell whether this is the key of a program that may see all councils."""
        expected = self._settings.sees_all_key
        return expected is not None and hmac.compare_digest(expected.get_secret_value().encode(), key.encode())

    def _each(self, at: datetime) -> Iterator[Standing]:
        for store in stores(self._settings):
            try:
                yield self._of(store, at)
            except Exception as trouble:
                _log.error(told_for_log(store.council, trouble))
                yield unreadable(store.council, trouble)

    def _of(self, store: Store, at: datetime) -> Standing:
        chain_end = store.audit.chain_end()
        timeline = store.definitions.timeline(self._settings.working_hours).as_known(at=at)
        kept = self._kept.get(store.council)
        if kept and kept.chain_end == chain_end and kept.timeline is timeline and kept.from_at <= at < kept.until_at:
            return kept.standing
        last, work = next(iter(store.assurance.runs(1)), None), planned_work(store, self._settings, at)
        shown = contents(work, audience=Audience.ADMINISTRATORS, at=at)
        now = standing(shown, last, council=store.council)
        self._kept[store.council] = _Kept(chain_end, timeline, at, holds_until(work, at=at), now)
        return now
