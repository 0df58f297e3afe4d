"""Read the text that a person wrote in an HTML mail, without the quote and the signature that mail programs mark."""

import re
from contextlib import suppress
from html.parser import HTMLParser

MOST_LETTERS = 20_000

# The parser drops a marked element with all its content; below a mark in `_LAST` everything is the quote.
_QUOTES = (
    "gmail_quote",
    "gmail_quote_container",
    "yahoo_quoted",
    "moz-cite-prefix",
    "protonmail_quote",
    "tutanota_quote",
)
_QUOTED_TOO = ("zmail_extra", "isforwardcontent")
_SIGNATURES = (
    "gmail_signature",
    "moz-signature",
    "signature",
    "ms-outlook-mobile-signature",
    "protonmail_signature_block",
)
_MARKED = frozenset((*_QUOTES, *_QUOTED_TOO, *_SIGNATURES))
_LAST = frozenset(("appendonsend", "divrplyfwdmsg", "olk_src_body_section", "mail-editor-reference-message-container"))
_HIDDEN = frozenset(("head", "title", "style", "script", "template", "blockquote"))
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_ROWS = ("p", "div", "li", "ul", "ol", "tr", "table", "br", "hr", "pre", "blockquote", "section", "article", "center")
_LINES = frozenset((*_ROWS, "h1", "h2", "h3", "h4", "h5", "h6"))
_NOT_SHOWN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)

Attributes = list[tuple[str, str | None]]


class _Enough(Exception):
    """Say that the quote begins here, or the text is longer than anybody needs to read."""


class _Written(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._letters = 0
        self._dropped = ""
        self._depth = 0
        self._link = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._dropped:
            self._depth += tag == self._dropped
            return
        marks = _marks(attrs)
        if marks & _LAST:
            raise _Enough
        if tag in _LINES:
            self._write("\n")
        if tag not in _VOID and (tag in _HIDDEN or marks & _MARKED or _NOT_SHOWN.search(_value(attrs, "style"))):
            self._dropped, self._depth = tag, 1
        elif tag == "a":
            self._link = _value(attrs, "href")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """Open the element: a browser opens `<div/>` too, and `<br/>` holds nothing."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            self._depth -= tag == self._dropped
            self._dropped = self._dropped if self._depth else ""
        elif tag == "a":
            self._say_where()
        elif tag in _LINES:
            self._write("\n")

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self._write(re.sub(r"\s+", " ", data))

    def _say_where(self) -> None:
        """Write a link's address: it is evidence, and identifies a button of our own mail in a quote without a mark."""
        if self._link.startswith(("http://", "https://")) and self._link not in "".join(self.pieces[-3:]):
            self._write(f" {self._link} ")
        self._link = ""

    def _write(self, piece: str) -> None:
        self.pieces.append(piece[: MOST_LETTERS - self._letters])
        self._letters += len(piece)
        if self._letters >= MOST_LETTERS:
            raise _Enough


def visible_text(html: str) -> str:
    """Return the text above and below the quote, a line for each line that a reader sees."""
    parser = _Written()
    with suppress(_Enough):
        parser.feed(html)
    lines = [line.strip() for line in "".join(parser.pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _marks(attrs: Attributes) -> set[str]:
    """Return the id and the classes, lower case; Outlook puts x_ before those of a mail inside a mail."""
    words = f"{_value(attrs, 'id')} {_value(attrs, 'class')}".lower().split()
    return {re.sub(r"^(?:x_)+", "", word) for word in words}


def _value(attrs: Attributes, name: str) -> str:
    return next((value or "" for attribute, value in attrs if attribute == name), "")
