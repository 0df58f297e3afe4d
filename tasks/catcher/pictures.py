"""Put the pictures of a caught mail back into its HTML, as a mail program does that shows it."""

import re
from base64 import b64encode

from timeline.replies.mail import ParsedMail

_NAMED = re.compile(r' src="cid:([!-;=?-~]{1,250})"')
_KINDS = ("image/png", "image/jpeg", "image/gif")


def with_pictures(html: str, mail: ParsedMail) -> str:
    """Put the mail's pictures into its HTML; a picture that the mail does not hold is left out."""
    parts = {str(part["Content-ID"] or "").strip(" <>"): part for part in mail.of_type(*_KINDS)}

    def picture(named: re.Match[str]) -> str:
        part = parts.get(named[1])
        content = part.get_payload(decode=True) if part is not None else None
        if part is None or not isinstance(content, bytes):
            return named[0]
        return f' src="data:{part.get_content_type()};base64,{b64encode(content).decode()}"'

    return _NAMED.sub(picture, html)
