"""Whether Teams' outgoing webhook sent a message: HMAC-SHA256 over the bytes as they came, in base64."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable

_SCHEME = "HMAC "


def keys_of(text: str) -> tuple[bytes, ...]:
    """The keys of a comma-separated list of security tokens in base64, each as Teams showed it once.

    Raises ValueError with one sentence, in which no key stands.
    """
    try:
        keys = tuple(base64.b64decode(one, validate=True) for word in text.split(",") if (one := word.strip()))
    except (binascii.Error, ValueError):
        keys = ()
    if not all(keys):
        keys = ()
    if not keys and text.strip():
        raise ValueError("a key cannot be read: expected the outgoing webhook's security tokens in base64, with commas")
    return keys


def verified(raw: bytes, authorization: str, keys: Iterable[bytes]) -> bool:
    """Whether `authorization` ("HMAC …") is the signature of the body `raw` under one of the keys.

    Compared in constant time, and over all keys: how long it takes tells neither how much was right nor which key.
    """
    given = authorization.removeprefix(_SCHEME).encode("utf-8", "replace") if authorization.startswith(_SCHEME) else b""
    right = [hmac.compare_digest(given, signature(raw, key)) for key in keys]
    return any(right)


def signature(raw: bytes, key: bytes) -> bytes:
    """The signature of a body under one key, in base64."""
    return base64.b64encode(hmac.new(key, raw, hashlib.sha256).digest())
