"""Test whatever is typed after `daymark date`: an answer, or one sentence for each fault and exit code 2."""

import contextlib
import io
import os
import re
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cli.main import run
from config.settings import ROOT
from tests.cli.house import Said
from tests.support.fuzzing import looks_at
from tests.timeline.rules.test_fuzz_rules import ODD, VALID, mutated

# A terminal gives no surrogates but those of bytes that are no UTF-8, which a process of its own gets below.
texts = st.text(st.characters(exclude_categories=["Cs"]))
rules = st.one_of(mutated(), st.sampled_from(VALID), texts).map(lambda text: re.sub("[\ud800-\udfff]", "?", text))
odd = st.sampled_from([each for each in ODD if each != "\ud800"])
days = st.one_of(st.dates().map(str), odd, texts, st.sampled_from(["2019-08-21", "today", "", " 2019-08-21 "]))
facts = st.one_of(st.builds("{}={}".format, st.sampled_from(["report_received", "due", "days", "x y"]), days), texts)
options = st.one_of(
    st.tuples(st.just("--fact"), facts),
    st.tuples(st.just("--holiday"), days),
    st.tuples(st.sampled_from(["--from", "--to"]), days),
    st.just(("--json",)),
    st.tuples(odd.map(lambda text: f"--{text}")),
)


def said(*arguments: str) -> Said:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(["date", *arguments])
    return Said(code, out.getvalue(), err.getvalue())


def is_an_answer_or_sentences(told: Said, at_most: int) -> None:
    assert told.code in (0, 1, 2)
    assert "Traceback" not in told.out + told.err
    if told.code != 2:
        assert told.err == ""
        return
    assert told.out == ""
    assert told.err.endswith("\n")
    faults = told.err[:-1].split("\n")
    assert 1 <= len(faults) <= at_most, faults
    for fault in faults:
        assert fault.isprintable(), fault
        assert fault.endswith((".", "?")), fault


@looks_at(250)
@given(rules)
@example("")
@example("--")
@example("-x\n")
@example("--json\n")
@example("--js\x1b[31m")
def test_any_rule_gives_an_answer_or_one_sentence(rule: str) -> None:
    is_an_answer_or_sentences(said(rule), 1)


@looks_at(250)
@given(rules, st.lists(options, max_size=4))
@example("by x", [("--fact", "a\nb")])
@example("by x", [("--fact", "\x1b[31mx=2019-01-01")])
@example("by x", [("--from", "2\n0")])
def test_any_options_give_an_answer_or_one_sentence_each(rule: str, given_options: list[tuple[str, ...]]) -> None:
    # One for the rule, one for each option, and one when they do not go together.
    typed = [argument for option in given_options for argument in option]
    is_an_answer_or_sentences(said(*typed, "--", rule), 2 + len(given_options))


@pytest.mark.parametrize("octets", [b"by \xff\xfe", b"--\xff", b"\xc3\x28 days after x", b"--fact=\xff=2019-01-01"])
def test_bytes_that_are_no_text_give_one_sentence(octets: bytes) -> None:
    command = [os.fsencode(sys.executable), b"-m", b"cli.main", b"date", octets, b"by 2019-12-01"]
    ended = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    is_an_answer_or_sentences(Said(ended.returncode, ended.stdout.decode(), ended.stderr.decode()), 1)
