"""Test whatever stands in a timeline or a rule pack: a plan, or sentences; and never a traceback."""

import contextlib
import copy
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cli.main import run
from config.load import RULES, examine
from config.timeline_files import plain_yaml
from config.timeline_files.faults import FaultLevel
from tests.support.fuzzing import looks_at
from tests.support.stated import MEDWAY
from tests.timeline.literals import at, day
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan

ON = date(2019, 8, 27)
TIMELINE, PACK = MEDWAY.read_bytes(), (RULES / "england-ilacs.yaml").read_bytes()
BYTES = [b"", b"\n", b":", b"- ", b"{", b"}", b"[", b"'", b'"', b"#", b"\t", b"\0", b"\xff", b"\xef\xbb\xbf", b"\r\n"]
BYTES += [b"&x ", b"*x", b"<<: ", b"!!int ", b"? ", b"|\n", b">-\n", b"---\n", b"...\n", b"%YAML 9.9\n", b"0000-00-00"]
BYTES += [b".nan", b"9" * 400, b"1e999", b"2019-02-30", b"\xe2\x80\xa8", b"\x1b[31m", b"0x7f", b"~", b"true"]
SNIPPETS = [b"", b"\n", b" ", b":", b"- ", b"{", b"}", b"[", b"]", b"'", b'"', b"#", b",", b"~", b"\t", b"\0", b"\xff"]
SNIPPETS += [b"0", b"99999", b"-1", b"null", b"true", b"D", b"*x", b"&x ", b"!!int ", b"due", b"owner", b"after"]
SNIPPETS += [b"before", b"director", b"lead_member", b"cancelled", b"report_received", b"known: ", b"2019-02-30"]
SNIPPETS += [b"until: 2019-01-01, ", b"9999-12-31", b"quarterly from ", b" or next working day", b"on the day at 25:00"]
SNIPPETS += [b"monthly on the 2nd tuesday"]
WORDS = ["0000-00-00", "9999-12-31", "2199-12-31", "1900-01-01", ".nan", ".inf", "-1", "0", "9" * 400, "1e999", "", " "]
WORDS += ["x" * 600, "\u2028", "\x85", "١", "due", "owner", "director", "lead_member", "monitoring-visit/1", "plan/0"]
WORDS += ["2019-08-27T09:30", "2019-08-27T09:30+99:99", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "never"]
WORDS += ["999 working days", "0 working days", "25:00", "08:30Z", "24:00", "quarterly from x", "by plo-panel", "like"]
WORDS += ["9999 years before report_received", "9999 working days after report_received", "monthly on the 2nd tuesday"]
WORDS += ["by action-plan or next working day", "RRULE:FREQ=DAILY from report_received", "every 1 day from inspection"]
WORDS += ["between 6 and 2 months after report_received", "between 0 and 9999 months after x", "1 day after actions"]

Path_ = tuple[str | int, ...]


def paths(node: Any, here: Path_ = ()) -> Iterator[Path_]:
    """Tell where every node of a file stands."""
    yield here
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inside:
        yield from paths(value, (*here, key))


def found_at(node: Any, path: Path_) -> Any:
    for key in path:
        node = node[key]
    return node


READ = tuple(plain_yaml.read(path) for path in (MEDWAY, RULES / "england-ilacs.yaml"))
NODES = [found_at(file, path) for file in READ for path in paths(file)]
nested = st.integers(1, 200).map(lambda deep: yaml.safe_load("[" * deep + "]" * deep))
values = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(NODES),
    st.none(),
    st.text(max_size=20),
    nested,
    st.recursive(st.sampled_from(WORDS), lambda each: st.lists(each) | st.dictionaries(st.sampled_from(WORDS), each)),
)


