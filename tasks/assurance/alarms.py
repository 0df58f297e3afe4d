"""Tell the programme lead what an automation of Prefect noticed: each thing once a day."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from config.settings import Settings
from models.store import Store
from tasks.council.each import for_each
from tasks.council.run import CouncilRun
from tasks.council.tokens import derive
from tasks.sending.deliver import send_outbox
from tasks.sending.notices import tell_lead
from timeline.delivery.messages import TokenClaims
from timeline.window.alarms import Alarm, Heard, hear, subject, text


def alarm_token(settings: Settings, alarm: Alarm) -> str:
    """Give the last part of the address that an automation calls: nobody else can guess it, and it opens this alone."""
    return derive(settings.secret(), "", TokenClaims(person="", message=f"alarm/{alarm.value}"))


class Alarms:
    """Answer at the addresses that Prefect's automations call."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def tell(self, alarm: str, token: str, body: Mapping[str, Any], *, at: datetime) -> bool:
        """Tell the programme lead of every council, or of the council that it is about.

        False, and nothing happens, for another token.
        """
        kind = next((known for known in Alarm if known.value == alarm), None)
        if kind is None or not hmac.compare_digest(token.encode(), alarm_token(self._settings, kind).encode()):
            return False
        heard = hear(kind, body)
        if heard:
            for_each(self._settings, lambda store: self._tell(store, kind, heard, at))
        return True

    def _tell(self, store: Store, alarm: Alarm, heard: Heard, at: datetime) -> None:
        if heard.council not in ("", store.council):
            return
        council_run = CouncilRun(store, self._settings, at)
        council = council_run.timeline.council
        page = f"{self._settings.prefect_api_url.removesuffix('/api')}/v2/runs"
        tell_lead(
            council_run,
            f"alarm-{alarm.value}-{heard.about}".replace(" ", "-").replace("/", "-").lower(),
            subject(council, alarm),
            lambda name: text(council, alarm, heard.about, greeting=name, at=at, page=page),
        )
        # Sent at once: where a flow fails, it may be `notify`.
        send_outbox(store, self._settings, at=at)
