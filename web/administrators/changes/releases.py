"""Offer the form that releases a report, for just the contents that are shown before it is confirmed."""

from collections.abc import Iterator, Sequence

from config.rendering.texts import Texts
from tasks.council.run import CouncilRun
from tasks.proposals import records, releases
from tasks.proposals.proposal import Proposal
from tasks.reports.make import Asked
from timeline.reports.kinds import KINDS
from timeline.steering.filters import Choice
from web.administrators.changes.fields import Field, Values
from web.administrators.changes.form import Form
from web.administrators.changes.record_fields import on_of, text_of


def forms(t: Texts) -> Iterator[Form]:
    """Give the forms of this subject."""
    title = t("reports.release_title")
    yield Form(name="release", title=title, hint="", fields=_of_a_release, propose=_release, listed=False)


def _of_a_release(run: CouncilRun, t: Texts) -> Sequence[Field]:
    kinds = [Choice(key, kind.titled(run.timeline.council)) for key, kind in KINDS.items()]
    areas = [Choice(choice.value.partition(".")[2], choice.text) for choice in records.records(run, "areas")]
    return (
        Field(kind="select", name="kind", label=t("reports.kind"), choices=kinds),
        Field(
            kind="select",
            name="area",
            label=t("reports.area"),
            hint=t("reports.area_hint"),
            choices=areas,
            needed=False,
        ),
        Field(kind="day", name="as_at", label=t("reports.as_at"), hint=t("changes.day_hint")),
        Field(
            kind="select",
            name="by",
            label=t("reports.by"),
            hint=t("reports.by_hint"),
            choices=releases.may_release(run),
        ),
    )


def _release(run: CouncilRun, given: Values) -> Proposal:
    asked = Asked(kind=text_of(given, "kind"), as_at=on_of(run, given, "as_at"), area=text_of(given, "area"))
    return releases.releasing(run, asked, by=text_of(given, "by"), entered_by=text_of(given, "who"))
