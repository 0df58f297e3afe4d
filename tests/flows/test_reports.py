"""Ask the flow of reports: it says of each report how it stands and where it is, and keeps and sends nothing."""

from datetime import date

import pytest

from flows import reports as making
from flows.forms.form import read
from flows.reports import Reporting
from tasks.changes.record import Refused
from tests.harness import World, snapshot
from timeline.reports.kinds import KINDS


def test_the_form_offers_every_kind_and_takes_a_day_or_none() -> None:
    schema = Reporting.model_json_schema()["properties"]
    assert [choice.rpartition("(")[2].rstrip(")") for choice in schema["kind"]["enum"][1:]] == [*KINDS]
    assert read(Reporting, {"kind": "Report to the board (board)", "as_at": "2019-09-03"}).as_at == date(2019, 9, 3)
    assert "inspector" not in making._kinds("")
    assert making._kinds("Trail of one area, for an inspector (inspector)") == ("inspector",)
    with pytest.raises(Refused, match="There is no report “bord”; expected cabinet, "):
        making._kinds("bord")


def test_each_report_has_its_state_what_is_left_to_write_and_its_links(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with World(tmp_path_factory.mktemp("reports")) as world:
        world.apply()
        world.at("Wed 4 Sep 2019 10:00")
        before = snapshot(world.store)
        made = making._made(world.store, "training", date(2019, 9, 3), world.now)
        state, left, links = making._row(world.store, made, date(2019, 9, 3))
        assert (state, left) == ("DRAFT", "2 parts")
        page = f"{world.settings.base_url}/reports/file?kind=training&as_at=2019-09-03&council=medway&format="
        assert links == f"[Word]({page}docx), [PDF]({page}pdf)"
        early = making._made(world.store, "training", date(2019, 8, 1), world.now)
        assert [*making._row(world.store, early, date(2019, 8, 1))][:2] == ["Not made", ""]
        assert snapshot(world.store) == before


def test_a_run_makes_what_the_form_asks_for_as_at_yesterday_and_refuses_the_rest_in_a_sentence(
    prefect_api: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with World(tmp_path_factory.mktemp("reports")) as world:
        world.apply()
        world.at("Tue 1 Oct 2019 06:50")
        ran = world.run("reports", form={"kind": "Training over the year (training)"})
        said = "Medway Council: 1 report as known on Monday 30 September 2019 can be downloaded; see the artifact."
        assert (ran.type, ran.message) == ("COMPLETED", said)
        assert "There is no report “bord”" in world.run("reports", form={"kind": "bord"}).message
