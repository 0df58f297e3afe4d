"""Upload a new timeline as a programme lead: faults with their lines, what would change, the apply, its undo."""

from pathlib import Path

from tests.harness import World
from tests.support.stated import MEDWAY
from tests.web.administrators.changes.conftest import Lead
from tests.web.administrators.changes.test_people import upload

RENAMED = MEDWAY.read_text().replace("name: Medway Council", "name: Medway Council (improving)", 1)


def test_faults_are_told_with_their_lines_and_change_nothing(world: World, lead: Lead, tmp_path: Path) -> None:
    before = world.store.changes.applied()
    assert "Line 2" in upload(lead, "timeline", "medway.yaml", b"council:\n\t- broken\n")
    said = upload(lead, "timeline", "medway.yaml", RENAMED.replace("address:", "adress:", 1).encode())
    assert "medway.yaml" in said
    assert "address" in said
    other = upload(lead, "timeline", "medway.yaml", RENAMED.replace("key: medway", "key: elsewhere", 1).encode())
    assert "This is the timeline of “elsewhere”" in other
    bomb = b"a: &a [x, x]\nb: [*a, *a]\n"
    assert "found an alias" in upload(lead, "timeline", "bomb.yaml", bomb).lower()
    assert "There is no file" in upload(lead, "timeline", "like.yaml", b"like: ../../etc/passwd\n")
    assert world.store.changes.applied() == before


def test_a_timeline_is_shown_first_applied_once_and_taken_back(world: World, lead: Lead) -> None:
    shown = upload(lead, "timeline", "medway-2019.yaml", RENAMED.encode())
    assert "becomes the timeline of Medway Council (improving)" in shown
    assert world.timeline.council.name == "Medway Council"
    assert "It is done" in lead.confirm("timeline")
    assert world.timeline.council.name == "Medway Council (improving)"
    lead.page = lead.before
    assert "It was done before" in lead.confirm("timeline")
    last = world.store.changes.revisions()[-1]
    assert (last.number, last.what, last.source) == (2, "apply", "medway-2019.yaml")
    lead.open("/changes/undo?change=2")
    lead.look("undo", change="2")
    lead.confirm("undo")
    assert world.timeline.council.name == "Medway Council"
