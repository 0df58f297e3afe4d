"""Upload the action plan as a programme lead: faults with their cells, what would change, the import, its undo."""

from tests.harness import World
from tests.support.plan_books import two_hundred
from tests.web.administrators.changes.conftest import Lead
from tests.web.administrators.changes.test_people import upload


def test_a_plan_is_refused_with_its_faults_then_shown_imported_and_taken_back(world: World, lead: Lead) -> None:
    before = world.store.programmes.in_force()
    said = upload(lead, "plan", "plan.xlsx", two_hundred())
    assert "row 13, Lead officer (D13): Found “Training lead / Head of Improvement”, which names 2 owners" in said
    shown = upload(lead, "plan", "plan.xlsx", two_hundred(faulty=False))
    assert "plan.xlsx: 200 actions." in shown
    assert "Merged cells were read as if each held the same" in shown
    assert world.store.programmes.in_force() == before
    assert "It is done" in lead.confirm("plan")
    after = world.store.programmes.in_force()
    assert after is not None
    assert len(after.actions) == 200
    last = world.store.changes.revisions()[-1]
    assert (last.what, last.who) == ("plan", "an administrator at this machine")
    lead.look("undo", change=f"{last.number}")
    lead.confirm("undo")
    assert world.store.programmes.in_force() == before
