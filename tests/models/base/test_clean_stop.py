"""Test that after a process has ended in order, the database's file alone has everything: a copy of it loses no
answer.
"""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from config.settings import ROOT
from models.store import Store, open_engine
from tests.models import world
from tests.support import templates

_ANSWERS = """
import sys
from models.store import Store, open_engine
from tests.models import world
assert world.answer(Store(open_engine(sys.argv[1]), "exampleshire"))
"""


def test_a_copy_of_the_file_alone_has_the_last_answer(tmp_path: Path) -> None:
    database = tmp_path / "daymark.db"
    templates.start_empty(database)
    engine = open_engine(f"sqlite:///{database}")
    store = Store(engine, "exampleshire")
    world.apply(store)
    store.plan.sync([world.occurrence()], obligations=world.DUTIES, at=world.APPLIED_AT)
    # Somebody else has it open, as the pages beside a command: the journal stays, and is empty.
    subprocess.run([sys.executable, "-c", _ANSWERS, str(engine.url)], cwd=ROOT, check=True)
    shutil.copyfile(database, tmp_path / "copy.db")
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM response").fetchone() == (1,)
