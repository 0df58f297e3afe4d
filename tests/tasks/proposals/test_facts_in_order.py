"""Test that the order of facts holds at the doors: a command and a page, a file beside what was recorded, an upload."""

from pathlib import Path

import pytest

from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals.dates import recording
from tasks.proposals.proposal import Faulty
from tasks.proposals.timeline import applying
from tests.harness import World
from tests.support.stated import MEDWAY
from tests.timeline.builders import fact

LATE = fact("report_received", "Wed 28 Aug 2019", known="Mon 2 Sep 2019 10:00")


def test_a_fact_out_of_order_is_refused_and_a_slip_is_told(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Mon 2 Sep 2019 10:00").apply()
        run = CouncilRun(world.store, world.settings, world.now)
        with pytest.raises(Refused, match="cannot come before “report_received”"):
            recording(run, LATE)
        with pytest.raises(Refused, match="is still to come"):
            recording(run, fact("held", "Tue 10 Sep 2019", known="Mon 2 Sep 2019 10:00", of="plo-panel/1"))
        with pytest.raises(Refused, match="counts from “visit_confirmed”"):
            recording(run, fact("visit_confirmed", "Tue 10 Sep 2019", known="Mon 2 Sep 2019 10:00", of="plo-panel/1"))
        weekend = recording(run, fact("moved", "Sat 14 Sep 2019", known="Mon 2 Sep 2019 10:00", of="plo-panel/1"))
        assert any("which is no working day" in each.why for each in weekend.changes)
        direction = recording(run, fact("statutory_direction", "Sun 1 Sep 2019", known="Mon 2 Sep 2019 10:00"))
        assert direction.doubts == ("Sunday 1 September 2019 falls on a weekend.",)
        assert direction.notes[:1] == direction.doubts


def test_a_file_is_refused_that_does_not_agree_with_what_was_recorded(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Mon 2 Sep 2019 10:00").apply()
        run = CouncilRun(world.store, world.settings, world.now)
        recording(run, fact("action_plan_submitted", "Mon 2 Sep 2019", known="Mon 2 Sep 2019 10:00")).make(
            "Lead", world.now
        )
        published = "{fact: report_published, on: 2019-08-27, known: 2019-08-27"
        text = MEDWAY.read_text()
        assert published in text
        later = text.replace(published, published.replace("2019-08-27", "2019-09-03")).encode()
        with pytest.raises(Refused, match="Expected a file that agrees with what was recorded"):
            applying(run, "medway.yaml", later)


def test_an_uploaded_file_is_refused_whose_facts_are_out_of_order(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Mon 2 Sep 2019 10:00").apply()
        run = CouncilRun(world.store, world.settings, world.now)
        received = "{fact: report_received, on: 2019-08-21"
        wrong = MEDWAY.read_text().replace(received, "{fact: report_received, on: 2019-08-28")
        nowhere = "\n- {fact: held, for: commissioner-report/2, on: 2019-08-27, by: x, source: y}\n"
        with pytest.raises(Faulty) as faulty:
            applying(run, "medway.yaml", wrong.encode() + nowhere.encode())
        assert any("“report_published” (Tuesday 27 August 2019) cannot" in each for each in faulty.value.sentences)
        assert any("There is no “commissioner-report/2”" in each for each in faulty.value.sentences)
