"""`daymark monday`: what the director's Monday mail would say; nothing is written or sent."""

from tests.cli.house import Commands
from tests.harness import World, snapshot


def test_it_prints_the_mail_of_a_day_and_writes_nothing(house: World, daymark: Commands) -> None:
    before = snapshot(house.store)
    said = daymark("monday", "--on", "2019-09-02")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Dear Director of People,\n\nThe week from Monday 2 September, by duty.")
    assert "For you to decide or sign: " in said.out
    assert "Reference" not in said.out
    assert "«" not in said.out
    assert snapshot(house.store) == before
    house.expect_no_mail()


def test_on_a_day_without_one_it_says_why(house: World, daymark: Commands) -> None:
    said = daymark("monday", "--on", "2019-08-31")
    assert (said.code, said.err) == (0, "Nothing is sent today: a Saturday.\n")
    assert "Dear Director of People" in said.out


def test_left_out_the_day_is_today(house: World, daymark: Commands) -> None:
    assert "The week from Tuesday 27 August" in daymark("monday").out


def test_a_day_that_is_none_is_wrong_use(house: World, daymark: Commands) -> None:
    said = daymark("monday", "--on", "monday")
    assert said.code == 2
    assert len(said.faults) == 1


def test_beyond_the_calendar_is_one_sentence(house: World, daymark: Commands) -> None:
    said = daymark("monday", "--on", "2099-01-05")
    assert said.code == 2
    assert said.err.startswith("The bank holidays of ")
