"""Keep the secrets that Daymark makes for itself in HOME: the key of links, and the login of Prefect."""

import hashlib
import os
import secrets
from pathlib import Path


def kept_key(path: Path) -> str:
    """Read the key in `path`, made on first use: 64 hexadecimal characters, readable by its owner only.

    Any number of processes may ask at once: all get the same key. Raises OSError when `path` cannot be used.
    """
    return _kept(path, secrets.token_hex(32))


def kept_login(path: Path) -> str:
    """Read the login in `path`, made on first use in the same way: `daymark:` and 32 characters nobody can guess."""
    return _kept(path, f"daymark:{secrets.token_hex(16)}")


def _kept(path: Path, new: str) -> str:
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        _make(path, new)
        return path.read_text("ascii").strip()


def fingerprint(secret: bytes) -> str:
    """Give 16 characters by which a key is recognised, and from which nobody can find it."""
    return hashlib.sha256(b"daymark key\n" + secret).hexdigest()[:16]


def _make(path: Path, secret: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        # A hard link appears whole or not at all, and never replaces another process's key.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
