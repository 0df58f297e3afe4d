"""Read what a council settles for itself, beside its timeline in `DAYMARK_TIMELINE`: sender, mailbox, channels, people.

Where it states nothing, the settings of the house hold. A secret never stands in the file: the file names where it is.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.houses.folder import SETTINGS
from config.settings import Settings, SettingsError
from config.timeline_files.faults import BadInput, Fault, error
from config.timeline_files.plain_yaml import read
from timeline.calendar.wording import near

ADMINISTRATORS = "administrators"
# A council that states any of a group brings the whole group: no secret of the house goes to a server of its own.
_MAIL = ("mail_url", "mail_client_id", "mail_client_secret")
_MAILBOX = (
    *("imap_host", "imap_port", "imap_tls", "imap_user", "imap_password", "imap_folder", "imap_done_folder"),
    *("imap_tenant", "imap_client_id", "imap_client_secret", "mail_authserv", "mail_tenant"),
)
READING = ("mail_address", *_MAILBOX)
"""The settings by which answers are read."""
_SENDER = ("mail_address", "mail_from")
_CHANNELS = ("channels", "probes", "notify_key")
_PAGES = ("base_url",)
_GROUPS = (_MAIL, _MAILBOX, _SENDER, _CHANNELS, _PAGES)
OWN = tuple(name for group in _GROUPS for name in group)
"""The settings that a council may state for itself."""
_SECRET = frozenset({"mail_client_secret", "imap_password", "imap_client_secret", *_CHANNELS})
_WHERE = "expected where it is: {file: NAME} in this folder, or {env: NAME}"


def of_council(house: Settings, council: str) -> Settings:
    """Give the settings of a council: its own, where it states them, before those of the house. Raise SettingsError."""
    stated = _stated(house.timeline, council)
    if not stated.keys() & set(OWN):
        return house
    try:
        return _kept(house, council)
    except SettingsError as fault:
        raise SettingsError(f"{council}/{SETTINGS}: {fault}") from None


def administrators(house: Settings, council: str) -> tuple[str, ...]:
    """Give the names of those who administer this council, as the proxy's header names them. Raise SettingsError."""
    named = _stated(house.timeline, council).get(ADMINISTRATORS, ())
    return tuple(" ".join(str(name).split()).casefold() for name in named)


def reads_mailboxes(house: Settings) -> bool:
    """Tell whether any council of the folder has a mailbox of its own."""
    return any("imap_host" in stated for _, stated in _each(house))


def pages_of(house: Settings, council: str) -> str:
    """Give the address at which a council's officers reach the pages: its own, where it states it, or the house's.

    A council whose settings are faulty is stopped; links to it that somebody still asks for open at the house's.
    """
    with suppress(SettingsError):
        return of_council(house, council).base_url
    return house.base_url


def own_hosts(house: Settings) -> Mapping[str, frozenset[str]]:
    """Give each host at which councils alone are reached, with the keys of these councils."""
    councils = defaultdict[str, set[str]](set)
    for council, stated in _each(house):
        if "base_url" in stated and (url := pages_of(house, council)) != house.base_url:
            councils[urlsplit(url).hostname or ""].add(council)
    return {host: frozenset(keys) for host, keys in councils.items()}


def _each(house: Settings) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give what each council of the folder states, but for those whose file is faulty."""
    for file in sorted(house.timeline.glob(f"*/{SETTINGS}")) if house.timeline.is_dir() else ():
        with suppress(SettingsError):
            yield file.parent.name, _stated(house.timeline, file.parent.name)


def faults(file: Path, house: Settings) -> tuple[Fault, ...]:
    """List every fault of a council's settings file; none where it has none."""
    if not file.exists():
        return ()
    try:
        raw = read(file)
    except BadInput as bad:
        return bad.faults
    if wrong := tuple(_wrong(file, raw)):
        return wrong
    try:
        _merged(house, _values(file, raw))
    except SettingsError as fault:
        return tuple(error(file.name, "", sentence) for sentence in str(fault).splitlines())
    return ()


