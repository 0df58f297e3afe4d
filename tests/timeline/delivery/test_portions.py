"""Test that what waits is decided some readers at a time, and that nothing is torn apart that belongs together."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as some

from timeline.delivery.message_groups import portions
from timeline.delivery.messages import Waiting

_NAMES = some.sampled_from("abcdefgh")
_ANY = some.lists(some.builds(Waiting, _NAMES, some.sampled_from(["t1", "t2", "t3"]), _NAMES), max_size=30)


def test_readers_come_in_their_order_until_there_are_enough_prompts() -> None:
    waiting = [Waiting(reader, f"task-{n}", reader) for n, reader in enumerate("aabbbccd")]
    assert list(portions(waiting, most=4)) == [{"a", "b"}, {"c", "d"}]
    assert list(portions(waiting, most=100)) == [{*"abcd"}]
    assert list(portions([], most=4)) == []


def test_who_reads_for_the_same_person_about_a_task_stays_together() -> None:
    """Test it after a trial run: the earlier rung goes to the programme lead, the later to the owner."""
    waiting = [Waiting("lead", "t1", "officer"), Waiting("other", "t2", "other"), Waiting("officer", "t1", "officer")]
    assert list(portions(waiting, most=1)) == [{"lead", "officer"}, {"other"}]


@given(_ANY, some.integers(1, 12))
def test_each_reader_is_in_a_single_portion_with_all_that_a_later_rung_may_repeat(
    waiting: Sequence[Waiting], most: int
) -> None:
    given_portions = list(portions(waiting, most=most))
    assert sorted(reader for portion in given_portions for reader in portion) == sorted(
        {each.deliver_to for each in waiting}
    )
    place = {reader: number for number, portion in enumerate(given_portions) for reader in portion}
    of_a_person: dict[tuple[str, str], set[int]] = {}
    for each in waiting:
        of_a_person.setdefault((each.milestone, each.person), set()).add(place[each.deliver_to])
    assert all(len(numbers) == 1 for numbers in of_a_person.values())
