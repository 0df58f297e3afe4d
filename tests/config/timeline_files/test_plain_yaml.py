"""Test YAML as an officer means it: plain words, one sentence for whatever is wrong, never a traceback."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from config.settings import ROOT
from config.timeline_files.faults import BadInput, error, warning
from config.timeline_files.plain_yaml import DEEPEST, LARGEST, _FastLoader, _is_plain, _PlainLoader, read
from tests.support.fuzzing import looks_at


def written(folder: Path, text: str | bytes, name: str = "council.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def sentence(path: Path) -> str:
    """Give the one fault of a file that cannot be read."""
    with pytest.raises(BadInput) as caught:
        read(path)
    (fault,) = caught.value.faults
    assert fault.text.endswith(".")
    return str(fault)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # YAML 1.1 would make a date, True, 750 seconds, a number and a boolean of these.
        ("on: 2019-02-30", {"on": "2019-02-30"}),
        ("on: 2019-08-27", {"on": "2019-08-27"}),
        ("at: 12:30", {"at": "12:30"}),
        ("times: 007", {"times": "007"}),
        ("ours: no", {"ours": "no"}),
        ("big: 1e3", {"big": "1e3"}),
        ("key: value # a comment", {"key": "value"}),
        ("key:", {"key": None}),
        ("key: ~", {"key": None}),
        ("<<: {a: b}", {"<<": {"a": "b"}}),
        ('key: "  a  "', {"key": "  a  "}),
        ("who: [officer, line manager of owner]", {"who": ["officer", "line manager of owner"]}),
    ],
)
def test_plain_words_stay_words(tmp_path: Path, text: str, expected: dict[str, Any]) -> None:
    assert read(written(tmp_path, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "council.yaml: Found no keys, expected a mapping such as “council: {…}”."),
        ("# nothing but a comment", "council.yaml: Found no keys, expected a mapping such as “council: {…}”."),
        ("- a list", "council.yaml: Found no keys, expected a mapping such as “council: {…}”."),
        ("just words", "council.yaml: Found no keys, expected a mapping such as “council: {…}”."),
        ("a: 1\nb: 2\na: 3", "council.yaml: Line 3, column 1: found “a” twice; expected each key once."),
        ("x: {a: 1, a: 2}", "council.yaml: Line 1, column 11: found “a” twice; expected each key once."),
        ("a: &x 1\nb: *x", "council.yaml: Line 2, column 4: found an alias, expected the words themselves."),
        ("? [a, b]\n: c", "council.yaml: Line 1, column 3: found a list or a mapping as a key, expected a word."),
        ("? {a: b}\n: c", "council.yaml: Line 1, column 3: found a list or a mapping as a key, expected a word."),
        ("a: 1\n---\nb: 2", "council.yaml: Line 2, column 1: found a second document (“---”), expected one."),
        ("a: [1", "council.yaml: Line 1, column 6: found no end of the list or the braces, expected “,” or “]”."),
        ("a:\n\t- b", "council.yaml: Line 2, column 1: found a tab, expected spaces."),
        (
            "a: b: c",
            "council.yaml: Line 1, column 5: found a second “:”, or a line that is indented too far; "
            "expected words with a colon between quotation marks.",
        ),
        (
            "a:\n  b: 1\n c: 2",
            "council.yaml: Line 3, column 2: found words that do not fit: expected the same indentation as the lines "
            "beside it, and no missing quotation mark.",
        ),
        (
            "a: 1\nb\nc: 2",
            "council.yaml: Line 3, column 1: found no “:” after these words, expected such as “title: …”.",
        ),
        (
            "a: @b",
            "council.yaml: Line 1, column 4: found “@” where words begin, expected the words between quotation marks.",
        ),
    ],
)
def test_what_is_not_a_mapping_of_words_gets_one_sentence_with_its_place(
    tmp_path: Path, text: str, expected: str
) -> None:
    assert sentence(written(tmp_path, text)) == expected


@pytest.mark.parametrize(
    "tagged",
    [
        *(
            "!!timestamp 2019-02-30",
            "!!timestamp abc",
            "!!int abc",
            "!!float x",
            "!!bool maybe",
            "!!binary abc",
            "!!map a",
        ),
        *("!!set {a}", "!!omap [a: b]", "!!pairs [a]", "!!python/object:os.system {}", "!own x", "!!str 3", "! 3"),
        "!!int " + "9" * 5000,
    ],
)
@pytest.mark.parametrize("place", ["a: {}", "{}: a", "- {}"])
def test_a_tag_is_refused_wherever_it_stands(tmp_path: Path, tagged: str, place: str) -> None:
    assert "found a tag (“!…”), expected the words themselves." in sentence(
        written(tmp_path, place.replace("{}", tagged))
    )


BOMB = "a: &a [x]\n" + "".join(f"{b}: &{b} [*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (bytes(range(256)), "The file is not YAML text in UTF-8"),
        (
            "key: x\nname: Mèdway".encode("latin-1"),
            "Line 2, column 8: found “è” as older Windows programs write it, expected UTF-8: save the file again",
        ),
        (b"a: \x00", "The file is not YAML text in UTF-8"),
        (b"[" * 5000, "The file is nested too deeply to be read"),
        (b"a: " + b"{a: " * 5000, "The file is nested too deeply to be read"),
        (b"a: " + b"x" * LARGEST, "The file is larger than 2 MB"),
        (BOMB.encode(), "found an alias"),
    ],
    ids=["bytes", "latin", "nul", "lists", "mappings", "huge", "bomb"],
)
def test_what_is_no_text_of_ours_gets_one_sentence(tmp_path: Path, raw: bytes, expected: str) -> None:
    assert expected in sentence(written(tmp_path, raw))


def test_a_file_that_is_not_there_or_is_a_folder_gets_one_sentence(tmp_path: Path) -> None:
    assert (
        sentence(tmp_path / "nope.yaml") == f"{tmp_path}/nope.yaml: The file cannot be read: No such file or directory."
    )
    assert sentence(tmp_path).endswith(": The file cannot be read: Is a directory.")


def test_a_name_no_file_can_have_gets_one_sentence(tmp_path: Path) -> None:
    assert (
        sentence(tmp_path / "a\0b.yaml") == f"{tmp_path}/a?b.yaml: The file cannot be read: no file can have this name."
    )


def test_a_fault_is_one_printable_line() -> None:
    fault = error("a\nb.yaml", "x\x1b[31m", "Found “a\r\nb”.")
    assert str(fault) == "a?b.yaml: x?[31m: Found “a??b”."
    assert str(warning("a.yaml", "", "Text.")) == "a.yaml: Text."


@looks_at(300)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=100).map(lambda text: text.encode(errors="replace")),
        st.text("ab:-{}[]&*!?|>'\"#%@`,\n\t ~<0", max_size=60).map(lambda text: text.encode(errors="replace")),
    )
)
def test_any_bytes_give_a_mapping_or_one_sentence(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = written(tmp_path_factory.getbasetemp(), raw)
    try:
        assert isinstance(read(path), dict)
    except BadInput as bad:
        (fault,) = bad.faults
        assert fault.text.endswith(".")
        assert str(fault).isprintable()


# A container engine reads what lies in config/cluster, and nothing of ours does.
OURS = sorted(file for file in (ROOT / "config").rglob("*.yaml") if file.parent.name != "cluster")
MARKS = st.text("ab:-{}[]?|>'\"#%@`,\n\t ~<0\u0085\u2028\ufeffé", max_size=60)


def slowly(raw: bytes) -> object:
    """Give the loader in Python, which stands for what a file means; None where it refuses the file."""
    try:
        return yaml.load(raw, Loader=_PlainLoader)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return None


def read_alike(raw: bytes) -> bool:
    """Tell whether the loader in C leaves these bytes to the one in Python, or reads in them what that one reads."""
    try:
        fast = yaml.load(raw, Loader=_FastLoader) if _is_plain(raw) else None  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return True
    return not isinstance(fast, dict) or fast == slowly(raw)


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.stem)
def test_our_own_files_are_read_fast_and_alike(file: Path) -> None:
    assert _is_plain(file.read_bytes())
    assert read_alike(file.read_bytes())


@looks_at(400)
@given(MARKS)
def test_the_fast_loader_reads_nothing_otherwise(text: str) -> None:
    assert read_alike(text.encode())


@looks_at(100)
@given(st.data())
def test_a_damaged_timeline_is_read_alike(data: st.DataObject) -> None:
    lines = (ROOT / "config/timelines/medway-2019.yaml").read_text().splitlines()[:60]
    at = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[at])))
    lines[at] = lines[at][:column] + data.draw(MARKS) + lines[at][column:]
    assert read_alike("\n".join(lines).encode())


@pytest.mark.parametrize("deep", [DEEPEST, DEEPEST + 1, 100_000])
def test_the_fast_loader_never_sees_what_would_crash_it(deep: int) -> None:
    assert _is_plain(b"[" * deep + b"]" * deep) == (deep <= DEEPEST)


@pytest.mark.parametrize("text", ['title: "Board\\0"', 'title: "Board\\x07"', '"ti\\0tle": Board', 'a: [{b: "\\x9b"}]'])
def test_a_control_character_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    """Test that YAML has escapes for them; no database, mail or page takes what they stand for."""
    file = tmp_path / "timeline.yaml"
    file.write_text(f"council: Exampleshire\n{text}\n")
    with pytest.raises(BadInput) as refused:
        read(file)
    (fault,) = refused.value.faults
    assert fault.text.startswith("Line 2, column ")
    assert fault.text.endswith(": found a control character, expected plain words.")
