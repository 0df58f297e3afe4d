"""Give what the page of assurance shows, and tell the programme lead that no assurance has run."""

import hmac
from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.assurance.probes import channels_seen
from tasks.council.each import for_each, readable, where_possible
from tasks.council.ledger import stores
from tasks.council.run import CouncilRun
from tasks.council.tokens import derive
from tasks.sending.deliver import send_outbox
from tasks.sending.notices import tell_lead
from timeline.assurance.mornings import is_silent
from timeline.assurance.report import AssuranceView, silent_subject, silent_text, view
from timeline.delivery.messages import TokenClaims

_SHOWN = 10


def silent_token(settings: Settings) -> str:
    """Give the last part of the address that Prefect calls when no assurance has run: nobody else can guess it."""
    return derive(settings.secret(), "", TokenClaims(person="", message="assurance/silent"))


class Assurances:
    """Hold the assurances of every council in the database."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def views(self, *, at: datetime) -> tuple[AssuranceView, ...]:
        """Give what the page of each council that can be read shows; changes nothing."""
        return tuple(self._view(store, at) for store, _ in readable(self._settings))

    def needs_somebody(self) -> bool:
        """Tell whether the last assurance of a council was red, or cannot be read."""
        last = where_possible(self._settings, lambda store: any(run.is_red for run in store.assurance.runs(1)))
        return any(last) or len(last) < len(list(stores(self._settings)))

    def _view(self, store: Store, at: datetime) -> AssuranceView:
        council_run = CouncilRun(store, self._settings, at)
        runs, seen = store.assurance.runs(_SHOWN), channels_seen(council_run)
        return view(council_run.timeline, runs, seen, heartbeat=bool(self._settings.heartbeat_url))

    def tell_of_silence(self, token: str, *, at: datetime) -> bool:
        """Check Prefect's report that no assurance has run, and tell the programme lead once a day if it is so.

        False, and nothing happens, for another token.
        """
        if not hmac.compare_digest(token.encode(), silent_token(self._settings).encode()):
            return False
        for_each(self._settings, lambda store: self._tell(store, at))
        return True

    def _tell(self, store: Store, at: datetime) -> None:
        # A run of a later clock says nothing about today.
        last = next((run.at for run in store.assurance.runs(_SHOWN) if run.at <= at), None)
        applied = store.changes.applied()
        council_run = CouncilRun(store, self._settings, at)
        if not is_silent(last, since=applied.first_applied_at if applied else None, at=at):
            return
        subject = silent_subject(council_run.timeline.council)
        tell_lead(
            council_run,
            "assurance-silent",
            subject,
            lambda name: "\n\n".join(silent_text(council_run.timeline, greeting=name, last_at=last)),
        )
        # Sent at once: where no assurance runs, `notify` may not run either.
        send_outbox(store, self._settings, at=at)
