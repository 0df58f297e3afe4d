"""`daymark backup`: nothing that was recorded is lost, and nothing is half there."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config.settings import using
from models.store import Store, open_engine
from tasks import keep
from tests.cli.house import Commands
from tests.cli.keep.homes import CASES, contents, elsewhere
from tests.harness import World, snapshot
from timeline.answers.responses import Answer


def test_an_answer_is_in_the_backup_and_the_restored_chain_goes_on_from_it(
    world: World, tmp_path: Path, daymark: Commands
) -> None:
    world.answer(CASES, Answer.HELP, by="performance_lead", text="Two people short")
    before = snapshot(world.store)
    head = world.store.audit.chain_end()[1]
    said = daymark("backup", tmp_path / "kept")
    assert said.code == 0
    assert f"its last hash is {head}." in said.out
    manifest = json.loads((tmp_path / "kept" / keep.MANIFEST).read_text())
    assert manifest["councils"]["medway"]["head"] == head
    assert manifest["councils"]["medway"]["response"] == 1
    with using(elsewhere(world, tmp_path / "after")) as restored:
        told = daymark("restore", tmp_path / "kept")
        assert (told.code, "is asked again in one mail a person" in told.out) == (0, True)
        after = contents(restored)
        assert {name for name in before if before[name] != after[name]} == {"audit_event", "council"}
        assert len(after["audit_event"]) == len(before["audit_event"]) + 1
        assert daymark("audit", "verify", "--head", head).code == 0


def test_only_its_owner_can_read_it(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()} == dict.fromkeys(
        (keep.DATABASE, keep.MANIFEST), 0o600
    )


@pytest.mark.parametrize("named", [".", "link"])
def test_an_empty_folder_may_be_named_in_any_way(
    world: World, tmp_path: Path, daymark: Commands, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    monkeypatch.chdir(tmp_path / "empty" if named == "." else tmp_path)
    assert daymark("backup", named).code == 0
    assert keep.examine(tmp_path / "empty").councils.keys() == {"medway"}


def test_the_key_kept_in_home_lies_beside_it(world: World, tmp_path: Path) -> None:
    kept = world.settings.model_copy(update={"secret_key": None})
    keep.back_up(kept, tmp_path / "kept", at=world.now)
    after = elsewhere(world, tmp_path / "after").model_copy(update={"secret_key": None})
    keep.restore(after, tmp_path / "kept", at=world.now)
    assert after.secret() == kept.secret()
    assert (after.home / keep.KEY).stat().st_mode & 0o777 == 0o600


def test_it_is_whole_while_others_write(world: World, tmp_path: Path) -> None:
    def answer(n: int) -> None:
        world.answer(CASES, Answer.HELP, by="performance_lead", text=f"Reason {n}")

    with ThreadPoolExecutor(4) as people:
        answering = [people.submit(answer, n) for n in range(12)]
        manifests = [keep.back_up(world.settings, tmp_path / f"kept-{n}", at=world.now) for n in range(3)]
        for each in answering:
            each.result()
    for n, manifest in enumerate(manifests):
        after = elsewhere(world, tmp_path / f"after-{n}")
        keep.restore(after, tmp_path / f"kept-{n}", at=world.now)
        engine = open_engine(after.database_url)
        store = Store(engine, "medway")
        assert store.audit.verify() is None
        sealed = store.audit.verify_records()
        assert sealed is not None
        assert sealed.altered == ()
        answered = len(store.inbound.responses(refs={CASES}).get(CASES, ()))
        assert answered == manifest.councils["medway"]["response"]
        engine.dispose()


def test_a_folder_with_something_in_it_is_refused(world: World, tmp_path: Path, daymark: Commands) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").write_text("mine")
    said = daymark("backup", tmp_path / "full")
    assert (said.code, said.err) == (
        2,
        f"{tmp_path / 'full'} is not empty: expected a new or an empty folder for the backup.\n",
    )
