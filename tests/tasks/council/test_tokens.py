"""Test tokens: derived, so that a resend is identical; bound to everything; kept as SHA-256 only."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tasks.council.tokens import derive, token_hash
from tests.harness import World, snapshot, tokens
from tests.timeline.literals import day
from timeline.delivery.messages import TokenClaims

SECRET = b"a-secret-of-the-tests-which-nobody-can-guess"
OF = TokenClaims(person="ann", milestone="plo-panel/1/cases", due_on=day("Tue 3 Sep 2019"))


def test_the_same_binding_gives_the_same_token_of_sixteen_characters() -> None:
    assert derive(SECRET, "medway", OF) == derive(SECRET, "medway", replace(OF))
    assert re.fullmatch(r"[a-z2-7]{16}", derive(SECRET, "medway", OF))


@pytest.mark.parametrize(
    "other",
    [
        replace(OF, person="bob"),
        replace(OF, milestone="plo-panel/1/papers"),
        replace(OF, due_on=day("Wed 4 Sep 2019")),
        replace(OF, due_on=None),
        replace(OF, generation=1),
        replace(OF, message="mail/ann/1"),
        replace(OF, person="", milestone="annplo-panel/1/cases"),
        replace(OF, person="annplo-panel/1/cases", milestone=""),
    ],
)
def test_another_binding_gives_another_token(other: TokenClaims) -> None:
    assert derive(SECRET, "medway", other) != derive(SECRET, "medway", OF)


def test_another_council_or_another_secret_gives_another_token() -> None:
    assert len({derive(SECRET, "medway", OF), derive(SECRET, "arden", OF), derive(b"x" * 32, "medway", OF)}) == 3


def test_what_is_kept_is_the_sha256() -> None:
    assert token_hash("abcdefgh23456777") == hashlib.sha256(b"abcdefgh23456777").hexdigest()


def test_no_token_stands_in_the_database(tmp_path: Path) -> None:
    """Test that whoever reads the database, or a backup of it, can answer for nobody."""
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.live("Wed 28 Aug 2019 08:30", "plo-panel")
        (token,) = tokens(world.expect_mail(to="performance_lead"))
        tables = snapshot(world.store)
        assert any(token_hash(token) in row for row in tables["token"])
        assert [name for name, rows in tables.items() if any(token in row for row in rows)] == []
