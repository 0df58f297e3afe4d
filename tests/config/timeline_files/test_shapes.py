"""Test a fault in the shape of a file: one sentence each, with its file and key."""

from pathlib import Path

import pytest

from config.timeline_files.faults import FaultLevel
from tests.config.files import PACK, TIMELINE, Examined, broken, examined


def is_told(result: Examined, file: str, key: str, text: str) -> None:
    """See that nothing is read, and of this key one error is told, with this text."""
    assert result.timeline is None
    (fault,) = (fault for fault in result.faults if fault.key == key)
    assert (fault.file, fault.level) == (file, FaultLevel.ERROR)
    assert text in fault.text


@pytest.mark.parametrize(
    ("old", "new", "key", "text"),
    [
        ("pack: small\n", "pack: small\npacks: small\n", "packs", "This key is not known here. Did you mean “pack”?"),
        ("key: council,", "key: council, colour: red,", "council.colour", "This key is not known here."),
        ("name: The Council, ", "", "council.name", "This key is missing."),
        (
            "key: council,",
            "key: The Council,",
            "council.key",
            "Found “The Council”, expected small letters, digits, “-” and “_” after a first letter, such as “plo-",
        ),
        (
            "council: {key: council, name: The Council, programme_lead: manager}",
            "council: Medway",
            "council",
            "Found “Medway”, expected keys, each with what it means, such as “{key: …, name: …}”.",
        ),
        (
            "key: council,",
            "key: council, mail_at: half past eight,",
            "council.mail_at",
            "Found “half past eight”, expected a time such as 08:30.",
        ),
        (
            "anna@council.example",
            "anna at council",
            "people.anna.address",
            "Found “anna at council”, expected an address such as officer@council.example.",
        ),
        (
            "name: Anna",
            "name: [Anna]",
            "people.anna.name",
            "Found “['Anna']”, expected words.",
        ),
        ("name: Anna", "name: ''", "people.anna.name", "Found “”, expected words."),
        (
            "  anna: {",
            "  Anna: {",
            "people.Anna",
            "Found “Anna”, expected small letters, digits, “-” and “_” after a first letter, such as “plo-panel”.",
        ),
        (
            "holds: officer",
            "holds: [[officer]]",
            "people.anna.holds[0]",
            "Found “['officer']”, expected keys, each with what it means, such as “{post: …}”.",
        ),
        (
            "on: 2019-08-21",
            "on: 27/08/2019",
            "facts[0].on",
            "Found “27/08/2019”, expected a day from 1900 to 2199 that exists, written 2019-08-27.",
        ),
        *(
            (
                "on: 2019-08-21",
                f"on: {impossible}",
                "facts[0].on",
                f"Found “{impossible}”, expected a day from 1900 to 2199 that exists, such as 2019-08-27.",
            )
            for impossible in (
                *("2019-02-30", "2019-13-01", "1899-12-31", "2200-01-01", "2019-8-7", "soon"),
                *("1566864000", "2019-08-21T09:00", "0"),
            )
        ),
        *(
            (
                "known: 2019-08-21",
                f"known: {impossible}",
                "facts[0].known",
                f"Found “{impossible}”, expected a day from 1900 to 2199 that exists, such as 2019-08-27.",
            )
            for impossible in ("2019-02-30", "2019-08-21T25:00+01:00", "9:00")
        ),
        (
            "known: 2019-08-21",
            "known: 0001-01-01T00:00+14:00",
            "facts[0].known",
            "expected a day from 1900 to 2199 that exists",
        ),
        (
            "known: 2019-08-21",
            "known: 2019-08-21T09:00",
            "facts[0].known",
            "Found “2019-08-21T09:00”, expected an offset too, such as 2019-08-27T09:30+01:00.",
        ),
        (
            "pack: small\n",
            "pack: small\nshadow_until: always\n",
            "shadow_until",
            "Found “always”, expected a day from 1900 to 2199 that exists, such as 2019-08-27.",
        ),
        ("by: Officer, ", "", "facts[0].by", "This key is missing."),
        ("source: paragraph 6.1", "inferred: perhaps", "facts[0].source", "This key is missing."),
        (
            "source: paragraph 6.1",
            "source: paragraph 6.1, inferred: perhaps",
            "facts[0].inferred",
            "Found “perhaps”, expected true or false.",
        ),
        (
            "pack: small\n",
            "pack: small\nproclaimed_bank_holidays: [{on: 2019-10-07, name: A wedding}]\n",
            "proclaimed_bank_holidays[0].source",
            "This key is missing.",
        ),
        (
            "pack: small\n",
            "pack: small\nclosure_days: 2019-12-27\n",
            "closure_days",
            "Found “2019-12-27”, expected a list.",
        ),
        ("pack: small\n", "pack: smal\n", "pack", "There is no rule pack “smal”; expected council or small."),
        (
            "pack: small\n",
            "pack: ../small\n",
            "pack",
            "Found “../small”, expected small letters, digits, “-” and “_” after a first letter, such as “plo-panel”.",
        ),
    ],
)
def test_a_fault_in_the_shape_of_a_timeline(tmp_path: Path, old: str, new: str, key: str, text: str) -> None:
    is_told(examined(tmp_path, timeline=broken(TIMELINE, (old, new))), "council.yaml", key, text)


@pytest.mark.parametrize(
    ("old", "new", "key", "text"),
    [
        ("version: 1\n", "version: one\n", "version", "Found “one”, expected a whole number."),
        ("version: 1\n", "version: 0\n", "version", "Found “0”, expected greater than or equal to 1."),
        ("    class: A\n", "    class: E\n", "obligations.plan.class", "Found “E”, expected 'A', 'B', 'C' or 'D'."),
        ("    class: A\n", "", "obligations.plan.class", "This key is missing."),
        ("kind: visit", "kind: party", "obligations.visit.kind", "Found “party”, expected 'submission', 'meeting', "),
        ("status: local", "status: sure", "obligations.panel.status", "Found “sure”, expected 'verified', "),
        ("level: director,", "level: boss,", "posts.director.level", "Found “boss”, expected 'officer', "),
        (
            "every: 2 working days",
            "every: 2 days",
            "ladders.usual.rungs[2].every",
            "Found “2 days”, expected such as “5 working days”.",
        ),
        ("times: 3", "times: 51", "ladders.usual.rungs[2].times", "Found “51”, expected less than or equal to 50."),
        (
            "to: owner, unless: acknowledged",
            "to: owner, unless: asleep",
            "ladders.usual.rungs[0].unless",
            "Found “asleep”, expected 'acknowledged' or 'done'.",
        ),
        ("to: owner, unless", "to: [], unless", "ladders.usual.rungs[0].to", "expected at least one entry."),
        ("      papers: {", "      Papers: {", "obligations.panel.milestones.Papers", "Found “Papers”, expected small"),
        (
            "    ladder: usual\n",
            "    lader: usual\n",
            "obligations.plan.lader",
            "This key is not known here. Did you mean “ladder”?",
        ),
    ],
)
def test_a_fault_in_the_shape_of_a_rule_pack(tmp_path: Path, old: str, new: str, key: str, text: str) -> None:
    is_told(examined(tmp_path, pack=broken(PACK, (old, new))), "small.yaml", key, text)
