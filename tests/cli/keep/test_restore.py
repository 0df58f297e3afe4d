"""`daymark restore`: what was there before is kept until the new is whole, and nothing is said twice."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import using
from models.store import Store, open_engine
from tasks import keep
from tests.cli.house import Commands
from tests.cli.keep.homes import CASES, contents, elsewhere
from tests.harness import World, snapshot
from tests.support.stated import MEDWAY
from timeline.answers.responses import Answer


def spoiled(folder: Path) -> None:
    (folder / keep.DATABASE).write_bytes((folder / keep.DATABASE).read_bytes()[:-1] + b"!")


def newer(folder: Path) -> None:
    manifest = json.loads((folder / keep.MANIFEST).read_text())
    (folder / keep.MANIFEST).write_text(json.dumps(manifest | {"migration": "9999"}))


@pytest.mark.parametrize(
    ("hand", "sentence"),
    [
        (spoiled, "is missing or is not as it was backed up, so nothing was restored."),
        (lambda folder: (folder / keep.DATABASE).unlink(), "is missing or is not as it was backed up"),
        (lambda folder: (folder / keep.MANIFEST).unlink(), "is no backup: expected manifest.json"),
        (lambda folder: (folder / keep.MANIFEST).write_text("{}"), "was not understood"),
        (lambda folder: (folder / keep.MANIFEST).write_text("[]"), "was not understood"),
        (newer, "which is newer: install that version first."),
        (shutil.rmtree, "is no backup"),
    ],
)
def test_a_bad_backup_is_refused_in_a_sentence_and_changes_nothing(
    world: World, folder: Path, tmp_path: Path, daymark: Commands, hand: Callable[[Path], object], sentence: str
) -> None:
    hand(folder)
    with using(elsewhere(world, tmp_path / "after")) as after:
        said = daymark("restore", folder)
        assert (said.code, len(said.faults), sentence in said.err) == (2, 1, True), said.err
        assert [file.name for file in after.home.iterdir()] == ["up.lock"]


def test_another_key_is_refused(world: World, folder: Path, tmp_path: Path, daymark: Commands) -> None:
    after = elsewhere(world, tmp_path / "after")
    other = after.model_copy(update={"secret_key": SecretStr("another-key-of-the-tests-which-nobody-can-guess")})
    with using(other):
        assert daymark("restore", folder).err.startswith("DAYMARK_SECRET_KEY is not the key of this backup")
    with using(after.model_copy(update={"secret_key": None})):
        assert "is not in it: set it, then restore." in daymark("restore", folder).err


def test_a_home_in_use_is_restored_only_when_told_and_what_was_there_is_kept(
    world: World, folder: Path, daymark: Commands
) -> None:
    world.answer(CASES, Answer.HELP, by="performance_lead", text="Two people short")
    said = daymark("restore", folder)
    assert (said.code, "add --replace" in said.err) == (2, True)
    assert len(world.store.inbound.responses(refs={CASES})[CASES]) == 1
    world.store.engine.dispose()
    assert daymark("restore", folder, "--replace").code == 0
    world.store.engine.dispose()
    assert world.store.inbound.responses(refs={CASES}) == {}
    (aside,) = world.home.glob("before-restore-*")
    engine = open_engine(f"sqlite:///{aside / keep.DATABASE}")
    assert len(Store(engine, "medway").inbound.responses(refs={CASES})[CASES]) == 1
    engine.dispose()


@pytest.mark.parametrize("statement", range(1, 4))
def test_killed_anywhere_a_restore_leaves_the_old_database_or_the_new(
    world: World, tmp_path: Path, daymark: Commands, monkeypatch: pytest.MonkeyPatch, statement: int
) -> None:
    """Test that a process that dies does no more than it has done: here it dies at each file that it would put in
    place.
    """
    after = elsewhere(world, tmp_path / "after").model_copy(update={"secret_key": None})
    kept = world.settings.model_copy(update={"secret_key": None})
    keep.back_up(kept, tmp_path / "with-key", at=world.now)
    counted = Counter[str]()
    replace = os.replace

    def dying(source: object, target: object) -> None:
        counted["replaced"] += 1
        if counted["replaced"] == statement:
            raise KeyboardInterrupt
        replace(str(source), str(target))

    monkeypatch.setattr(Path, "replace", dying)
    if statement < 3:
        with pytest.raises(KeyboardInterrupt):
            keep.restore(after, tmp_path / "with-key", at=world.now)
        assert not (after.home / keep.DATABASE).exists()
        monkeypatch.undo()
        with using(after):
            for begins_a_store in (["up"], ["apply", MEDWAY], ["list"], ["accept-key"]):
                said = daymark(*begins_a_store)
                assert (said.code, f"run daymark restore {tmp_path / 'with-key'} again" in said.err) == (2, True)
        assert not (after.home / keep.DATABASE).exists()
    # Begun again, it is brought to its end.
    keep.restore(after, tmp_path / "with-key", at=world.now)
    assert len(contents(after)["message"]) == len(snapshot(world.store)["message"])
    assert sorted(file.name for file in after.home.iterdir() if file.is_file() and file.name != "up.lock") == [
        keep.DATABASE,
        "secret.key",
    ]


@pytest.mark.slow("lives a fortnight without Daymark, and the day after")
def test_two_weeks_off_and_restored_from_before_each_person_gets_one_mail(tmp_path: Path, daymark: Commands) -> None:
    """Test that what was said before the backup is not said again, and nothing that fell due since is missed."""
    with World(tmp_path / "before") as world:
        world.at("Fri 1 Nov 2019 07:00").apply()
        duties = [duty.key for duty in world.timeline.obligations]
        world.live("Fri 1 Nov 2019 08:30", *duties)
        said = {row for row in snapshot(world.store)["prompt"] if "'sent'" in row}
        assert daymark("backup", tmp_path / "kept").code == 0
        world.live("Mon 4 Nov 2019 08:30", *duties)
    with World(tmp_path / "after") as again:
        again.store.engine.dispose()
        again.settings.home.joinpath("daymark.db").unlink()
        assert daymark("restore", tmp_path / "kept").code == 0
        again.store.engine.dispose()
        again.store = Store(again.store.engine, "medway")
        again.live("Mon 18 Nov 2019 08:30", *duties)
        to = Counter(opened_mail.envelope_to[0] for opened_mail in again.mails())
        assert len(to) > 5
        assert {*to.values()} == {1}
        assert said <= {*snapshot(again.store)["prompt"]}
        # Nothing is missed but what fell due meanwhile, of which assurance says so.
        missed = [line for line in daymark("assurance").out.splitlines() if line.startswith("Unexplained")]
        assert [line for line in missed if not line.endswith("and nothing said it in time.")] == []
        assert again.store.audit.verify() is None


@pytest.mark.requires("postgresql")
def test_a_database_of_postgresql_is_dumped_and_restored(
    tmp_path: Path, fresh_postgres_url: str, postgres_url: str, daymark: Commands
) -> None:
    import psycopg

    with World(tmp_path / "before", database_url=fresh_postgres_url) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.live("Wed 28 Aug 2019 08:30", "plo-panel")
        world.answer(CASES, Answer.HELP, by="performance_lead", text="Two people short")
        before = snapshot(world.store)
        assert daymark("backup", tmp_path / "kept").code == 0
        said = daymark("restore", tmp_path / "kept")
        assert (said.code, "is not empty" in said.err) == (2, True)
        assert snapshot(world.store) == before
        world.done(CASES, by="performance_lead")
        world.store.engine.dispose()
        assert daymark("restore", tmp_path / "kept", "--replace").code == 0
        assert snapshot(world.store)["response"] == before["response"]
        world.store.engine.dispose()
        with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("CREATE DATABASE empty_for_restore")
        empty = postgres_url.rpartition("/")[0] + "/empty_for_restore"
        with using(world.settings.model_copy(update={"home": tmp_path / "after", "database_url": empty})) as after:
            assert daymark("restore", tmp_path / "kept").code == 0
            assert contents(after)["prompt"] == before["prompt"]
