"""Hold each database to the secret key with which its links and mails are made."""

from datetime import datetime

from config.secret_key import fingerprint
from config.settings import Settings
from models.store import Store


class OtherKey(RuntimeError):
    """Report that the secret key is not that of the database; the text is a sentence."""


def refuse_another_key(store: Store, settings: Settings) -> None:
    """Raise OtherKey before anything is sent: links would be dead, and a mail repeated would be another mail."""
    known, ours = store.outbox.key_fingerprint(), fingerprint(settings.secret())
    if known and known != ours:
        raise OtherKey(
            f"The secret key is not the one with which the records of {store.council} were made (its fingerprint is "
            f"{ours}, expected {known}), so nothing is sent: bring back the file {settings.home / 'secret.key'} or "
            "DAYMARK_SECRET_KEY, or run daymark accept-key to go on with this one."
        )


def note_key(store: Store, settings: Settings) -> None:
    """Store the fingerprint of the key at its first use."""
    if not store.outbox.key_fingerprint():
        store.outbox.note_key(fingerprint(settings.secret()))


def accept_key(store: Store, settings: Settings, *, at: datetime, who: str) -> int:
    """Go on with the present key; give how many messages that had not left for certain are made anew."""
    return store.outbox.accept_key(fingerprint(settings.secret()), at=at, who=who)
