"""Check an exported audit chain. This needs this file, the export and Python 3.8 or later, nothing else.

    python verify.py events.jsonl [HASH] [--records records.jsonl]

Each line is one event as JSON with sorted keys and no spaces. Its "hash" is the SHA-256, in hexadecimal, of the same
JSON without "hash"; its "previous" is the hash of the line before, 64 zeros in the first. HASH, noted elsewhere when
the chain was exported, also proves that its end was not cut off.

The "records" of an event are the digests of the records (answers, messages, deliveries, prompts, facts, people) that
changed with it; an empty one says that the record was erased. The last digest of each must be the one in records.jsonl,
which has a line for each record as it stood when it was exported, and no other. Exit code 0: whole; 1: broken; 2: not
understood.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

START = "0" * 64
TAKEN = "records taken as they stand"  # what an older version wrote: once, before all other records


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


def verify(lines: Iterable[str], noted: str, sealed: dict[str, str] | None = None) -> tuple[str, int]:
    """Return the sentence to print, and the exit code; put the last digest of each record into `sealed`."""
    previous, council, number, others = START, "", 0, False
    for number, line in enumerate(lines, start=1):
        try:
            broken = fault(line.rstrip("\r\n"), number, previous, council)
        except (KeyError, TypeError, ValueError):
            return f"Line {number} is no event: expected JSON as daymark audit export writes it.", 2
        if broken:
            return f"Event {number} {broken}: the chain is broken here.", 1
        event = json.loads(line)
        previous, council = event["hash"], event["council"]
        taken = event.get("what") == TAKEN
        if sealed is not None and not (taken and others):
            sealed.update(event.get("records", {}))
        others = others or ("records" in event and not taken)
    if noted and noted != previous:
        return f"The chain ends with {previous}, expected {noted}: its end is missing, or all of it was replaced.", 1
    return f"The chain is whole: {number} events, the last hash is {previous}.", 0


def compare(sealed: dict[str, str], lines: Iterable[str]) -> tuple[str, int]:
    """Compare the records as they stood at the export with the digests of the chain."""
    left = {name: digest for name, digest in sealed.items() if digest}
    count = len(left)
    if not count:
        return "The chain seals no records: an older version wrote them.", 0
    for number, line in enumerate(lines, start=1):
        try:
            record = json.loads(line)
            name, digest = record["record"], record["digest"]
        except (KeyError, TypeError, ValueError):
            return f"Line {number} is no record: expected JSON as daymark audit export writes it.", 2
        known = left.pop(name, None)
        if known != digest:
            return f"The record {name} was {'changed' if known else 'added'} outside Daymark.", 1
    if left:
        return f"The record {min(left)} was removed outside Daymark.", 1
    return f"Its {count} sealed records are as the chain has them.", 0


def main(arguments: list[str]) -> int:
    records = ""
    if "--records" in arguments[:-1]:
        at = arguments.index("--records")
        records, arguments = arguments[at + 1], arguments[:at] + arguments[at + 2 :]
    if len(arguments) not in (1, 2):
        sys.stderr.write("Use: python verify.py events.jsonl [HASH] [--records records.jsonl]\n")
        return 2
    sealed: dict[str, str] = {}
    reading = arguments[0]
    try:
        with Path(reading).open(encoding="utf-8", newline="\n") as lines:
            sentence, code = verify(lines, arguments[1] if len(arguments) == 2 else "", sealed)
        if records and not code:
            reading = records
            with Path(reading).open(encoding="utf-8", newline="\n") as lines:
                told, code = compare(sealed, lines)
            sentence = told if code else f"{sentence}\n{told}"
    except (OSError, UnicodeError) as error:
        sentence, code = f"{reading} cannot be read: {error}.", 2
    (sys.stderr if code else sys.stdout).write(f"{sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
