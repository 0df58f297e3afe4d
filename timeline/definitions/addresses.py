"""Tell an address that no mail can reach by its name alone."""

import re

# Names that never reach anybody (RFC 2606 and 6761): examples and trials use them.
_NOWHERE = re.compile(r"(^|[.@])((example|invalid|test|localhost)|example\.(com|net|org))$", re.IGNORECASE)


def is_placeholder(address: str) -> bool:
    """Tell whether it is a placeholder, such as officer@council.example."""
    return bool(_NOWHERE.search(address))
