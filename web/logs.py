"""Keeps tokens out of the access log: whoever has a token can answer, or read."""

import logging
import re

_TOKEN_PATH = re.compile(r"(/(?:r|mine|calendar)/)[^ ?/\"]+")


def hide_tokens() -> None:
    """From now on links in uvicorn's access log read `/r/…`; uvicorn's own set-up of its logs leaves this be."""
    logging.getLogger("uvicorn.access").addFilter(_without_tokens)


def _without_tokens(record: logging.LogRecord) -> bool:
    if isinstance(record.args, tuple):
        record.args = tuple(_hidden(arg) for arg in record.args)
    return True


def _hidden(arg: object) -> object:
    return _TOKEN_PATH.sub(r"\1…", arg) if isinstance(arg, str) else arg
