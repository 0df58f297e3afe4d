"""Test councils lived on paper under an embargo, and with answers and facts that come under way."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from tests.timeline.builders import answer, council, duty, fact, ladder, rung, task
from tests.timeline.forecast.lived import PUBLISHED, medway, year
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import LINE_MANAGER, OWNER, Unless
from timeline.definitions.facts import Embargo
from timeline.escalation.prompts import PromptKind
from timeline.forecast.behaviour import EVIDENCE, responses_to
from timeline.forecast.rehearsal import rehearse

pytestmark = pytest.mark.slow("rehearses months")


# The week between receipt and publication

RECEIVED = day("Wed 21 Aug 2019")
CIRCULATION = {"director", "chief_executive", "head_of_improvement", "improvement_programme_lead"}


def embargoed(circulation: frozenset[str], shadow_until: str = "") -> CouncilTimeline:
    """Give a council whose ladders speak between 21 and 27 August 2019: the plan is due five working days after
    receipt.
    """
    speaks = ladder(
        rung("first", "4 before", OWNER),
        rung("help", "3 before", "director", "head_of_service", "chief_executive"),
        rung("overdue", "1 after", OWNER, "director"),
    )
    received = fact(
        "report_received",
        "Wed 21 Aug 2019",
        embargo=Embargo(circulation=circulation, until_fact="report_published"),
    )
    plan = duty("5 working days after report_received", task("draft", "by due", of=speaks))
    visits = duty("quarterly from action-plan", task("dates", "by expected", of=speaks), key="monitoring-visit")
    other = duty("by 2019-08-28", task("papers", "by due", of=speaks), key="board")
    return council(
        obligations=[plan, visits, other],
        facts=[received, fact("report_published", "Tue 27 Aug 2019")],
        live_from="Wed 21 Aug 2019",
        shadow_until=shadow_until,
    )


def reached(timeline: CouncilTimeline, from_on: date = RECEIVED) -> dict[str, set[str]]:
    """Tell who gets anything about each duty before publication."""
    given: dict[str, set[str]] = {}
    for told in rehearse(timeline, from_on=from_on, to_on=day("Mon 26 Aug 2019")):
        given.setdefault(told.milestone.obligation, set()).add(told.prompt.deliver_to)
    return given


@pytest.mark.parametrize(
    "circulation", [{"officer"}, {"officer", "director"}, {"officer", "director", "head_of_service"}]
)
def test_between_receipt_and_publication_nothing_derived_from_the_report_leaves_its_circulation(
    circulation: set[str],
) -> None:
    everybody = {"officer", "director", "head-of-service", "chief-executive"}
    people = reached(embargoed(frozenset(circulation)))
    assert people["action-plan"] == people["monitoring-visit"] == {post.replace("_", "-") for post in circulation}
    # The same ladder, of a duty that rests on nothing in confidence, does speak to all in those days.
    assert people["board"] == everybody


def test_nor_does_it_reach_the_programme_lead_in_shadow() -> None:
    people = reached(embargoed(frozenset({"officer", "director"}), shadow_until="Tue 10 Sep 2019"))
    assert people == {"board": {"programme-lead"}}


def test_from_publication_on_everybody_hears() -> None:
    told = rehearse(embargoed(frozenset({"officer"})), from_on=RECEIVED, to_on=PUBLISHED)
    about_the_plan = {
        each.prompt.deliver_to
        for each in told
        if each.milestone.obligation == "action-plan" and each.at.date() == PUBLISHED
    }
    assert about_the_plan == {"director", "head-of-service", "chief-executive"}


def test_medways_own_timeline_keeps_the_embargo() -> None:
    told = tuple(rehearse(medway(RECEIVED), from_on=RECEIVED, to_on=day("Mon 26 Aug 2019")))
    assert {each.prompt.post for each in told} <= CIRCULATION


# How people answer


def test_who_always_answers_acknowledges_at_once_and_is_done_the_day_before() -> None:
    first = year("always")[0].prompt
    office = medway().calendars.office
    reminder = next(told.prompt for told in year("always") if told.milestone.ref == "action-plan/1/draft")
    acknowledged, done = responses_to(reminder, "always", office=office)
    assert (acknowledged.answer, acknowledged.at) == (Answer.ACKNOWLEDGED, at("Mon 23 Sep 2019 10:05"))
    assert (done.answer, done.at, done.evidence) == (Answer.DONE, at("Wed 2 Oct 2019 15:10"), EVIDENCE)
    assert responses_to(first, "never", office=office) == ()


def test_managers_and_shadow_copies_bring_no_answer() -> None:
    office = medway().calendars.office
    reminder = year("always")[0].prompt
    manager = replace(reminder, kind=PromptKind.ESCALATION)
    shadow = replace(reminder, key=reminder.key._replace(person=f"shadow/{reminder.key.person}"))
    assert responses_to(reminder, "always", office=office)
    assert responses_to(manager, "always", office=office) == ()
    assert responses_to(shadow, "always", office=office) == ()


def test_a_seed_gives_the_same_answer_to_the_same_prompt() -> None:
    office = medway().calendars.office
    prompts = [told.prompt for told in year("never") if told.prompt.kind is PromptKind.REMINDER]
    first, again = ([responses_to(prompt, 7, office=office) for prompt in prompts] for _ in range(2))
    assert first == again
    given = Counter(response.answer for answers in first for response in answers)
    # Nobody passes a task on in a rehearsal: to whom would be a guess. And where nothing is done nobody confirms.
    assert set(given) == set(Answer) - {Answer.DELEGATED, Answer.CONFIRMED, Answer.RETURNED, Answer.TAKEN_BACK}


# The ledger of a rehearsal


def test_what_is_known_later_changes_the_rest_of_the_period() -> None:
    speaks = ladder(rung("first", "1 before", OWNER), rung("overdue", "1 after", OWNER))
    corrected = council(
        obligations=[duty("by due_on", task("draft", "by due", of=speaks))],
        facts=[
            fact("due_on", "Thu 14 Nov 2019", known="Mon 4 Nov 2019 09:00"),
            fact("due_on", "Thu 21 Nov 2019", known="Wed 13 Nov 2019 09:00"),
        ],
    )
    told = rehearse(corrected, from_on=day("Mon 4 Nov 2019"), to_on=day("Fri 29 Nov 2019"))
    assert [(f"{each.at:%a %d %b}", each.prompt.key.rung, each.prompt.key.due_on) for each in told] == [
        ("Wed 13 Nov", "first", day("Thu 14 Nov 2019")),
        ("Thu 14 Nov", "moved", day("Thu 21 Nov 2019")),
        ("Wed 20 Nov", "first", day("Thu 21 Nov 2019")),
        ("Fri 22 Nov", "overdue", day("Thu 21 Nov 2019")),
    ]


def test_what_was_answered_in_the_morning_is_not_told_in_the_afternoon() -> None:
    """Test that on the second day the manager would hear at 16:30, but the owner, asked again at 08:30, answers at
    10:05.
    """
    speaks = ladder(
        rung("first", "10 before", OWNER, unless=Unless.ACKNOWLEDGED, every=1, times=1),
        rung("help", "9 before at 16:30", LINE_MANAGER, unless=Unless.ACKNOWLEDGED),
        acknowledged_for=1,
    )
    owed = council(obligations=[duty("by 2019-11-28", task("draft", "by due", of=speaks))])
    span = {"from_on": day("Thu 14 Nov 2019"), "to_on": day("Fri 15 Nov 2019")}
    answered = [told.prompt.key.rung for told in rehearse(owed, responses="always", **span)]
    silent = [told.prompt.key.rung for told in rehearse(owed, responses="never", **span)]
    assert (answered, silent) == (["first", "first"], ["first", "first", "help"])


def test_a_cancelled_panel_is_asked_for_no_more() -> None:
    panel = duty("monthly on the 2nd tuesday from 2019-09-01", task("papers", "3 working days before due"), key="panel")
    cancelled = fact("cancelled", "Mon 4 Nov 2019", of="panel/3")
    told = tuple(
        rehearse(
            council(obligations=[panel], facts=[cancelled], live_from="Mon 16 Sep 2019"),
            from_on=day("Mon 4 Nov 2019"),
            to_on=day("Tue 31 Dec 2019"),
        )
    )
    assert {each.milestone.number for each in told} == {2, 4, 5}


def test_answers_of_a_rehearsal_name_the_milestone_they_are_about() -> None:
    assert answer(Answer.DONE, "Mon 18 Nov 2019 08:00").milestone == "action-plan/1/draft"
