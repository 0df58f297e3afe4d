"""Make the app package of our bot, which IT uploads to Teams: a manifest and two icons in a zip file."""

import json
import zipfile
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from config.settings import Settings

MANIFEST_VERSION = "1.19"
_FOLDER = Path(__file__).parent
_ICONS = ("color.png", "outline.png")
# The app's id is derived from it, so that a package made anew replaces the app and adds no second.
_OURS = UUID("6d3c4a4e-5d3f-4f7e-9d0b-0f2a6c1b8e55")
_NEVER = (1980, 1, 1, 0, 0, 0)
_COMMANDS = (
    ("list", "Show the tasks that wait for you"),
    ("why REF", "Explain the date of a task"),
    ("help REF", "Ask for help with a task"),
)

_ABOUT = (
    "Daymark reminds you of the tasks on your council’s improvement timeline. Press a button in a card to say that you "
    "have a task, that it is done, that you need help, or whose it is. Please never name a child, a family or a case "
    "number."
)


class NoPackage(Exception):
    """Report that the settings do not do for an app; the message is a sentence."""


def app_package(settings: Settings, council: str) -> bytes:
    """Make the zip file; the same settings give the same bytes. Raises NoPackage."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        _add(package, "manifest.json", json.dumps(manifest(settings, council), indent=2, ensure_ascii=False).encode())
        for icon in _ICONS:
            _add(package, icon, (_FOLDER / icon).read_bytes())
    return content.getvalue()


def manifest(settings: Settings, council: str) -> dict[str, Any]:
    """Build the manifest of the app for this council. Raises NoPackage."""
    if not settings.teams_bot_id:
        raise NoPackage("There is no bot: expected the app registration's client id in DAYMARK_TEAMS_BOT_ID.")
    address = urlsplit(settings.base_url)
    if address.scheme != "https" or not address.hostname:
        raise NoPackage("DAYMARK_BASE_URL cannot be reached by Teams: expected an address that begins with https://.")
    pages = settings.base_url.rstrip("/")
    schema = f"https://developer.microsoft.com/en-us/json-schemas/teams/v{MANIFEST_VERSION}/MicrosoftTeams.schema.json"
    return {
        "$schema": schema,
        "manifestVersion": MANIFEST_VERSION,
        "version": version("daymark"),
        "id": str(uuid5(_OURS, settings.teams_bot_id.lower())),
        "developer": {"name": council[:32], "websiteUrl": pages, "privacyUrl": pages, "termsOfUseUrl": pages},
        "name": {"short": "Daymark", "full": f"Daymark – {council}"[:100]},
        "description": {
            "short": "Reminds you of the improvement timeline’s dates, and takes your answers.",
            "full": _ABOUT,
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#12393D",
        "bots": [_bot(settings.teams_bot_id)],
        "validDomains": [address.hostname],
        "defaultInstallScope": "personal",
    }


def _bot(bot_id: str) -> dict[str, Any]:
    commands = [{"title": title, "description": text} for title, text in _COMMANDS]
    return {
        "botId": bot_id.lower(),
        "scopes": ["personal", "team"],
        "commandLists": [{"scopes": ["personal"], "commands": commands}],
        "supportsFiles": False,
        "isNotificationOnly": False,
    }


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    package.writestr(zipfile.ZipInfo(name, _NEVER), content, zipfile.ZIP_DEFLATED)
