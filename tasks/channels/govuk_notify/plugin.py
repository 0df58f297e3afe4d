"""Send e-mail and text messages through GOV.UK Notify, by an Apprise plugin of ours on Notify's official client.

Notify has no headers of our own, and tells later whether a message arrived: `web/machines/notify_receipts` takes that.
"""

# Apprise declares what a plugin has to set (protocol, service_name …) as None; both libraries leave much untyped.
# mypy: disable-error-code="assignment, no-untyped-call"

import hashlib
from dataclasses import replace
from typing import Any

from apprise import NotifyBase
from apprise.manager_plugins import NotificationManager
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from tasks.channels.by_apprise import ASSET, NOT_PASSED_ON, notify_by
from tasks.channels.govuk_notify import responses as notify_answers
from tasks.channels.govuk_notify.template import SCHEMA, Kind, Template, is_key
from tasks.channels.receipt import Payload, Receipt, SendOutcome, Stage
from tasks.channels.smtp.timed_smtp import Deadline
from tasks.channels.time_limits import run_with_timeout

__all__ = ["GovukNotify", "check_url", "send"]

_NO_KEY = "DAYMARK_NOTIFY_KEY is no API key of GOV.UK Notify: expected the whole key as Notify showed it"


class GovukNotify(NotifyBase):
    """Hold the plugin for a single `Payload`, given at making with the API key; it holds the `receipt` afterwards."""

    service_name = "GOV.UK Notify"
    service_url = "https://www.notifications.service.gov.uk/"
    setup_url = "https://docs.notifications.service.gov.uk/python.html"
    secure_protocol = SCHEMA
    request_rate_per_sec = 0
    templates = ("{schema}://{host}/{template}",)
    template_tokens = {  # noqa: RUF012 (Apprise's own form)
        "host": {"name": "Kind", "type": "string", "required": True},
        "template": {"name": "Template ID", "type": "string", "required": True},
    }

    def __init__(self, template: Template, delivery: "_Delivery | None" = None, **given: Any) -> None:
        super().__init__(**given)
        self.template, self.delivery = template, delivery
        self.receipt: Receipt | None = None

    @staticmethod
    def parse_url(url: str, *_: Any, **__: Any) -> dict[str, Any] | None:
        try:
            template = Template.parse(url)
        except ValueError as error:
            GovukNotify.logger.error("%s", error)
            return None
        return {"schema": SCHEMA, "host": str(template.kind), "template": template}

    def url(self, privacy: bool = False, *_: Any, **__: Any) -> str:  # noqa: ARG002 (the key is not in it)
        return self.template.url()

    def send(self, *_: Any, **__: Any) -> bool:
        """Send the payload given at making: Apprise's body and title lack the recipient and the key."""
        if self.delivery is None:
            self.logger.error("GOV.UK Notify is sent through tasks.channels.govuk_notify.send, with its recipient")
            return False
        self.receipt = self.delivery.receipt()
        return self.receipt.outcome is SendOutcome.ACCEPTED


NotificationManager().add(GovukNotify)


def check_url(url: str) -> None:
    """Raise ValueError with a sentence, without the URL, if `url` names no template of GOV.UK Notify."""
    Template.parse(url)


