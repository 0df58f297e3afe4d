"""Give two councils in one house, each with a word of its own in every name, address, post, duty and meeting."""

import json
import re
import zipfile
from collections.abc import Iterator
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from typing import Any

from config.load import RULES, programme_of
from config.timeline_files import plain_yaml
from models.store import Store
from tasks.catcher.mailbox import OpenedMail
from tasks.sending.deliver import deliver
from tests.harness import World
from tests.support.stated import MEDWAY, variant

ZEPHYR, QUILLON = "zephyr", "quillon"
OTHER = {ZEPHYR: QUILLON, QUILLON: ZEPHYR}
SHARED = "shared.officer@region.example"
"""The address of an officer who holds a post in each council."""
HEADER = "X-Remote-User"


def stated(folder: Path, word: str, **changes: Any) -> Path:
    """Write the timeline of a council whose every name holds its word."""
    title, medway = word.title(), plain_yaml.read(MEDWAY)
    pack = plain_yaml.read(RULES / f"{medway['pack']}.yaml")
    people = {
        key: {**each, "name": f"{title} {each['name']}", "address": each["address"].replace("medway", word)}
        for key, each in medway["people"].items()
    }
    people["performance-lead"]["address"] = SHARED
    keys = {*pack["posts"], *medway["posts"]}
    posts = {key: {**medway["posts"].get(key, {}), "title": f"{title} {key.replace('_', ' ')}"} for key in keys}
    changed: dict[str, Any] = {
        "council": {"key": word, "name": f"{title} Council", "programme": f"{title} programme"},
        "people": people,
        "posts": posts,
        "committees": {"cabinet": {"title": f"{title} Cabinet", "meetings": ["2019-09-03", "2019-09-24"]}},
        "facts": [{**fact, "by": f"{title} {fact['by']}"} for fact in medway["facts"]],
        "lists": {name: [f"{title}: {line}" for line in lines] for name, lines in medway["lists"].items()},
    }
    programme = re.sub(r'title: ("?)', rf"title: \1{title} ", programme_of(MEDWAY).read_text())
    (folder / f"{word}.programme.yaml").write_text(programme)
    return variant(folder, name=f"{word}.yaml", **changed | changes)


def pack(folder: Path, word: str) -> Path:
    """Write a rule pack in which the title of every duty holds the word."""
    pack = plain_yaml.read(RULES / "england-ilacs.yaml")
    for duty in pack["obligations"].values():
        for each in (duty, *duty["milestones"].values()):
            each["title"] = f"{word.title()} {each['title']}"
    rules = folder / f"rules-{word}"
    rules.mkdir(exist_ok=True)
    (rules / "england-ilacs.yaml").write_text(json.dumps(pack))
    return rules


def decided(world: World, *, sent: bool = False) -> World:
    """Apply both, and decide whom to ask for the first time; leave them unasked but where it is to be `sent`."""
    world.at("Tue 27 Aug 2019 07:00")
    for word in OTHER:
        world.apply(stated(world.home, word), rules=pack(world.home, word))
    world.at("Wed 28 Aug 2019 08:30")
    for word in OTHER:
        world.store = store_of(world, word)
        world.decide()
        if sent:
            deliver(world.store, world.settings, at=world.now)
    return world


def begun(world: World) -> World:
    """Apply both, and ask everybody for the first time."""
    return decided(world, sent=True)


def store_of(world: World, word: str) -> Store:
    return Store(world.store.engine, word)


def mails_of(world: World, word: str) -> list[OpenedMail]:
    """Give the mails whose sender and subject, address or text speak of that council."""
    return [mail for mail in world.mails(ever=True) if word in everything_in(mail.raw)]


def everything_in(raw: str | bytes) -> str:
    """Give all that a mail says, its parts decoded, in small letters."""
    octets = raw.encode() if isinstance(raw, str) else raw
    mail = message_from_bytes(octets, policy=policy.default)
    parts = [str(mail.items()), *(readable(part.get_payload(decode=True) or b"") for part in mail.walk())]
    return " ".join(parts).lower()


def readable(content: Any) -> str:
    """Give what a file says in small letters; of a Word file or a workbook what is in it."""
    octets = bytes(content)
    if octets[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(octets)) as packed:
            return " ".join(readable(packed.read(name)) for name in packed.namelist())
    return octets.decode("utf-8", "replace").lower()


def links(page: str) -> Iterator[str]:
    """Give the addresses of our own that a page leads to."""
    for href in re.findall(r'(?:href|action)="(/[^"#]*)', page):
        yield href.replace("&amp;", "&")
