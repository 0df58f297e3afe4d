"""Word the parser's complaints about YAML as sentences that name the cure."""

import re

# Its own words speak of tokens, scalars and blocks. The first that fits is taken.
_WORDS = (
    (r"found character '\\t' that cannot start any token", "found a tab, expected spaces"),
    (
        r"found character '(?P<letter>.)' that cannot start any token",
        "found “{letter}” where words begin, expected the words between quotation marks",
    ),
    (
        r"mapping values are not allowed here",
        "found a second “:”, or a line that is indented too far; expected words with a colon between quotation marks",
    ),
    (
        r"expected ',' or '(?P<end>[\]}])', but got .*",
        "found no end of the list or the braces, expected “,” or “{end}”",
    ),
    (
        r"expected <block end>, but found .*",
        "found words that do not fit: expected the same indentation as the lines beside it, "
        "and no missing quotation mark",
    ),
    (r"could not find expected ':'", "found no “:” after these words, expected such as “title: …”"),
    (r"found unexpected end of stream", "found the end of the file between quotation marks, expected their end"),
    (r"found unknown escape character .*", "found a “\\” between double quotation marks, expected single ones"),
    (r"expected the node content, but found .*", "found punctuation, expected words"),
    (r"but found another document", "found a second document (“---”), expected one"),
)


def in_words(problem: str) -> str:
    """Give a complaint of the parser as a clause for people; an unknown complaint as it is."""
    for pattern, words in _WORDS:
        matched = re.fullmatch(pattern, problem)
        if matched:
            return words.format(**matched.groupdict())
    return problem


def not_utf8(octets: bytes) -> str:
    """Say where a text in another encoding leaves UTF-8, and how to mend it; empty for what is no text."""
    try:
        octets.decode()
    except UnicodeDecodeError as fault:
        before = octets[: fault.start]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode()) + 1
        letter = octets[fault.start : fault.start + 1].decode("cp1252", errors="replace")
        if b"\x00" in octets or not letter.isprintable():
            return ""
        return (
            f"Line {line}, column {column}: found “{letter}” as older Windows programs write it, expected UTF-8: "
            "save the file again with the encoding UTF-8."
        )
    return ""
