"""Ask preview, apply and undo of the programme beside a timeline: each record is told by its place in the file."""

import shutil
from pathlib import Path

import pytest

from config.load import programme_of
from tests.cli.house import Commands
from tests.harness import World
from tests.support.stated import MEDWAY

OLD = "rating: C2}]"
NEW = "rating: C2}, {on: 2019-08-28, by: head_of_improvement, rating: B1, why: Referrals have doubled}]"
CHANGED = {"change": "record changed", "ref": "risks.caseloads", "from": None, "to": None}


@pytest.mark.slow("seven commands, each of which reads Medway and its whole programme")
def test_a_change_of_the_programme_is_previewed_applied_once_and_taken_back(
    empty: World, daymark: Commands, tmp_path: Path
) -> None:
    empty.apply(shadow=True)
    file = Path(shutil.copy(MEDWAY, tmp_path))
    text = programme_of(MEDWAY).read_text()
    assert OLD in text
    programme_of(file).write_text(text.replace(OLD, NEW))
    said = daymark("preview", file, "--json")
    assert (said.code, said.objects) == (1, [CHANGED | {"why": "Its assessments changed.", "told": []}])
    assert "0 dates change, 1 record of the programme; nobody was told an old one." in daymark("preview", file).out
    assert "record changed: risks.caseloads." in daymark("apply", file).out
    assert "record" not in daymark("apply", file).out
    assert daymark("preview", file).out == "Nothing would change.\n"
    assert empty.store.audit.verify() is None
    assert "risks.caseloads" in daymark("undo").out
    assert daymark("preview", MEDWAY).out == "Nothing would change.\n"


def test_a_timeline_without_a_programme_beside_it_leaves_the_stored_one(
    empty: World, daymark: Commands, tmp_path: Path
) -> None:
    empty.apply(shadow=True)
    before = empty.store.programmes.in_force()
    file = Path(shutil.copy(MEDWAY, tmp_path))
    assert daymark("preview", file).out == "Nothing would change.\n"
    assert daymark("apply", file).code in (0, 1)
    assert before
    assert empty.store.programmes.in_force() == before
