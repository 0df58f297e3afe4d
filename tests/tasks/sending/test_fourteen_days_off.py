"""Test that nothing runs for fourteen days; then one catch-up message a person, no rung twice, and nobody is
forgotten.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.harness import World
from tests.support import rotation
from tests.timeline.literals import day
from timeline.escalation.prompts import LedgerEntry, PromptKey, PromptKind, PromptState
from timeline.forecast.rehearsal import rehearse

# The last morning that is lived, the morning on which it runs again, and two after it.
ORDINARY = ("Fri 1 Nov 2019", "Mon 18 Nov 2019", "Tue 19 Nov 2019", "Wed 20 Nov 2019")
CLOCKS_GO_BACK = ("Fri 18 Oct 2019", "Mon 4 Nov 2019", "Tue 5 Nov 2019", "Wed 6 Nov 2019")
CHRISTMAS = ("Thu 19 Dec 2019", "Fri 3 Jan 2020", "Mon 6 Jan 2020", "Tue 7 Jan 2020")
CLOCKS_GO_FORWARD = ("Fri 20 Mar 2020", "Mon 6 Apr 2020", "Tue 7 Apr 2020", "Wed 8 Apr 2020")

pytestmark = [
    pytest.mark.slow("lives a fortnight without Daymark, and the day after"),
    pytest.mark.parametrize(
        "days",
        rotation.part([ORDINARY, CLOCKS_GO_BACK, CHRISTMAS, CLOCKS_GO_FORWARD], one_in=4),
        ids=" to ".join,
    ),
]
Days = tuple[str, str, str, str]


def lived(world: World, *mornings: str) -> None:
    duties = [duty.key for duty in world.timeline.obligations]
    for on in mornings:
        world.live(f"{on} 08:30", *duties)


def ledger(world: World) -> dict[PromptKey, LedgerEntry]:
    entries = world.store.ledger.entries(frozenset(duty.key for duty in world.timeline.obligations))
    return {entry.key: entry for entries in entries.values() for entry in entries}


def test_one_message_a_person_and_every_owner_hears_of_what_was_missed(tmp_path: Path, days: Days) -> None:
    last, again, *after = days
    with World(tmp_path) as world:
        world.at(f"{last} 07:00").apply()
        lived(world, last)
        before = ledger(world)
        lived(world, again)

        to = Counter(opened_mail.envelope_to[0] for opened_mail in world.mails())
        assert len(to) > 5
        assert {*to.values()} == {1}

        caught_up = {key: entry for key, entry in ledger(world).items() if key not in before}
        superseded = {key for key, entry in caught_up.items() if entry.state is PromptState.SUPERSEDED}
        sent = {(key.milestone, key.person): key for key, entry in caught_up.items() if entry.state is PromptState.SENT}
        assert superseded
        # A later rung for the same person says it, and the trail says which.
        assert {(key.milestone, key.person) for key in superseded} <= {*sent}
        for key in superseded:
            said_instead = sent[key.milestone, key.person].rung
            whys = [trail.why for trail in world.store.audit.trail(key.milestone) if trail.what == "prompt superseded"]
            assert any(said_instead in why for why in whys), (key, whys)

        mails = len(world.mails(ever=True))
        lived(world, again)
        assert len(world.mails(ever=True)) == mails

        lived(world, *after)
        told = {(key.milestone, key.person) for key, entry in ledger(world).items() if entry.state is PromptState.SENT}
        assert {*_missed(world, last, again)} <= told
        assert world.store.audit.verify() is None


def _missed(world: World, last: str, again: str) -> list[tuple[str, str]]:
    """Tell whom an undisturbed council would have asked for what in the meantime."""
    council = replace(world.timeline.council, live_from=day(last), shadow_until=None)
    told = rehearse(replace(world.timeline, council=council), from_on=day(last), to_on=day(again))
    reminders = (each.prompt.key for each in told if each.prompt.kind is PromptKind.REMINDER)
    return [(key.milestone, key.person) for key in reminders]
