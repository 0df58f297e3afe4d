"""Call the addresses of Prefect's automations: each token opens one alarm, and the programme lead hears once a day."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cli.run.first_start import pages
from tasks.assurance.alarms import alarm_token
from tests.harness import World
from timeline.window.alarms import Alarm

LEAD = "improvement_programme_lead"


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with World(tmp_path) as world:
        monkeypatch.setattr("web.machines.alarms.now", lambda: world.now)
        world.at("Tue 27 Aug 2019 07:00").apply()
        yield world.at("Wed 28 Aug 2019 10:00")


def test_an_alarm_is_told_once_a_day_and_a_wrong_token_tells_nothing(world: World) -> None:
    client = TestClient(pages(world.settings), base_url="http://localhost")
    failed, switched = (alarm_token(world.settings, alarm) for alarm in (Alarm.FAILED, Alarm.SWITCHED))

    def call(address: str, about: str = "notify", council: str = "") -> int:
        answer = client.post(f"/prefect/{address}", json={"about": about, "council": council})
        return int(answer.status_code)

    refused = [f"failed/{'a' * 16}", f"failed/{switched}", f"nothing/{failed}", "failed/short"]
    assert {call(address) for address in refused} == {404}
    assert call(f"switched/{switched}") == 204  # it was saved, and not paused
    assert call(f"failed/{failed}", council="arden") == 204
    world.expect_no_mail()
    assert [call(f"failed/{failed}") for _ in range(3)] == [204] * 3
    assert "A run of notify ended with a fault" in " ".join(world.expect_mail(to=LEAD, about="failed").text.split())
    assert call(f"failed/{failed}", about="plo-panels") == 204
    assert len(world.mails(to=LEAD)) == 2
    assert client.get(f"/prefect/failed/{failed}").status_code == 405
    assert client.post(f"/prefect/failed/{failed}", content=b"not json").status_code == 204
    assert client.post(f"/prefect/failed/{failed}", content=b"[" * 60_000).status_code == 204
    assert client.post(f"/prefect/failed/{failed}", content=b"x" * 70_000).status_code == 413
