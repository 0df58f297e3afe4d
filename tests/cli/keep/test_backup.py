"""`daymark backup` and `daymark restore`: nothing that was recorded is lost, and nothing is half there."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import Settings, using
from models.store import Store, councils, open_engine
from tasks import keep
from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.support.stated import MEDWAY
from timeline.answers.responses import Answer

CASES = "plo-panel/1/cases"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path / "before") as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.live("Wed 28 Aug 2019 08:30", "plo-panel")
        yield world


@pytest.fixture
def folder(world: World, tmp_path: Path, daymark: Commands) -> Path:
    assert daymark("backup", tmp_path / "kept").code == 0
    return tmp_path / "kept"


def elsewhere(world: World, home: Path) -> Settings:
    """The settings of an empty home with the same key."""
    home.mkdir(parents=True, exist_ok=True)
    return world.settings.model_copy(update={"home": home, "database_url": f"sqlite:///{home / 'daymark.db'}"})


def contents(settings: Settings) -> dict[str, list[str]]:
    engine = open_engine(settings.database_url)
    try:
        return snapshot(Store(engine, *councils(engine)))
    finally:
        engine.dispose()


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


def test_a_folder_with_something_in_it_is_refused(world: World, tmp_path: Path, daymark: Commands) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").write_text("mine")
    said = daymark("backup", tmp_path / "full")
    assert (said.code, said.err) == (
        2,
        f"{tmp_path / 'full'} is not empty: expected a new or an empty folder for the backup.\n",
    )


@pytest.mark.parametrize("statement", range(1, 4))
def test_killed_anywhere_a_restore_leaves_the_old_database_or_the_new(
    world: World, tmp_path: Path, daymark: Commands, monkeypatch: pytest.MonkeyPatch, statement: int
) -> None:
    """A process that dies does no more than it has done: here it dies at each file that it would put in place."""
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
    """What was said before the backup is not said again, and nothing that fell due since is missed."""
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
