"""Tell an address that no mail can reach by its name alone, and an address that nobody has."""

import re

from timeline.calendar.wording import near_address
from timeline.definitions.people import Directory

# Names that never reach anybody (RFC 2606 and 6761): examples and trials use them.
_NOWHERE = re.compile(r"(^|[.@])((example|invalid|test|localhost)|example\.(com|net|org))$", re.IGNORECASE)


def is_placeholder(address: str) -> bool:
    """Tell whether it is a placeholder, such as officer@council.example."""
    return bool(_NOWHERE.search(address))


def nobody_at(address: str, directory: Directory) -> str:
    """Say that nobody here has an address, and suggest whose may be meant."""
    alike = near_address(address, (person.address for person in directory.people.values()))
    return f"Nobody here has the address {address}; expected one of the timeline's people.{alike}"
