"""Test that what is recorded by command in confidence reaches its circulation only, as what a file states does."""

from pathlib import Path

from tasks.changes.record import fact_changes, record
from tests.harness import World
from tests.timeline.literals import at, day
from timeline.definitions.facts import Fact

VISIT = "monitoring-visit/1"
COMMENTS = f"{VISIT}/draft-letter"


def noted(name: str, on: str, *, known: str) -> Fact:
    """Give a fact as `daymark record` makes it: the command knows no embargo."""
    return Fact(name=name, on=day(on), known_at=at(known), who="Director", source="Ofsted's e-mail", occurrence=VISIT)


def test_a_draft_letter_recorded_by_command_is_under_embargo_until_the_letter_is_issued(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        draft = noted("draft_letter_received", "Mon 16 Sep 2019", known="Mon 16 Sep 2019 10:00")
        world.at("Mon 16 Sep 2019 10:00")
        told = fact_changes(world.store, draft, world.settings, at=world.now)
        assert any(change.ref == COMMENTS for change in told)
        record(world.store, draft, world.settings, at=world.now, who="Director")
        stored = world.store.plan.milestone(COMMENTS)
        assert stored
        (embargo,) = stored.milestone.embargoes
        assert embargo.circulation == {"director", "chief_executive", "head_of_improvement"}
        issued = noted("letter_issued", "Mon 30 Sep 2019", known="Mon 30 Sep 2019 10:00")
        world.at("Mon 30 Sep 2019 10:00")
        record(world.store, issued, world.settings, at=world.now, who="Director")
        stored = world.store.plan.milestone(COMMENTS)
        assert stored
        assert not stored.milestone.embargoes
