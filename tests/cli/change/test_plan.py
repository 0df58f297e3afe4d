"""Test `daymark plan import` and `daymark export`: shown first, undone whole, and the way round changes nothing."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models.store import Store
from tasks.changes import import_plan
from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.support.plan_books import two_hundred
from timeline.programme.measures import Value
from timeline.programme.programme import Programme
from timeline.programme.updates import RecordUpdate


def workbook(folder: Path, content: bytes) -> Path:
    path = folder / "plan.xlsx"
    path.write_bytes(content)
    return path


def actions(world: World) -> int:
    programme = world.store.programmes.in_force()
    return len(programme.actions) if programme else 0


def test_a_plan_is_shown_imported_undone_and_kept_by_the_next_apply(empty: World, daymark: Commands) -> None:
    empty.apply()
    faulty = daymark("plan", "import", workbook(empty.home, two_hundred()), "--yes")
    assert (faulty.code, len(faulty.faults)) == (2, 7)
    before = snapshot(empty.store)
    shown = daymark("plan", "import", workbook(empty.home, two_hundred(faulty=False)), "--json")
    assert (shown.code, snapshot(empty.store)) == (1, before)
    assert "column D, “Lead officer”: owner" in shown.err
    assert len([each for each in shown.objects if each["change"] == "record added"]) == 200
    done = daymark("plan", "import", workbook(empty.home, two_hundred(faulty=False)), "--yes")
    assert "Imported." in done.out
    assert actions(empty) == 200
    assert "This is imported already." in daymark("plan", "import", empty.home / "plan.xlsx", "--yes").out
    assert "Taken back: plan of" in daymark("undo").out
    assert 0 < actions(empty) < 200
    assert empty.store.audit.verify() is None


def test_a_change_that_comes_while_the_workbook_is_read_is_not_overwritten(
    empty: World, daymark: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.apply()
    path, read = workbook(empty.home, two_hundred(faulty=False)), import_plan.planned
    value = Value(on=empty.now.date(), by="performance_lead", number=Decimal(9))
    meanwhile = RecordUpdate(record="measures.assessment-posts", part=value, at=empty.now, who="lead")

    def planned(store: Store, *args: Any, **given: Any) -> Programme:
        after = read(store, *args, **given)
        store.programmes.update(meanwhile, at=empty.now)
        return after

    monkeypatch.setattr(import_plan, "planned", planned)
    before = actions(empty)
    refused = daymark("plan", "import", path, "--yes")
    assert (refused.code, actions(empty)) == (2, before)
    assert "The programme was changed while plan.xlsx was read: nothing was imported; import it again." in refused.err
    monkeypatch.undo()
    assert "Imported." in daymark("plan", "import", path, "--yes").out


def test_an_export_is_imported_without_a_change(empty: World, daymark: Commands) -> None:
    empty.apply()
    folder = empty.home / "records"
    assert daymark("export", folder).code == 0
    again = daymark("plan", "import", folder / "programme.xlsx", "--json")
    assert (again.code, again.out) == (0, "")
    assert len(json.loads((folder / "programme.json").read_text())["areas"]) == 10
    tasks = (folder / "tasks.csv").read_text("utf-8-sig").splitlines()
    assert tasks[0] == "ref,title,class,legal_on,due_on,state,rag,rag_why,post"
    (folder / "actions.updates.csv").write_text("of an earlier export")
    assert daymark("export", folder).code == 0
    assert not (folder / "actions.updates.csv").exists()
    (folder / "mine.txt").write_text("kept")
    refused = daymark("export", folder)
    assert (refused.code, "holds mine.txt, which no export wrote" in refused.err) == (2, True)
