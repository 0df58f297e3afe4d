"""Plan a council of three duties from facts in literals."""

from datetime import date

from tests.timeline.builders import council, duty, fact, task
from tests.timeline.literals import OBSERVED, REPORTED_LAW, at, day
from timeline.definitions.duties import NamedRule, Obligation
from timeline.definitions.facts import Fact
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan

PLAN = duty(
    "70 working days after report_received",
    task("draft", "40 working days before due"),
    standing=REPORTED_LAW,
    readings=(
        NamedRule(name="stated by the council", rule="by stated_due"),
        NamedRule(name="no later than", rule="70 working days after report_published", upper_bound=True),
    ),
)
VISITS = duty(
    "quarterly from action-plan",
    task("dates", "20 working days before expected"),
    task("data", "10 working days before start"),
    task("feedback", "1 working day after end"),
    key="monitoring-visit",
    standing=OBSERVED,
    confirmed_by="visit_confirmed",
)
PANEL = duty("monthly on the 2nd tuesday from report_published", key="plo-panel")
RECEIVED = fact("report_received", "Wed 21 Aug 2019")
PUBLISHED = fact("report_published", "Tue 27 Aug 2019")


def planned(
    *duties: Obligation,
    facts: tuple[Fact, ...] = (),
    when: str = "Tue 1 Oct 2019 07:30",
    until: str = "Tue 31 Mar 2020",
    closures: dict[date, str] | None = None,
    proclaimed: dict[date, str] | None = None,
) -> tuple[Occurrence, ...]:
    timeline = council(obligations=duties, facts=facts, closures=closures or {}, proclaimed=proclaimed or {})
    return plan(timeline, at=at(when), until=day(until))


CONFIRMED = fact("visit_confirmed", "Thu 20 Feb 2020", until="Fri 21 Feb 2020", of="monitoring-visit/1")


def visit(number: int, *facts: Fact) -> Occurrence:
    occurrences = planned(PLAN, VISITS, facts=(RECEIVED, *facts), when="Tue 10 Mar 2020 07:30", until="Fri 28 Aug 2020")
    return next(occurrence for occurrence in occurrences if occurrence.ref == f"monitoring-visit/{number}")
