"""List the words that cast doubt on an answer, or take it back."""

import re

from timeline.answers.responses import Answer
from timeline.replies.words.first_line import straight
from timeline.replies.words.vocabulary import (
    ASKS,
    CALLS,
    DOUBT,
    LINK,
    MORE_DOUBT,
    NOT_MINE_AT_ALL,
    PLEASE,
    QUESTION,
    REFERENCE,
    TAKEN_BACK,
    WORDS,
)

_DOUBT = {
    answer: re.compile(rf"(?<![\w'])(?:{DOUBT}|{MORE_DOUBT[answer]})(?!\w|'\w)", re.IGNORECASE) for answer in WORDS
}


def casts_doubt(note: str) -> bool:
    """Tell whether words beside an answer given otherwise may take it back."""
    plain = straight(note)
    return bool(QUESTION.search(plain) or _DOUBT[Answer.ACKNOWLEDGED].search(plain))


def takes_back(words: str) -> bool:
    """Tell whether words below a short answer may take it back, or ask something."""
    return casts_doubt(words) or bool(ASKS.search(words))


def doubt_in(answer: Answer, word: str, rest: str) -> str:
    """Return the word in the rest of the line that casts doubt on the answer, or asks something; empty for none."""
    plain = PLEASE.sub(" ", REFERENCE.sub(" ", LINK.sub(" ", rest)))
    if answer is Answer.DECLINED:
        plain = NOT_MINE_AT_ALL.sub(" ", plain)
    doubt = QUESTION.search(plain) or _DOUBT[answer].search(plain)
    if answer is Answer.HELP and doubt and not QUESTION.search(plain):
        doubt = _help_taken_back(word, plain)
    if not doubt and answer not in (Answer.HELP, Answer.DECLINED):
        doubt = ASKS.search(plain)
    return doubt[0] if doubt else ""


def _help_taken_back(word: str, rest: str) -> re.Match[str] | None:
    """Find the word that takes a call for help back: in its own clause any doubt, in the next only a reservation."""
    clause = re.split(r"[,.;:–—-]", rest, maxsplit=1)[0]
    if not (CALLS.match(word) or CALLS.match(clause)):
        return _DOUBT[Answer.HELP].search(rest)
    return _DOUBT[Answer.HELP].search(clause) or TAKEN_BACK.search(rest, len(clause))
