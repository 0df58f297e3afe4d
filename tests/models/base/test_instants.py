"""Test the one column type for instants, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pendulum
import pytest
from sqlalchemy import Column, Connection, Engine, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from models.tables.base import Instant
from tests.timeline.literals import at

CASES = {
    "in summer time": (at("Tue 27 Aug 2019 08:30"), datetime(2019, 8, 27, 7, 30, tzinfo=UTC)),
    "in winter time": (at("Thu 14 Nov 2019 08:30"), datetime(2019, 11, 14, 8, 30, tzinfo=UTC)),
    "before the clocks go back": (
        at("Sun 27 Oct 2019 01:30").replace(fold=0),
        datetime(2019, 10, 27, 0, 30, tzinfo=UTC),
    ),
    "after the clocks went back": (
        at("Sun 27 Oct 2019 01:30").replace(fold=1),
        datetime(2019, 10, 27, 1, 30, tzinfo=UTC),
    ),
    "to the microsecond": (
        datetime(2019, 3, 31, 0, 59, 59, 999999, tzinfo=UTC),
        datetime(2019, 3, 31, 0, 59, 59, 999999, tzinfo=UTC),
    ),
    "of pendulum": (
        pendulum.datetime(2019, 8, 27, 8, 30, tz="Europe/London"),
        datetime(2019, 8, 27, 7, 30, tzinfo=UTC),
    ),
}


INSTANTS = Table("instants", MetaData(), Column("at", Instant), prefixes=["TEMPORARY"])


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        INSTANTS.create(connection)
        yield connection
        connection.rollback()


@pytest.mark.parametrize(("given", "expected"), CASES.values(), ids=CASES)
def test_an_instant_comes_back_aware_and_in_utc(given: datetime, expected: datetime, connection: Connection) -> None:
    connection.execute(insert(INSTANTS).values(at=given))
    outcome = connection.execute(select(INSTANTS.c.at).where(INSTANTS.c.at == given)).scalar_one()
    assert outcome == expected
    assert outcome.tzinfo is UTC
    assert type(outcome) is datetime


def test_an_instant_without_a_zone_is_refused(connection: Connection) -> None:
    naive = datetime(2019, 11, 14, 8, 30)  # noqa: DTZ001 (that is the point)
    with pytest.raises(StatementError, match="2019-11-14T08:30:00 has no time zone"):
        connection.execute(insert(INSTANTS).values(at=naive))


def test_no_instant_is_no_instant(connection: Connection) -> None:
    connection.execute(insert(INSTANTS).values(at=None))
    assert connection.execute(select(INSTANTS.c.at)).scalar_one() is None


def test_instants_are_compared_as_instants_whatever_the_zone_they_came_in(connection: Connection) -> None:
    connection.execute(insert(INSTANTS).values(at=at("Tue 27 Aug 2019 08:30")))
    earlier = select(INSTANTS.c.at).where(INSTANTS.c.at < datetime(2019, 8, 27, 7, 30, tzinfo=UTC))
    until = select(INSTANTS.c.at).where(INSTANTS.c.at <= datetime(2019, 8, 27, 7, 30, tzinfo=UTC))
    assert connection.execute(earlier).all() == []
    assert len(connection.execute(until).all()) == 1
