"""Offer the forms that add to an action: how it stands, a new date that was agreed, and evidence."""

from collections.abc import Iterator, Sequence

from config.rendering.texts import Texts
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals import offers
from timeline.programme.actions import Progress, Rebase, Update, percent_of
from timeline.programme.papers import Evidence, evidence_key
from timeline.programme.updates import Part
from timeline.steering.filters import Choice
from web.administrators.changes.fields import Field, Values
from web.administrators.changes.form import Form
from web.administrators.changes.record_fields import (
    Adding,
    by_field,
    day_field,
    day_given,
    forms_adding,
    on_of,
    record_field,
    text_of,
    words_field,
)


def forms(t: Texts) -> Iterator[Form]:
    """Give the forms of this subject."""
    return forms_adding(
        Adding("progress", t("records.progress"), _of_progress, _progress),
        Adding("rebase", t("records.rebase"), _of_a_rebase, _rebase),
        Adding("evidence", t("records.evidence"), _of_evidence, _evidence),
    )


def _of_progress(run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (
        record_field(run, t("records.action"), "actions"),
        Field(kind="radios", name="progress", label=t("records.stands"), choices=progress_choices()),
        Field(kind="line", name="percent", label=t("records.percent"), hint=t("records.percent_hint"), needed=False),
        Field(kind="day", name="expected", label=t("records.expected"), hint=t("records.expected_hint"), needed=False),
        words_field(t, "why", t("records.why")),
        by_field(run, t),
        day_field(t),
    )


def progress_choices() -> tuple[Choice, ...]:
    return tuple(Choice(each.value, each.value.capitalize()) for each in Progress)


def _progress(run: CouncilRun, given: Values) -> Part:
    return Update(
        on=on_of(run, given),
        by=text_of(given, "by"),
        progress=Progress(text_of(given, "progress")),
        percent=_percent(text_of(given, "percent")),
        expected_on=day_given(given, "expected"),
        why=text_of(given, "why"),
    )


def _percent(text: str) -> int | None:
    try:
        return percent_of(text)
    except ValueError as fault:
        raise Refused(f"{fault}") from None


def _of_a_rebase(run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (
        record_field(run, t("records.action"), "actions"),
        Field(kind="day", name="due", label=t("records.new_due"), hint=t("records.new_due_hint")),
        words_field(t, "why", t("changes.why"), needed=True),
        Field(kind="select", name="by", label=t("records.agreed_by"), choices=offers.posts(run)),
        day_field(t),
    )


def _rebase(run: CouncilRun, given: Values) -> Part:
    due_on = day_given(given, "due")
    if due_on is None:
        raise Refused("A new date needs its day.")
    return Rebase(on=on_of(run, given), by=text_of(given, "by"), due_on=due_on, why=text_of(given, "why"))


def _of_evidence(run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (
        record_field(run, t("records.evidence_for"), "actions", "steps", "evidence"),
        Field(kind="line", name="title", label=t("records.evidence_title")),
        Field(kind="line", name="link", label=t("records.link"), needed=False),
        Field(kind="select", name="owner", label=t("records.owner"), choices=offers.posts(run)),
        Field(kind="day", name="expires", label=t("records.expires"), hint=t("records.expires_hint"), needed=False),
        day_field(t),
    )


def _evidence(run: CouncilRun, given: Values) -> Part:
    return Evidence(
        key=evidence_key(text_of(given, "record"), text_of(given, "title")),
        title=text_of(given, "title"),
        on=on_of(run, given),
        owner=text_of(given, "owner"),
        expires_on=day_given(given, "expires"),
        link=text_of(given, "link"),
        source="Entered on a page.",
    )
