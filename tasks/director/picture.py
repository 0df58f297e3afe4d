"""Draw the council's timeline into a mail that may be forwarded."""

import logging
from base64 import b64encode
from datetime import datetime

from config.rendering.picture_png import png
from config.settings import Settings
from models.store import Store
from tasks.council.picture import picture_contents
from timeline.letters.mail_views import MailPicture
from timeline.picture.audience import Audience
from timeline.picture.contents import Contents
from timeline.picture.layout import lay_out
from timeline.picture.paper import MAIL

LARGEST = 100_000
"""The bytes that the picture may add to a mail."""
# Sharp on a telephone, or at least to be read.
_ZOOMS = (1.5, 1)
_COLOURS = 48

_log = logging.getLogger(__name__)


def mail_picture(store: Store, settings: Settings, *, at: datetime) -> MailPicture | None:
    """Draw what a board may see: the mail may go on to anybody. None when it would be too large, or cannot be drawn.

    No fault of the picture may cost the mail.
    """
    try:
        return drawn(picture_contents(store, settings, Audience.BOARD, at=at))
    except Exception as trouble:  # no words of it: they may hold what is in confidence
        _log.error("The picture of a mail could not be drawn (%s).", type(trouble).__name__)
        return None


def drawn(of: Contents) -> MailPicture | None:
    """Draw contents for a mail; None when even the smallest picture is too large."""
    laid_out = lay_out(of, MAIL)
    contents = (png(laid_out, zoom=zoom, colours=_COLOURS) for zoom in _ZOOMS)
    content = next((content for content in contents if len(content) <= LARGEST), None)
    if content is None:
        return None
    src = f"data:image/png;base64,{b64encode(content).decode()}"
    return MailPicture(src, laid_out.title, laid_out.width, laid_out.height)
