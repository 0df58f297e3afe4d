"""Take the pictures out of the HTML of a mail, as parts of the mail that the HTML names.

A message is stored with its pictures in it, so that it says by itself what was sent. Gmail and Outlook show no such
`data:` address, and every program shows a part by its Content-ID (RFC 2392).
"""

import hashlib
import re
from base64 import b64decode, encodebytes
from email.mime.nonmultipart import MIMENonMultipart

# As the templates write it: a quote that somebody typed is escaped, so no typed text can look like it.
_STORED = re.compile(r' src="data:image/png;base64,([A-Za-z0-9+/]+={0,2})"')


def taken_out(html: str, *, domain: str) -> tuple[str, tuple[MIMENonMultipart, ...]]:
    """Give the HTML with the name of each picture in its place, and the pictures; the same in, the same out."""
    parts: dict[str, MIMENonMultipart] = {}

    def named(picture: re.Match[str]) -> str:
        content = b64decode(picture[1])
        name = f"{hashlib.sha256(content).hexdigest()[:32]}@{domain}"
        parts.setdefault(name, _part(name, content))
        return f' src="cid:{name}"'

    words = _STORED.sub(named, html)
    return words, tuple(parts.values())


def _part(name: str, content: bytes) -> MIMENonMultipart:
    part = MIMENonMultipart("image", "png")
    part.set_payload(encodebytes(content).decode("ascii"))
    part["Content-Transfer-Encoding"] = "base64"
    part["Content-ID"] = f"<{name}>"
    # Inline and with a name: some programs list a part without a name as an attachment without a name.
    part.add_header("Content-Disposition", "inline", filename="timeline.png")
    return part
