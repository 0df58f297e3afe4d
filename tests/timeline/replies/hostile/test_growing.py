"""Test a few of the mails that `make fuzz` grows for ten minutes: none is too much for its reader."""

import random

from tasks.reading import bounded
from tests.timeline.replies.hostile.growing import PLACES, read, seed, words_of_patterns


def test_a_mail_that_is_filled_with_the_same_is_read() -> None:
    dice, words = random.Random(7), words_of_patterns()  # noqa: S311 (drawn for a test)
    for place in [*PLACES, *PLACES]:
        given = seed(dice, words)._replace(place=place, letters=dice.choice((4_000, 30_000)))
        _, reading = read(given)
        assert reading.why != bounded.TOO_MUCH, given
        assert reading.why.endswith("."), given
