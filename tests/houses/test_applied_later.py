"""Test that pages which run show a council that is applied meanwhile, and say of each council whose it is."""

import asyncio
from pathlib import Path

import httpx
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from cli.run.first_start import pages
from models.store import Store
from tasks.council.half_restored import restore_begins
from tasks.council.quiet import Quiets
from tasks.council.sight import only
from tasks.houses.house_names import HouseNames
from tests.harness import World
from tests.support.stated import spoil, variant
from web.administrators.naming import Naming

ARDEN = {"key": "arden", "name": "Arden Council", "programme": "Arden programme"}


def test_pages_that_run_show_another_council_and_a_changed_name_within_a_minute(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        given = world.settings
        client = TestClient(pages(given), base_url=given.base_url, client=("127.0.0.1", 50000))

        def title(at: str) -> str:
            world.at(at)
            page: str = client.get("/nowhere").text
            return page.partition("</title>")[0].partition("<title>")[2].partition(" – ")[2]

        assert title("Tue 27 Aug 2019 07:00") == "Improvement programmes"
        world.apply(variant(tmp_path, name="arden.yaml", council=ARDEN))
        assert title("Tue 27 Aug 2019 07:01") == "Arden programme"
        world.apply(variant(tmp_path, name="arden.yaml", council={**ARDEN, "programme": "Another programme"}))
        assert title("Tue 27 Aug 2019 07:02") == "Another programme"
        world.apply()
        assert "Medway Council" in client.get("/councils").text
        assert title("Tue 27 Aug 2019 07:03") == "Improvement programmes"
        world.store.outbox.stop(at=world.now, who="Head", reason="")
        assert [said.partition(" is ")[0] for said in Quiets(given).sentences(at=world.now)] == [
            "Medway Council: Sending"
        ]
        spoil(Store(world.store.engine, "arden"))
        unreadable, _ = Quiets(given).sentences(at=world.now)
        assert unreadable.startswith("arden: This council cannot be read (UnreadableRow)")


def test_names_of_before_stay_while_the_memory_cannot_be_read(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        house = HouseNames(world.settings, at=world.now)
        restore_begins(world.settings.home, tmp_path)
        assert not house.is_old(at=world.at("Tue 27 Aug 2019 07:00").now)
        assert house.is_old(at=world.at("Tue 27 Aug 2019 07:01").now)
        house.read(at=world.now)
        assert (house.council_name, house.is_old(at=world.now)) == ("Medway Council", False)


def test_names_are_read_whatever_the_request_before_could_see(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.apply(variant(tmp_path, name="arden.yaml", council=ARDEN))
        house = HouseNames(world.settings, at=world.now)
        world.at("Tue 27 Aug 2019 07:01")

        async def asked() -> None:
            transport = httpx.ASGITransport(Naming(PlainTextResponse(""), house))
            with only({"arden"}):
                async with httpx.AsyncClient(transport=transport, base_url=world.settings.base_url) as client:
                    await client.get("/")

        asyncio.run(asked())
        assert (house.council_name, house.is_old(at=world.now)) == ("Daymark", False)
