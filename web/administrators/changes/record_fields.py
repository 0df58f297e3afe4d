"""Hold the fields that the forms of the programme's records share."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from config.rendering.texts import Texts
from tasks.council.run import CouncilRun
from tasks.proposals import offers, records
from tasks.proposals.proposal import Proposal
from timeline.calendar.london import london_date
from timeline.programme.updates import Part
from web.administrators.changes.fields import Field, Values
from web.administrators.changes.form import Form


class Adding(NamedTuple):
    """Describe a form that adds to a record: its name, its title, its fields, and the part that it gives."""

    name: str
    title: str
    fields: Callable[[CouncilRun, Texts], Sequence[Field]]
    part: Callable[[CouncilRun, Values], Part]


def forms_adding(*each: Adding) -> Iterator[Form]:
    """Make these forms. None is listed: the page of each record leads to those that add to it."""
    for name, title, fields, part in each:
        yield Form(name=name, title=title, hint="", fields=fields, propose=_adding(part), listed=False)


def _adding(part: Callable[[CouncilRun, Values], Part]) -> Callable[[CouncilRun, Values], Proposal]:
    """Propose to add the part that a form gives."""
    return lambda run, given: records.adding(run, str(given["record"]), part(run, given))


def record_field(run: CouncilRun, label: str, *kinds: str) -> Field:
    """Ask to which record it is added."""
    choices = tuple(choice for kind in kinds for choice in records.records(run, kind))
    return Field(kind="select", name="record", label=label, choices=choices)


def day_field(t: Texts) -> Field:
    """Ask for the day on which it holds; today where none is given."""
    return Field(kind="day", name="on", label=t("records.on"), hint=t("records.on_hint"), needed=False)


def by_field(run: CouncilRun, t: Texts) -> Field:
    """Ask for the post that says so; the audit keeps who entered it."""
    lead = run.timeline.council.programme_lead
    return Field(kind="select", name="by", label=t("changes.by"), choices=offers.posts(run), usual=lead)


def words_field(t: Texts, name: str, label: str, *, needed: bool = False) -> Field:
    """Ask for words, which may say nothing about a child."""
    return Field(kind="words", name=name, label=label, hint=t("form.warning"), needed=needed)


def on_of(run: CouncilRun, given: Values, name: str = "on") -> date:
    """Give the day on which it holds."""
    on = given[name]
    return on if isinstance(on, date) else london_date(run.at)


def day_given(given: Values, name: str) -> date | None:
    """Give a day; None where none was given."""
    on = given[name]
    return on if isinstance(on, date) else None


def text_of(given: Values, name: str) -> str:
    """Give what was typed; empty where nothing was."""
    return str(given[name] or "")
