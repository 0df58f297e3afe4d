"""Offer the forms of people: an absence and its end, acting cover, and a leaver with a successor."""

from collections.abc import Iterator, Sequence
from datetime import date

from config.rendering.texts import Texts
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals import absences, offers, people
from tasks.proposals.people import Somebody
from tasks.proposals.proposal import Proposal
from timeline.steering.filters import Choice
from web.administrators.changes.fields import Field, Values
from web.administrators.changes.form import Form

_TODAY, _LATER = "today", "later"


def forms(t: Texts) -> Iterator[Form]:
    """Give the forms of this subject, in the order of the page."""
    yield Form(name="away", title=t("changes.away"), hint=t("changes.away_hint"), fields=_of_an_absence, propose=_away)
    yield Form(name="back", title=t("changes.back"), hint=t("changes.back_hint"), fields=_of_an_end, propose=_back)
    yield Form(name="cover", title=t("changes.cover"), hint=t("changes.cover_hint"), fields=_of_a_cover, propose=_cover)
    leaver = t("changes.leaver")
    yield Form(name="leaver", title=leaver, hint=t("changes.leaver_hint"), fields=_of_a_leaver, propose=_leaver)


def _of_an_absence(run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (
        Field(kind="select", name="person", label=t("changes.who_is_away"), choices=people.people(run)),
        Field(kind="day", name="from", label=t("changes.first_day"), hint=t("changes.day_hint")),
        Field(kind="day", name="until", label=t("away.last"), hint=t("changes.no_reason")),
    )


def _away(run: CouncilRun, given: Values) -> Proposal:
    return people.being_away(run, str(given["person"]), _day(given, "from"), _day(given, "until"))


def _of_an_end(run: CouncilRun, t: Texts) -> Sequence[Field]:
    when = Choice(_TODAY, t("away.back")), Choice(_LATER, t("changes.back_later"))
    which = t("changes.which_absence")
    return (
        # Confirmed twice, the second may name one that is over by now, and is told so.
        Field(kind="select", name="absence", label=which, choices=absences.absences(run), judged_later=True),
        Field(kind="radios", name="when", label=t("changes.when_back"), choices=when),
        Field(kind="day", name="last", label=t("away.last"), hint=t("changes.last_hint"), needed=False),
    )


def _back(run: CouncilRun, given: Values) -> Proposal:
    today = given["when"] == _TODAY
    if not today and given["last"] is None:
        raise Refused("Enter the last day away as day, month and year, or say that the person is back today.")
    return absences.ending(run, str(given["absence"]), None if today else _day(given, "last"))


def _of_a_cover(run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (
        Field(kind="select", name="post", label=t("changes.which_post"), choices=offers.posts(run)),
        *_somebody(run, t, t("changes.who_covers"), needed=False),
        Field(kind="day", name="from", label=t("changes.first_day"), hint=t("changes.day_hint")),
        Field(kind="day", name="until", label=t("changes.last_day"), hint=""),
    )


def _cover(run: CouncilRun, given: Values) -> Proposal:
    who = _named(given)
    if who is None:
        raise Refused("Say who covers the post: choose somebody, or give the name and the address of somebody new.")
    return people.acting(run, str(given["post"]), who, _day(given, "from"), _day(given, "until"))


def _of_a_leaver(run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (
        Field(kind="select", name="post", label=t("changes.which_post"), choices=offers.posts(run)),
        Field(kind="day", name="until", label=t("changes.last_in_post"), hint=t("changes.day_hint")),
        *_somebody(run, t, t("changes.who_follows"), needed=False),
    )


def _leaver(run: CouncilRun, given: Values) -> Proposal:
    return people.leaving(run, str(given["post"]), _day(given, "until"), _named(given))


def _somebody(run: CouncilRun, t: Texts, label: str, *, needed: bool) -> Sequence[Field]:
    """Ask for somebody of the directory, or for the name and the address of somebody new."""
    return (
        Field(kind="select", name="person", label=label, choices=people.people(run), needed=needed),
        Field(kind="line", name="name", label=t("changes.new_name"), hint=t("changes.new_hint"), needed=False),
        Field(kind="line", name="address", label=t("changes.new_address"), needed=False),
    )


def _named(given: Values) -> Somebody | None:
    person, name, address = (str(given[part] or "") for part in ("person", "name", "address"))
    if person and (name or address):
        raise Refused("Choose somebody, or give the name and the address of somebody new, and not both.")
    if person:
        return Somebody(person)
    if bool(name) != bool(address):
        raise Refused("Somebody new needs a name and a work address.")
    return Somebody(address, name) if address else None


def _day(given: Values, name: str) -> date:
    day = given[name]
    if not isinstance(day, date):
        raise Refused("Enter day, month and year.")
    return day
