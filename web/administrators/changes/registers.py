"""Offer the forms that add to a risk and to a measure: a rating with its next review, and a value on its day."""

from collections.abc import Iterator, Sequence

from config.programme_file.words import read_change
from config.rendering.texts import Texts
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from timeline.programme.measures import Value, read_number
from timeline.programme.risks import IMPACTS, LIKELIHOODS, Assessment, Rating
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

_SIGNS = ("+", "-", "−")


def forms(t: Texts) -> Iterator[Form]:
    """Give the forms of this subject."""
    return forms_adding(
        Adding("risk", t("records.risk"), _of_a_risk, _risk),
        Adding("measure", t("records.measure"), _of_a_value, _value),
    )


def _of_a_risk(run: CouncilRun, t: Texts) -> Sequence[Field]:
    likelihoods = [Choice(letter, f"{letter}: {words}") for letter, words in LIKELIHOODS.items()]
    impacts = [Choice(str(number), f"{number}: {words}") for number, words in IMPACTS.items()]
    return (
        record_field(run, t("records.which_risk"), "risks"),
        Field(kind="select", name="likelihood", label=t("records.likelihood"), choices=likelihoods),
        Field(kind="select", name="impact", label=t("records.impact"), choices=impacts),
        words_field(t, "why", t("changes.why")),
        words_field(t, "mitigation", t("records.mitigation")),
        Field(kind="day", name="review", label=t("records.review_by"), hint=t("records.review_hint")),
        by_field(run, t),
        day_field(t),
    )


def _risk(run: CouncilRun, given: Values) -> Part:
    return Assessment(
        on=on_of(run, given),
        by=text_of(given, "by"),
        rating=Rating(text_of(given, "likelihood"), int(text_of(given, "impact"))),
        why=text_of(given, "why"),
        mitigation=text_of(given, "mitigation"),
        review_on=day_given(given, "review"),
    )


def _of_a_value(run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (
        record_field(run, t("records.which_measure"), "measures"),
        Field(kind="line", name="value", label=t("records.value"), hint=t("records.value_hint")),
        Field(kind="line", name="source", label=t("changes.source"), hint=t("records.source_hint"), needed=False),
        by_field(run, t),
        day_field(t),
    )


def _value(run: CouncilRun, given: Values) -> Part:
    on, by, source = on_of(run, given), text_of(given, "by"), text_of(given, "source")
    typed = text_of(given, "value")
    try:
        if not typed.startswith(_SIGNS):
            return Value(on=on, by=by, source=source, number=read_number(typed))
        change, is_percent = read_change(typed)
    except ValueError as fault:
        raise Refused(f"The value cannot be used: {fault}; a change has its sign, such as -20 % or +8.") from None
    return Value(on=on, by=by, source=source, change=change, is_percent=is_percent)
