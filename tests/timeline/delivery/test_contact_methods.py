"""Test by which channel, and to whom, a prompt leaves: the rung's, the person's, mail, the deputy, the line manager."""

from collections.abc import Collection
from dataclasses import replace

import pytest

from tests.timeline.builders import council as a_council
from tests.timeline.builders import directory, milestone
from tests.timeline.literals import at, day
from timeline.definitions.absences import Absence
from timeline.definitions.duties import LINE_MANAGER
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Directory
from timeline.delivery.contact_methods import ChannelInfo, ContactMethod, Needs, Reachability, contact_method
from timeline.escalation.ladder import decide
from timeline.escalation.prompts import Prompt
from timeline.escalation.task_context import TaskContext, task_context

OUTLETS = {
    info.name: info
    for info in (
        ChannelInfo("mail"),
        ChannelInfo("teams", Needs.TEAMS),
        ChannelInfo("sms", Needs.PHONE),
        ChannelInfo("room", several=True),
    )
}
REACH = Reachability(OUTLETS)
MORNING = "Thu 14 Nov 2019 07:30"
MAIL, TEAMS, SMS = (ContactMethod("officer", name) for name in ("mail", "teams", "sms"))
SECRET = Embargo(circulation=frozenset({"officer"}), until_fact="report_published")


def people(
    *channels: str, teams: str = "T-1", phone: str = "+44 7700 900123", deputy: str = "team_manager"
) -> Directory:
    """See that the officer likes these channels; the team manager stands in."""
    usual = directory()
    officer = replace(usual.people["officer"], channels=channels, teams=teams, phone=phone)
    posts = dict(usual.posts) | {"officer": replace(usual.posts["officer"], deputy=deputy or None)}
    return replace(usual, people=dict(usual.people) | {"officer": officer}, posts=posts)


def stand(who: Directory, *embargoes: Embargo, due: str = "Thu 28 Nov 2019", when: str = MORNING) -> TaskContext:
    return task_context(a_council(directory=who), milestone(embargoes=embargoes, due=due), at=at(when))


def prompt(*channels: str, urgent: bool = False) -> Prompt:
    (first,) = decide(stand(people()), until=at("Thu 14 Nov 2019 23:59")).prompts
    return replace(first, channels=channels or ("mail",), urgent=urgent)


def chosen(
    who: Directory, *, of: Prompt | None = None, tried: Collection[str] = (), reach: Reachability = REACH, **given: str
) -> ContactMethod | None:
    return contact_method(of or prompt(), stand(who, **given), reach, tried=tried)


def test_who_prefers_nothing_has_mail() -> None:
    assert chosen(people()) == MAIL


def test_a_person_has_their_channels_in_their_order_and_mail_last() -> None:
    who = people("teams", "sms")
    assert chosen(who) == TEAMS
    assert chosen(who, tried=["officer/teams"]) == SMS
    assert chosen(who, tried=["officer/teams", "officer/sms"]) == MAIL


def test_a_channel_that_is_not_set_up_or_lacks_a_number_is_no_way() -> None:
    assert chosen(people("pigeon", "teams")) == TEAMS
    assert chosen(people("teams", "sms", teams="")) == SMS
    assert chosen(people("sms", phone="")) == MAIL


def test_what_a_rung_names_comes_first() -> None:
    of = prompt("sms")
    assert chosen(people("teams"), of=of) == SMS
    assert chosen(people("teams"), of=of, tried=["officer/sms"]) == TEAMS
    assert chosen(people("teams", phone=""), of=of) == TEAMS
    assert chosen(people(), of=prompt("pigeon")) == MAIL
    assert chosen(people("teams"), of=prompt("mail", "sms")) == MAIL


def test_a_dead_address_is_no_way() -> None:
    dead = replace(REACH, dead=frozenset({TEAMS}))
    assert chosen(people("teams"), reach=dead) == MAIL


