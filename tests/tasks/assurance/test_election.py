"""Test that assurance explains a chase that waits for an election, and is red over one that should have gone."""

from pathlib import Path
from typing import Any

from tests.harness import World
from tests.support.assured_days import Days
from tests.support.stated import variant
from tests.tasks.assurance.assured import assured
from tests.timeline.literals import day

LETTER = "monitoring-visit/1/expected-letter"
ELECTION = [{"name": "General election", "from": "2019-11-06", "until": "2019-11-12"}]
STATED: dict[str, Any] = {
    "pre_election_periods": ELECTION,
    "practices": [],
    "shadow_until": "never",
    "live_from": "2019-10-01",
    "committees": None,
    "off": dict.fromkeys(("annual-engagement", "re-inspection", "action-planning-visit"), "not of this story"),
    "facts": [
        {"fact": "report_received", "on": "2019-08-21", "by": "Ofsted", "source": "letter"},
        {"fact": "report_published", "on": "2019-08-27", "by": "Ofsted", "source": "its page"},
        {
            "fact": "visit_confirmed",
            "for": "monitoring-visit/1",
            "on": "2019-10-08",
            "until": "2019-10-09",
            "known": "2019-09-20",
            "by": "Ofsted",
            "source": "letter",
        },
    ],
}


def test_a_chase_waits_for_the_election_and_is_missed_when_nobody_chases_after_it(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        # The letter is expected on Tuesday 12 November, 24 working days after the visit: Ofsted publishes none then.
        world.at("Tue 12 Nov 2019 07:00").apply(variant(tmp_path, **STATED))
        days = Days(world)
        days.morning(day("Tue 12 Nov 2019"))
        days.mails(day("Tue 12 Nov 2019"))
        run = assured(world, "Tue 12 Nov 2019 08:45")
        assert (run.findings, run.figures.unexplained, run.is_red) == ((), 0, False)
        assert not world.store.ledger.entries(refs={LETTER})
        # On the first day after it the morning's flow does not run: that chase should have gone.
        run = assured(world, "Wed 13 Nov 2019 08:45")
        assert LETTER in {finding.ref for finding in run.findings}
        assert run.is_red
        # Assurance has it said now, and explains it from then on.
        assert world.store.ledger.entries(refs={LETTER})
