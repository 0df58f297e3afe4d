"""Test the app package of our bot: valid by Microsoft's published schema, with two icons, and the same when
made anew.
"""

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from PIL import Image

from config.settings import Settings
from tasks.channels.teams_bot.app_package import NoPackage, app_package, manifest

SCHEMA = Path(__file__).parents[2] / "data/teams-manifest/teams-manifest-1.19.schema.json"
BOT = "22222222-3333-4444-5555-666666666666"


def a_settings(**changes: Any) -> Settings:
    given = {"teams_bot_id": BOT, "teams_bot_secret": "s", "teams_tenant": "11111111-2222-3333-4444-555555555555"}
    return Settings.given(**given | {"base_url": "https://daymark.council.example"} | changes)


@pytest.mark.parametrize("council", ["Medway Council", "The Royal Borough of Somewhere With A Very Long Name " * 3])
def test_the_manifest_is_valid(council: str) -> None:
    made = manifest(a_settings(), council)
    jsonschema.Draft4Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(made)
    assert made["bots"][0]["botId"] == BOT
    assert made["bots"][0]["scopes"] == ["personal", "team"]
    assert made["validDomains"] == ["daymark.council.example"]
    assert made["id"] not in (BOT, manifest(a_settings(teams_bot_id=BOT.replace("2", "3")), council)["id"])


def test_the_package_holds_the_manifest_and_two_icons_and_is_the_same_when_made_anew() -> None:
    content = app_package(a_settings(), "Medway Council")
    assert content == app_package(a_settings(), "Medway Council")
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert package.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert json.loads(package.read("manifest.json"))["name"]["short"] == "Daymark"
        color, outline = (Image.open(BytesIO(package.read(name))) for name in ("color.png", "outline.png"))
    assert (color.size, outline.size) == ((192, 192), (32, 32))
    pixels = set(outline.convert("RGBA").getdata())
    assert all(pixel[:3] == (255, 255, 255) for pixel in pixels if pixel[3])
    assert {pixel[3] for pixel in pixels} >= {0, 255}


def test_without_a_bot_or_an_address_that_teams_reaches_a_sentence_says_so() -> None:
    with pytest.raises(NoPackage, match="DAYMARK_TEAMS_BOT_ID"):
        manifest(a_settings(teams_bot_id=""), "Medway Council")
    with pytest.raises(NoPackage, match="begins with https"):
        manifest(a_settings(base_url="http://127.0.0.1:8480"), "Medway Council")
