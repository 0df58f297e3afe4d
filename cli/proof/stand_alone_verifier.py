"""Check an exported audit chain. This needs this file, the export and Python 3.8 or later, nothing else.

    python verify.py events.jsonl [HASH]

Each line is one event as JSON with sorted keys and no spaces. Its "hash" is the SHA-256, in hexadecimal, of the same
JSON without "hash"; its "previous" is the hash of the line before, 64 zeros in the first. HASH, noted elsewhere when
the chain was exported, also proves that its end was not cut off. Exit code 0: whole; 1: broken; 2: not understood.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

START = "0" * 64


def canonical(event: dict[str, Any]) -> str:
    return json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fault(line: str, number: int, previous: str, council: str) -> str:
    """Return the fault of this line as the end of a sentence; an empty text if it has none."""
    event = json.loads(line)
    if canonical(event) != line:
        return "is not written as an export writes it"
    if (event["sequence"], event["council"]) != (number, council or event["council"]):
        return "is missing, or stands in another place"
    if event["previous"] != previous:
        return "does not follow from the one before"
    unsigned = {name: value for name, value in event.items() if name != "hash"}
    changed = hashlib.sha256(canonical(unsigned).encode()).hexdigest() != event["hash"]
    return "was changed" if changed else ""


def verify(lines: Iterable[str], noted: str) -> tuple[str, int]:
    """Return the sentence to print, and the exit code."""
    previous, council, number = START, "", 0
    for number, line in enumerate(lines, start=1):
        try:
            broken = fault(line.rstrip("\r\n"), number, previous, council)
        except (KeyError, TypeError, ValueError):
            return f"Line {number} is no event: expected JSON as daymark audit export writes it.", 2
        if broken:
            return f"Event {number} {broken}: the chain is broken here.", 1
        event = json.loads(line)
        previous, council = event["hash"], event["council"]
    if noted and noted != previous:
        return f"The chain ends with {previous}, expected {noted}: its end is missing, or all of it was replaced.", 1
    return f"The chain is whole: {number} events, the last hash is {previous}.", 0


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        sys.stderr.write("Use: python verify.py events.jsonl [HASH]\n")
        return 2
    try:
        with Path(arguments[0]).open(encoding="utf-8", newline="\n") as lines:
            sentence, code = verify(lines, arguments[1] if len(arguments) == 2 else "")
    except (OSError, UnicodeError) as error:
        sentence, code = f"{arguments[0]} cannot be read: {error}.", 2
    (sys.stderr if code else sys.stdout).write(f"{sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
