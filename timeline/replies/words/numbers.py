"""Tell which of several tasks a reply speaks of: "2 done", "1 and 3 yes", "ack 2", "all yes", or a line for each."""

import re
from typing import NamedTuple

from timeline.answers.responses import Answer
from timeline.replies.words.vocabulary import FOLLOWED, HOLDING, WORDS, YES

_ACK = rf"(?:{WORDS[Answer.ACKNOWLEDGED]}|{YES}|{HOLDING})"
_ANSWER = rf"(?:{'|'.join(WORDS.values())}|{YES}|{HOLDING})"
_END = r"(?!\w|'\w)"
# Each gap is a single space by now (see `straight`); a gap that two parts of a pattern could take doubles its work.
_MARK = r"(?:#|(?:no\.?|numbers?|tasks?|items?) ?#?)?"
_NUMBERS = r"[1-9]\d?(?: ?(?:,(?: and\b)?|&|\+|and\b|a\b) ?#?[1-9]\d?){0,12}+(?!\d)"
# As in "2: yes" and "1 and 3 yes".
_BEFORE = re.compile(
    rf"[\"'“(•*\s]*+{_MARK} ?(?P<numbers>{_NUMBERS}) ?[\"'”)]?[:.)–—-]{{0,2}} ?[\"'“]?(?:(?:is|are) )?"
    rf"(?P<words>{_ANSWER}{_END})",
    re.IGNORECASE,
)
# As in "ack 2" and "yes to 1 and 3".
_AFTER = re.compile(
    rf"[\"'“(•*\s]*+(?P<words>{_ANSWER})(?: (?:to|for|on))?:? {_MARK} ?(?P<numbers>{_NUMBERS})(?=\W|$)",
    re.IGNORECASE,
)
_SEVERAL = r"(?: (?:of )?(?:these|them|the tasks|tasks|two|three|four|five|six))?"
_ALL_BEFORE = re.compile(rf"(?P<all>all|both|everything){_SEVERAL}(?: are)? ?[:,–-]? (?={_ACK}{_END})", re.IGNORECASE)
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ALL_AFTER = re.compile(
    rf"(?P<words>{_ACK})(?: (?:to|for))? (?P<all>all|both|everything){_SEVERAL}{_END}"
    r"(?! (?:good|fine|ok|okay|done|clear|set|right)\b)",
    re.IGNORECASE,
)
_ALL_WITHIN = re.compile(r"(?:i|we)(?:'ve| have) (?:got )?all of (?:these|them)(?!\w|'\w)", re.IGNORECASE)
_NEXT = re.compile(r"\n|[,;.] (?:and )?(?=\S)", re.IGNORECASE)
_STRONG = re.compile(rf"(?:{'|'.join(WORDS.values())})", re.IGNORECASE)
_FOLLOWED = tuple(re.compile(words, re.IGNORECASE) for words in FOLLOWED.values())
_PLAIN_TAIL = re.compile(r"\s*$|\s*[.,;:!)](?:\s|$)|\s+[-–—]\s|\s+\((?!\d)")
_NUMBER = re.compile(
    r"(?P<apart>\s*+[-–—:,.]\s*+)?\s*+(?:#|(?:no\.?|number|task|item)\s++#?)?\s*+(?P<number>\d+)(?P<tail>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ANOTHER = re.compile(r"\s*+(?:[,;&+/]|and\b|a\b|to\b)?\s*+#?\d", re.IGNORECASE)
_MOST_PIECES = 40
_LONGEST_PIECE = 200


class Held(Exception):
    """Report that a person must read the mail; the reason is the end of a sentence."""


class Numbered(NamedTuple):
    """Hold words about the tasks with these numbers."""

    numbers: tuple[int, ...]
    words: str


class OfAll(NamedTuple):
    """Hold words about every task of the mail, and how many those are where the reply says so."""

    words: str
    tasks: int | None = None


def numbered(text: str) -> tuple[Numbered, ...]:
    """Split a reply that answers several tasks by number, or one whose number stands before the answer; else empty."""
    items: list[Numbered] = []
    for piece in _pieces(text):
        item = _item(piece)
        if item:
            items.append(item)
        elif not items:
            return ()
        else:
            items[-1] = items[-1]._replace(words=f"{items[-1].words}{piece}")
    # A lone number behind a word is read with what follows: "done 2 weeks ago" names no task.
    alone = len(items) == 1 and len(items[0].numbers) == 1 and not _BEFORE.match(text) and _STRONG.match(items[0].words)
    return () if alone else tuple(items)


def _pieces(text: str) -> list[str]:
    """Cut the text where the answer to another number begins; each piece keeps the mark before it."""
    cuts = [0]
    for matched in _NEXT.finditer(text):
        begins = _item(text[matched.end() : matched.end() + _LONGEST_PIECE].partition("\n")[0])
        if len(cuts) < _MOST_PIECES and begins and _item(text[cuts[-1] : matched.start()]):
            cuts.append(matched.start())
    return [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _item(piece: str) -> Numbered | None:
    plain = piece.lstrip("\n,;. ")
    plain = plain[4:] if plain[:4].lower() == "and " else plain
    if matched := _BEFORE.match(plain):
        return Numbered(_numbers(matched), plain[matched.start("words") :])
    matched = _AFTER.match(plain)
    if not matched or not (_is_plain(plain[matched.end() :]) or _numbers(matched)[1:] == ()):
        return None
    return Numbered(_numbers(matched), f"{matched['words']}{plain[matched.end() :]}")


def _numbers(matched: re.Match[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", matched["numbers"])))


def of_all(text: str) -> OfAll | None:
    """Read "all yes" and "ack all"; only an acknowledgement counts for all, as each done needs evidence of its own."""
    if matched := _ALL_BEFORE.match(text):
        return OfAll(text[matched.end() :], _count(matched))
    if matched := _ALL_AFTER.match(text):
        return OfAll(f"{matched['words']}{text[matched.end() :]}", _count(matched))
    return OfAll(text) if _ALL_WITHIN.match(text) else None


def _count(matched: re.Match[str]) -> int | None:
    words = matched[0].lower().split()
    return next((count for name, count in _COUNTS.items() if name in words), None)


def task_number(rest: str) -> tuple[int | None, str]:
    """Return the number of a task right after the word. "done 2 weeks ago" has none, and is not certain."""
    matched = _NUMBER.match(rest)
    if not matched:
        return None, rest
    if not _is_plain(matched["tail"]) or not re.fullmatch(r"[1-9]\d?", matched["number"]):
        if matched["apart"]:
            return None, rest
        raise Held("a number follows that may not be a task's")
    if _ANOTHER.match(matched["tail"]) or re.search(
        r"\b(?:ack|done|help|decline)\s*#?\d", matched["tail"], re.IGNORECASE
    ):
        raise Held("it speaks of several tasks")
    return int(matched["number"]), matched["tail"]


def _is_plain(tail: str) -> bool:
    followed = tail[:1] == " " and any(pattern.match(tail.lstrip()) for pattern in _FOLLOWED)
    return bool(_PLAIN_TAIL.match(tail)) or followed
