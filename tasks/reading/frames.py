"""Frame what the process that reads mails and its parent say to each other: a head in JSON and a body of octets."""

import json
import socket
import struct
from collections.abc import Mapping
from time import monotonic
from typing import Any

_LENGTHS = struct.Struct("!II")


def send(line: socket.socket, head: Mapping[str, Any], body: bytes = b"") -> None:
    """Send a head and a body; a date, and whatever else JSON does not know, is sent as its text."""
    text = json.dumps(head, default=str).encode()
    line.sendall(_LENGTHS.pack(len(text), len(body)) + text + body)


def receive(line: socket.socket, *, until: float | None = None) -> tuple[bytes, bytes]:
    """Receive a head, still in JSON, and a body. Raises OSError when the other end is gone or `until` has passed."""
    head, body = _LENGTHS.unpack(_octets(line, _LENGTHS.size, until))
    return _octets(line, head, until), _octets(line, body, until)


def _octets(line: socket.socket, number: int, until: float | None) -> bytes:
    pieces, missing = [], number
    while missing:
        if until is not None:
            # Zero would mean: do not wait at all, and never raise TimeoutError.
            line.settimeout(max(until - monotonic(), 0.001))
        piece = line.recv(min(missing, 65_536))
        if not piece:
            raise ConnectionError("the other end is gone")
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