def test_when_nothing_is_left_the_deputy_gets_it() -> None:
    who, tried = people(deputy="programme_lead"), ["officer/mail"]
    assert chosen(who, tried=tried) == ContactMethod("programme-lead", "mail")


def test_after_the_deputy_an_owners_line_manager_gets_it_and_nobody_above() -> None:
    who, tried = people(deputy="programme_lead"), ["officer/mail", "programme-lead/mail"]
    assert chosen(who, tried=tried) == ContactMethod("team-manager", "mail")
    assert chosen(who, tried=[*tried, "team-manager/mail"]) is None
    assert chosen(people(deputy=""), tried=["officer/mail"]) == ContactMethod("team-manager", "mail")


def test_what_was_for_a_manager_climbs_no_further() -> None:
    escalated = replace(prompt(), selector=LINE_MANAGER, deliver_to="team-manager", meant_for="team-manager")
    assert chosen(people(), of=escalated, tried=["team-manager/mail"]) is None


def test_in_a_trial_run_it_stays_with_the_programme_lead() -> None:
    copy = replace(prompt(), deliver_to="programme-lead")
    assert chosen(people(), of=copy, tried=["programme-lead/mail"]) is None


@pytest.mark.parametrize(
    ("due", "expected"), [("Thu 28 Nov 2019", None), ("Mon 18 Nov 2019", ContactMethod("chief-executive", "mail"))]
)
def test_the_chief_executive_stands_above_a_director_from_two_working_days_before(
    due: str, expected: ContactMethod | None
) -> None:
    task = task_context(a_council(directory=directory()), milestone(owner="director", due=due), at=at(MORNING))
    asked = replace(prompt(), deliver_to="director", meant_for="director")
    assert contact_method(asked, task, REACH, tried=["director/mail"]) == expected


def test_a_deputy_or_line_manager_who_is_away_gets_nothing() -> None:
    away = Absence(person="team-manager", from_on=day("Thu 14 Nov 2019"), until_on=day("Thu 14 Nov 2019"))
    assert chosen(replace(people(), absences=(away,)), tried=["officer/mail"]) == ContactMethod(
        "head-of-service", "mail"
    )


def test_a_deputy_who_may_not_hear_of_it_gets_nothing() -> None:
    who, tried = people(), ["officer/mail"]
    assert contact_method(prompt(), stand(who, SECRET), REACH, tried=tried) is None
    both = replace(SECRET, circulation=SECRET.circulation | {"team_manager"})
    assert contact_method(prompt(), stand(who, both), REACH, tried=tried) == ContactMethod("team-manager", "mail")


def test_what_several_read_is_used_only_where_a_rung_names_it() -> None:
    assert chosen(people("room")) == MAIL
    assert chosen(people(), of=prompt("room")) == ContactMethod("officer", "room")


def test_a_room_hears_nothing_under_embargo_and_never_who_is_late() -> None:
    assert contact_method(prompt("room"), stand(people(), SECRET), REACH) == MAIL
    assert chosen(people(), of=prompt("room"), when="Thu 28 Nov 2019 08:30") == ContactMethod("officer", "room")
    assert chosen(people(), of=prompt("room"), when="Fri 29 Nov 2019 08:30") == MAIL


@pytest.mark.parametrize(("urgent", "expected"), [(False, MAIL), (True, SMS)])
def test_a_channel_that_rests_is_waited_for_save_by_what_is_urgent(urgent: bool, expected: ContactMethod) -> None:
    resting = replace(REACH, resting=frozenset({"mail"}))
    assert chosen(people("mail", "sms"), of=prompt(urgent=urgent), reach=resting) == expected


def test_what_is_urgent_waits_too_where_every_way_rests() -> None:
    resting = replace(REACH, resting=frozenset({"mail"}))
    assert chosen(people(deputy=""), of=prompt(urgent=True), reach=resting) == MAIL