def send(url: str, payload: Payload, key: str, *, limit_seconds: float = 30, doubtful: bool = True) -> Receipt:
    """Send a payload to its recipient and return the receipt, with Notify's id as its `reference`.

    Notify takes the same message twice. So when an earlier attempt may have arrived (`doubtful`, the default), Notify
    is asked first whether it has it, and until it has said so the outcome stays uncertain. Nothing that Notify does,
    or leaves undone for `limit_seconds`, raises; a URL that `check_url` refuses is refused at stage `build`.
    """
    reference = reference_of(payload)
    try:
        template = Template.parse(url)
    except ValueError as why:
        return Receipt(SendOutcome.REFUSED, Stage.BUILD, None, None, str(why), reference)
    if not is_key(key):
        return Receipt(SendOutcome.UNREACHABLE, Stage.AUTH, None, None, _NO_KEY, reference)
    if not _recipient(template, payload):
        what = "telephone number" if template.kind is Kind.SMS else "mail address"
        lacks = f"the person has no {what}, which this channel needs"
        return Receipt(SendOutcome.REFUSED, Stage.BUILD, None, None, lacks, reference)
    delivery = _Delivery(template, payload, key, Deadline(limit_seconds), doubtful)
    plugin = GovukNotify(template, delivery, asset=ASSET)
    try:
        run_with_timeout(limit_seconds, lambda: notify_by(plugin, text=payload.text, subject=payload.subject))
    except TimeoutError:
        return delivery.out_of_time()
    return plugin.receipt or Receipt(SendOutcome.UNREACHABLE, Stage.CONNECT, None, None, NOT_PASSED_ON, reference)


def reference_of(payload: Payload) -> str:
    """Give the reference by which Notify knows a message: the same for every attempt, and nothing personal."""
    return hashlib.sha256(payload.key.encode()).hexdigest()


def _recipient(template: Template, payload: Payload) -> str:
    return payload.to_phone if template.kind is Kind.SMS else payload.to_address


class _Delivery:
    """Hold an attempt to send a payload. No dataclass: its repr would hold the key."""

    def __init__(self, template: Template, payload: Payload, key: str, deadline: Deadline, doubtful: bool) -> None:
        self.template, self.payload, self.doubtful, self.deadline = template, payload, doubtful, deadline
        self.reference = reference_of(payload)
        self._handed_over = False
        self._client = NotificationsAPIClient(key, base_url=template.api, timeout=deadline.seconds)
        # A redirect comes from a proxy's page, not from Notify: the key must not follow it.
        self._client.request_session.max_redirects = 0

    def receipt(self) -> Receipt:
        try:
            return self._earlier() or self._hand_over()
        except APIError as error:
            return self._known(notify_answers.trouble(error, self.reference))
        except TimeoutError:
            return self.out_of_time()
        except Exception:  # whatever a server provokes: "not sent" must never be a guess
            return self._known(self._unknown("GOV.UK Notify's answer could not be understood"))

    def out_of_time(self) -> Receipt:
        return self._known(self._unknown(f"no answer within {self.deadline.seconds:g} seconds"))

    def _earlier(self) -> Receipt | None:
        if not self.doubtful:
            return None
        told = self._client.get_all_notifications(reference=self.reference)["notifications"]
        return notify_answers.sent_earlier(told[0], self.reference) if told else None

    def _hand_over(self) -> Receipt:
        # In this order: a caller that waits for us and sees the flag down may say that nothing left.
        self._handed_over = True
        self._client.timeout = self.deadline.left()
        id_ = str(self._post()["id"])
        return Receipt(SendOutcome.ACCEPTED, Stage.DATA, None, None, "", self.reference, reference=id_)

    def _post(self) -> Any:
        words = {"message": self.payload.text}
        to, template, sender = _recipient(self.template, self.payload), self.template.id, self.template.sender or None
        if self.template.kind is Kind.SMS:
            return self._client.send_sms_notification(to, template, words, self.reference, sender)
        words["subject"] = self.payload.subject
        return self._client.send_email_notification(to, template, words, self.reference, sender)

    def _unknown(self, text: str) -> Receipt:
        outcome = SendOutcome.UNCERTAIN if self._handed_over else SendOutcome.UNREACHABLE
        stage = Stage.DATA if self._handed_over else Stage.CONNECT
        return Receipt(outcome, stage, None, None, text, self.reference)

    def _known(self, receipt: Receipt) -> Receipt:
        """Keep the outcome uncertain if only the question about an earlier attempt was answered.

        Nothing new left, and the earlier attempt may have arrived.
        """
        if self._handed_over:
            return receipt
        return replace(receipt, outcome=SendOutcome.UNCERTAIN if self.doubtful else SendOutcome.UNREACHABLE)