@st.composite
def other_nodes(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """Give both files with a few duties of the pack, and nodes replaced, taken away, doubled or renamed in one
    of them.
    """
    files = [copy.deepcopy(file) for file in READ]
    duties = files[1]["obligations"]
    few = draw(st.lists(st.sampled_from(sorted(duties)), min_size=1, max_size=3, unique=True))
    files[1]["obligations"] = {key: duties[key] for key in [*few, "action-plan"]}
    which = draw(st.integers(0, 1))
    for _ in range(draw(st.integers(1, 3))):
        _change(draw, files[which])
    raw = [yaml.dump(file, Dumper=Plain, allow_unicode=draw(st.booleans()), sort_keys=False).encode() for file in files]
    return raw[0], raw[1]


class Plain(yaml.SafeDumper):
    """Write without anchors, which are refused: nodes that stand twice are written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _change(draw: st.DrawFn, file: Any) -> None:
    path = draw(st.sampled_from([path for path in paths(file) if path] or [()]))
    if not path:
        return
    inside, key = found_at(file, path[:-1]), path[-1]
    match draw(st.sampled_from(["replace", "replace", "replace", "drop", "double", "rename"])):
        case "drop":
            del inside[key]
        case "double" if isinstance(inside, list):
            inside.append(copy.deepcopy(inside[int(key)]))
        case "rename" if isinstance(inside, dict):
            inside[draw(st.sampled_from(WORDS))] = inside.pop(key)
        case _:
            inside[key] = copy.deepcopy(draw(values))


@st.composite
def other_bytes(draw: st.DrawFn, both: bool = True) -> tuple[bytes, bytes]:
    """Give the real files with a few bytes replaced, cut out or put in, or written in another encoding."""
    raw = [TIMELINE, PACK]
    which = draw(st.integers(0, 1)) if both else 0
    text = raw[which]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        new = draw(st.one_of(st.sampled_from(BYTES), st.binary(max_size=3)))
        text = text[:start] + new + text[start + draw(st.sampled_from([0, 0, 1, 5, 200])) :]
    raw[which] = text
    if draw(st.integers(0, 9)) == 0:
        encoding = draw(st.sampled_from(["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp037"]))
        raw[which] = text.decode(errors="replace").encode(encoding, errors="replace")
    return raw[0], raw[1]


@st.composite
def other_words(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """Give the real files with a few words replaced, cut out, doubled or moved in one of them."""
    raw = [TIMELINE, PACK]
    which = draw(st.integers(0, 1))
    text = raw[which]
    for _ in range(draw(st.integers(1, 3))):
        words = [match.span() for match in re.finditer(rb"[^\s{},:\[\]]+|[{},:\[\]]|\n", text)]
        start, end = draw(st.sampled_from(words))
        other_start, other_end = draw(st.sampled_from(words))
        new = draw(st.sampled_from([draw(st.sampled_from(SNIPPETS)), text[other_start:other_end]]))
        text = text[:start] + new + text[end:]
    raw[which] = text
    return raw[0], raw[1]


def is_sentence(text: str) -> None:
    assert text.isprintable(), text
    assert text.endswith((".", "?")), text
    assert not re.search(r"Traceback|validation error|pydantic|instance of|<class", text), text


def a_plan_or_sentences(folder: Path, files: tuple[bytes, bytes]) -> tuple[Occurrence, ...] | None:
    """Tell what is planned from the files; None if there are faults, each with its sentence."""
    timeline_file, pack_file = folder / "council.yaml", folder / "england-ilacs.yaml"
    timeline_file.write_bytes(files[0])
    pack_file.write_bytes(files[1])
    timeline, faults = examine(timeline_file, on=ON, rules=folder)
    for fault in faults:
        is_sentence(str(fault))
        assert fault.text[0].isupper() or fault.text[0] in "“0123456789", fault
        assert str(fault).startswith((timeline_file.name, pack_file.name, str(timeline_file))), fault
    errors = [fault for fault in faults if fault.level is FaultLevel.ERROR]
    assert errors or timeline
    if timeline is None or errors:
        return None
    return tuple(plan(timeline, at=at("Fri 18 Oct 2019 07:30"), until=day("Fri 28 Feb 2020")))


@looks_at(60)
@given(other_nodes())
@pytest.mark.slow("plans a council for each of many files")
def test_files_with_any_node_changed_give_a_plan_or_sentences(tmp_path: Path, files: tuple[bytes, bytes]) -> None:
    a_plan_or_sentences(tmp_path, files)


@looks_at(60)
@given(other_bytes())
def test_files_with_any_bytes_changed_give_a_plan_or_sentences(tmp_path: Path, files: tuple[bytes, bytes]) -> None:
    a_plan_or_sentences(tmp_path, files)


@looks_at(150)
@given(other_words())
@pytest.mark.slow("plans a council for each of many files")
def test_files_with_any_words_changed_give_a_plan_or_sentences(tmp_path: Path, files: tuple[bytes, bytes]) -> None:
    assert a_plan_or_sentences(tmp_path, files) != ()


@looks_at(120)
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_in_place_of_a_file_give_sentences(tmp_path: Path, raw: bytes, in_pack: bool) -> None:
    assert a_plan_or_sentences(tmp_path, (TIMELINE, raw) if in_pack else (raw, PACK)) is None


@pytest.mark.parametrize(
    "raw",
    [
        TIMELINE.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + TIMELINE,
        TIMELINE.decode().encode("utf-16"),
        TIMELINE + b"# " + b"x" * 2_100_000,
        TIMELINE + b"closure_days: [" + b"{on: 2019-12-27, name: closed}, " * 2000 + b"]\n",
        TIMELINE + b"rules: " + b"{a: " * 400 + b"x" + b"}" * 400,
        TIMELINE.replace(b"2019", b"0000"),
        TIMELINE.replace(b"2019", b"9999"),
    ],
    ids=["crlf", "bom", "utf-16", "large", "many", "deep", "year 0", "year 9999"],
)
def test_files_of_unusual_makes_give_a_plan_or_sentences(tmp_path: Path, raw: bytes) -> None:
    a_plan_or_sentences(tmp_path, (raw, PACK))


@pytest.mark.slow("the command itself, on each drawn file")
@looks_at(12)
@given(st.one_of(other_bytes(both=False), other_nodes()))
def test_check_of_any_file_ends_with_a_code_and_sentences(tmp_path: Path, files: tuple[bytes, bytes]) -> None:
    (tmp_path / "council.yaml").write_bytes(files[0])
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(["check", str(tmp_path / "council.yaml")])
    assert code in (0, 1, 2)
    assert bool(err.getvalue()) == (code == 2)
    for line in (out.getvalue() + err.getvalue()).splitlines():
        is_sentence(line)
