"""Test which councils a folder holds, and that two that would be the same are refused, both of them."""

from pathlib import Path

import pytest

from config.houses.folder import councils_in
from config.timeline_files.faults import BadInput


def stated(folder: Path, name: str, key: str, called: str = "") -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"council: {{key: {key}, name: {called or key.title()}}}\n")


def test_files_and_folders_are_councils_and_what_lies_beside_them_is_none(tmp_path: Path) -> None:
    stated(tmp_path, "brook.yaml", "brook")
    stated(tmp_path, "arden/timeline.yaml", "arden")
    for name in ("brook.programme.yaml", "arden/timeline.programme.yaml", "arden/settings.yaml", ".git", "notes.txt"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "pictures").mkdir()
    assert [(each.name, each.key, each.faults) for each in councils_in(tmp_path)] == [
        ("arden/timeline.yaml", "arden", ()),
        ("brook.yaml", "brook", ()),
    ]


def test_two_of_the_same_key_or_name_are_both_refused_and_no_other(tmp_path: Path) -> None:
    stated(tmp_path, "a/timeline.yaml", "arden")
    stated(tmp_path, "b/timeline.yaml", "arden", "Other")
    stated(tmp_path, "c.yaml", "cole", "other  ")
    stated(tmp_path, "d.yaml", "dale")
    told = {each.name: [fault.told for fault in each.told(each.faults)] for each in councils_in(tmp_path)}
    assert told["a/timeline.yaml"] == [
        "a/timeline.yaml: council.key: “arden” stands in b/timeline.yaml, too: expected another for each council, and "
        "neither is used."
    ]
    assert [len(faults) for faults in told.values()] == [1, 2, 1, 0]


def test_a_folder_without_councils_and_one_without_its_timeline_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="This folder holds no council, expected NAME"):
        councils_in(tmp_path)
    stated(tmp_path, "arden/settings.yaml", "arden")
    (arden,) = councils_in(tmp_path)
    assert [fault.told for fault in arden.told(arden.faults)] == [
        "arden/timeline.yaml: There is no such file in this folder, expected the timeline of a council."
    ]