@lru_cache(maxsize=1024)
def _stated(folder: Path, council: str) -> Mapping[str, Any]:
    """Read a council's file once, as the environment is: nothing changes under a running process."""
    file = folder / council / SETTINGS
    if not file.exists():
        return {}
    try:
        raw = read(file)
    except BadInput as bad:
        raise SettingsError(_told(council, bad.faults)) from None
    if wrong := tuple(_wrong(file, raw)):
        raise SettingsError(_told(council, wrong))
    return _values(file, raw)


def _told(council: str, wrong: tuple[Fault, ...]) -> str:
    return "\n".join(f"{council}/{fault.told}" for fault in wrong)


def _wrong(file: Path, raw: Mapping[str, Any]) -> Iterator[Fault]:
    known = (ADMINISTRATORS, *OWN)
    for key, value in raw.items():
        if key not in known:
            yield error(file.name, key, f"This key is not known here.{near(key, known)}")
        elif key == ADMINISTRATORS:
            if not (isinstance(value, list) and all(isinstance(name, str) and name.strip() for name in value)):
                yield error(file.name, key, "Expected a list of names, as the proxy's header gives them.")
        elif isinstance(value, dict):
            yield from _not_found(file, key, value)
        elif not isinstance(value, str):
            yield error(file.name, key, "Expected one value.")
        elif key in _SECRET or (key == "mail_url" and "@" in value):
            yield error(file.name, key, f"A secret may not stand here, {_WHERE}.")


def _not_found(file: Path, key: str, where: Mapping[str, Any]) -> Iterator[Fault]:
    (kind, name), *more = where.items() if where else ((("", "")),)
    if more or kind not in ("file", "env") or not isinstance(name, str):
        yield error(file.name, key, f"Found other keys, {_WHERE}.")
    elif kind == "file" and not (Path(name).name == name and (file.parent / name).is_file()):
        yield error(file.name, key, f"There is no file “{name}” beside this one, {_WHERE}.")
    elif kind == "env" and not os.environ.get(name):
        yield error(file.name, key, f"The environment has no {name}, {_WHERE}.")


def _values(file: Path, raw: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: _value(file, value) for key, value in raw.items()}


def _value(file: Path, stated: Any) -> Any:
    if not isinstance(stated, dict):
        return stated
    if "file" in stated:
        return (file.parent / stated["file"]).read_text().strip()
    return os.environ[stated["env"]]


@lru_cache(maxsize=512)
def _kept(house: Settings, council: str) -> Settings:
    return _merged(house, _stated(house.timeline, council))


def _merged(house: Settings, stated: Mapping[str, Any]) -> Settings:
    """Put a council's own values in place of each group that it states anything of. Raise SettingsError."""
    if "mail_address" in stated and "imap_host" not in stated and house.imap_host:
        raise SettingsError("mail_address: Answers to it would not be read, expected imap_host, too.")
    if "imap_host" in stated and "mail_address" not in stated:
        raise SettingsError("imap_host: No mail asks for answers to this mailbox, expected mail_address, too.")
    brought = {name for group in _GROUPS if stated.keys() & set(group) for name in group}
    kept = {name: getattr(house, name) for name in house.model_fields_set - brought}
    try:
        own = Settings.given(**kept, **{name: value for name, value in stated.items() if name in OWN})
    except SettingsError as fault:
        raise SettingsError(_in_keys(f"{fault}")) from None
    if "base_url" in stated:
        _refuse_house(house.base_url, own.base_url)
    return own


def _in_keys(sentences: str) -> str:
    """Name settings as a council's file does: there is no environment variable to look for."""
    keys = {f"DAYMARK_{name.upper()}": name for name in OWN}
    return re.sub(r"DAYMARK_[A-Z_]+", lambda named: keys.get(named[0], named[0]), sentences)


def _refuse_house(house: str, own: str) -> None:
    """Refuse an address that would not lead to this council alone. Raise SettingsError."""
    ours, theirs = urlsplit(house), urlsplit(own)
    if theirs.hostname == ours.hostname:
        raise SettingsError("base_url: All councils of the house are reached at this host, expected another.")
    if theirs.path.rstrip("/") != ours.path.rstrip("/"):
        raise SettingsError(f"base_url: The pages lie at “{ours.path or '/'}” of the house, expected the same path.")
