"""Test that the order of facts holds in `record` for a council that was applied before its pack stated one."""

from dataclasses import replace

import pytest

from tasks.changes.record import Refused, refuse
from tests.config.medway import medway
from tests.timeline.builders import fact


def test_a_council_applied_before_is_held_to_the_order_of_the_installed_pack() -> None:
    before = replace(medway(), council=replace(medway().council, fact_order=()))
    early = fact("action_plan_reply", "Mon 26 Aug 2019", known="Mon 2 Dec 2019 09:00")
    with pytest.raises(Refused, match=r"“action_plan_reply” .* cannot come before “report_published”"):
        refuse(early, before, ())


def test_a_fault_that_two_chains_find_is_said_once() -> None:
    early = fact("visit_confirmed", "Tue 13 Aug 2019", of="monitoring-visit/1", known="Mon 2 Dec 2019 09:00")
    with pytest.raises(Refused) as refused:
        refuse(early, medway(), ("monitoring-visit/1",))
    assert str(refused.value).count("cannot come before “report_published”") == 1
