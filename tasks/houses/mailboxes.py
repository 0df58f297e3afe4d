"""Give each mailbox that the house reads, with the councils for which it may answer."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from config.houses.own import READING, of_council
from config.settings import Settings, SettingsError
from tasks.council.ledger import stores

_log = logging.getLogger(__name__)


class Mailbox(NamedTuple):
    """Hold a mailbox's settings. `councils` alone are answered by mails in it; None for all.

    Whoever runs a council's own mail server can vouch for any sender in it: so it speaks for that council alone. The
    house's mailbox speaks for all, for a council that got a mailbox of its own has still mails of before under way.
    """

    settings: Settings
    councils: frozenset[str] | None


def mailboxes(house: Settings) -> Iterator[Mailbox]:
    """Give the house's mailbox, and each that councils have of their own; a council whose settings are faulty has none.

    Councils that state the very same mailbox share it: else the first would take mails to the others for strangers'.
    """
    if house.imap_host:
        yield Mailbox(house, None)
    shared = defaultdict[tuple[object, ...], list[tuple[Settings, str]]](list)
    for store in stores(house):
        try:
            own = of_council(house, store.council)
        except SettingsError as fault:
            _log.error("%s", fault)
            continue
        if own.imap_host and _place(own) != _place(house):
            shared[tuple(getattr(own, name) for name in READING)].append((own, store.council))
    for each in shared.values():
        yield Mailbox(each[0][0], frozenset(council for _, council in each))


def _place(of: Settings) -> tuple[str, int, str, str]:
    return of.imap_host, of.imap_port, of.imap_user, of.imap_folder
