"""Test a year of sixty councils that nobody has met: every kind, published on the worst days there are."""

import pytest

from tests.councils.invented import HOW_MANY, invented
from tests.councils.laws import LAWS
from tests.support.rotation import part


@pytest.mark.slow("rehearses a year of a council twice, and writes its mails; all sixty in make test-long")
@pytest.mark.parametrize("number", part(range(HOW_MANY), one_in=60))
def test_the_laws_hold_for_a_council_of_every_kind(number: int) -> None:
    of = invented(number)
    broken = {law.__name__: list(law(of))[:5] for law in LAWS}
    assert {name: lines for name, lines in broken.items() if lines} == {}, of.why
