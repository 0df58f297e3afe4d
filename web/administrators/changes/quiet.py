"""Offer the forms that keep reminders from leaving: pause and resume, stop and start again."""

from collections.abc import Iterator, Sequence
from datetime import date

from config.rendering.texts import Texts
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals import quiet
from tasks.proposals.proposal import Proposal
from web.administrators.changes.fields import Field, Values
from web.administrators.changes.form import Form


def forms(t: Texts) -> Iterator[Form]:
    """Give the forms of this subject, in the order of the page."""
    yield Form(name="pause", title=t("changes.pause"), hint=t("changes.pause_hint"), fields=_of_a_pause, propose=_pause)
    resume = t("changes.resume")
    yield Form(name="resume", title=resume, hint=t("changes.resume_hint"), fields=_of_a_resumption, propose=_resume)
    yield Form(name="stop", title=t("changes.stop"), hint=t("changes.stop_hint"), fields=_reason, propose=_stop)
    yield Form(name="start", title=t("changes.start"), hint=t("changes.start_hint"), fields=_reason, propose=_start)


def _of_a_pause(run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (
        Field(kind="select", name="what", label=t("changes.pause_what"), choices=quiet.can_be_paused(run)),
        Field(kind="day", name="until", label=t("changes.pause_until"), hint=t("changes.day_hint")),
    )


def _pause(run: CouncilRun, given: Values) -> Proposal:
    until = given["until"]
    if not isinstance(until, date):
        raise Refused("A pause needs its last day.")
    return quiet.pausing(run, str(given["what"]), until)


def _of_a_resumption(run: CouncilRun, t: Texts) -> Sequence[Field]:
    label = t("changes.resume_what")
    # Sent twice, the second names what is not paused by now, and is told so.
    return (Field(kind="select", name="what", label=label, choices=quiet.paused(run), judged_later=True),)


def _resume(run: CouncilRun, given: Values) -> Proposal:
    return quiet.resuming(run, str(given["what"]))


def _reason(_run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (Field(kind="line", name="reason", label=t("changes.why"), hint=t("changes.reason_hint")),)


def _stop(run: CouncilRun, given: Values) -> Proposal:
    return quiet.stopping(run, str(given["reason"]))


def _start(run: CouncilRun, given: Values) -> Proposal:
    return quiet.starting(run, str(given["reason"]))
