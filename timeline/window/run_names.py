"""Name the runs of flows as people look for them in Prefect."""

from datetime import datetime

from timeline.calendar.wording import short_date

_ACRONYMS = {"plo": "PLO"}


def flow_title(flow: str) -> str:
    """Give a flow's name in words, such as "PLO panels" of "plo-panels"."""
    first, *others = [_ACRONYMS.get(word, word) for word in flow.split("-")]
    return " ".join([first[:1].upper() + first[1:], *others])


def run_name(flow: str, at: datetime) -> str:
    """Name a run by what it is and the instant that it works for, such as "PLO panels · Tue 10 Dec 2019 07:36"."""
    return f"{flow_title(flow)} · {short_date(at.date())} {at:%H:%M}"
