"""Word a text message of a line or two: the task, the date and the link; never a name, never who is late.

A long text message goes out in parts of 153 characters of the GSM alphabet (3GPP TS 23.038); a single letter outside
that alphabet would more than halve them.
"""

import re
import unicodedata

from timeline.calendar.wording import count
from timeline.letters.correction import CorrectionView
from timeline.letters.mail_views import MailTask, MailView
from timeline.letters.phrases import message_link

LONGEST = 3 * 153

_BASIC = frozenset(
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")  # each takes the room of two
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
    | {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "·": "-", "•": "-", "…": "...", "×": "x"}
)
_TOKEN = re.compile(r"«token \d+»")
_TOKEN_LENGTH = 16
_CALENDAR_DAYS = re.compile(r" \(\d+ calendar days?\)")
_DAY_OR_MONTH = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August"
    r"|(?:Septem|Octo|Novem|Decem)ber)\b"
)
_LONGEST_PROGRAMME = 60
_LONGEST_PHRASE = 160
_NOTHING_TO_DO = "You do not need to do anything."


def short_text(view: MailView | CorrectionView) -> str:
    """Write the text, at most LONGEST characters as GSM counts them, with the whole link and its token.

    Such as "Improvement programme: Draft the action plan: due in 3 working days, Thu 28 Nov. Tell us here: https://…".
    """
    if isinstance(view, CorrectionView):
        return short_correction(view)
    helps = view.kind in ("escalation", "help")
    asks = "Decide here:" if helps else "Please confirm here:" if view.kind == "confirmation" else "Tell us here:"
    if len(view.tasks) != 1:
        are = "need help" if helps else "are done" if view.kind == "confirmation" else "are with you"
        tasks = f"{count(len(view.tasks), 'task')} on the timeline {are}"
        return _fitted(_opening(view), tasks, f". {asks}", _message_link(view))
    (task,) = view.tasks
    return _fitted(_opening(view, "This needs help: " if helps else ""), task.title, f"{_due(task)}. {asks}", task.url)


def short_correction(view: CorrectionView) -> str:
    """Write the text of a correction; where nothing is left to do it says so and has no link.

    Such as "Improvement programme: Correction: Data lists for the visit: now due in 5 working days, Thu 5 Dec. From now
    on please use this link: https://…".
    """
    url = _message_link(view) if len(view.tasks) != 1 else view.tasks[0].url
    if len(view.tasks) != 1:
        after = f". {'See them here:' if url else _NOTHING_TO_DO}"
        return _fitted(_opening(view), f"Dates have changed for {count(len(view.tasks), 'task')}", after, url)
    (task,) = view.tasks
    after = f": {_short(task.now)}. {'From now on please use this link:' if url else _NOTHING_TO_DO}"
    return _fitted(_opening(view, "Correction: "), task.title, after, url)


def gsm(text: str) -> str:
    """Write `text` as a line in the GSM alphabet: drop accents it lacks, turn other letters into question marks."""
    return " ".join("".join(map(_in_gsm, text.translate(_PLAIN))).split())


def length(text: str) -> int:
    """Count the characters that a text takes when it is sent, tokens at their full length."""
    sent = _TOKEN.sub("x" * _TOKEN_LENGTH, text)
    return len(sent) + sum(letter in _EXTENDED for letter in sent)


def _in_gsm(letter: str) -> str:
    if letter in _BASIC or letter in _EXTENDED:
        return letter
    if letter.isspace():
        return " "
    without_accents = "".join(part for part in unicodedata.normalize("NFKD", letter) if part in _BASIC)
    return without_accents or ("?" if letter.isalnum() else "")


def _opening(view: MailView | CorrectionView, then: str = "") -> str:
    # In a trial run the mail says for whom it was meant; a text message has no room for another person's name.
    trial = "Trial run: " if view.shadow_for else ""
    return f"{trial}{_cut(gsm(view.programme_name), _LONGEST_PROGRAMME)}: {then}"


def _due(task: MailTask) -> str:
    return f": {_short(task.due_phrase)}"


def _short(phrase: str) -> str:
    shorter = _DAY_OR_MONTH.sub(lambda name: name[0][:3], _CALENDAR_DAYS.sub("", phrase))
    return _cut(gsm(shorter), _LONGEST_PHRASE)


def _message_link(view: MailView | CorrectionView) -> str:
    return message_link((task.url for task in view.tasks), view.ref)


def _fitted(before: str, title: str, after: str, url: str) -> str:
    link = f" {url}" if url else ""
    room = LONGEST - length(before) - length(after) - length(link)
    return f"{before}{_cut(gsm(title), room)}{after}{link}"


def _cut(text: str, room: int) -> str:
    """Keep as many whole words as fit, with three dots where some are missing."""
    if length(text) <= room:
        return text
    kept = text[: max(room - 3, 0)]
    while length(kept) > room - 3 and kept:
        kept = kept[:-1]
    words = kept.rpartition(" ")[0]
    # An endless word is cut anywhere.
    return f"{(words if len(words) > len(kept) // 2 else kept).rstrip(' ,.:;-')}..."[: max(room, 0)]
