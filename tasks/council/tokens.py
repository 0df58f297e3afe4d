"""Derive the tokens of links, so that a resend is identical; the database keeps their SHA-256 only."""

import hashlib
import hmac
from base64 import b32encode

from timeline.definitions.absences import Absence
from timeline.delivery.messages import Message, TokenClaims, TokenKind

LENGTH = 16
# Pages and entries keep their derivation: links that are out go on opening, and a calendar takes changes only from the
# address that invited.
_APART = (TokenKind.REPLY, TokenKind.BOUNCE, TokenKind.BOARD, TokenKind.READER)


def derive(secret: bytes, council: str, claims: TokenClaims) -> str:
    """Derive 16 characters of a–z2–7 from HMAC-SHA256 over what the token is bound to (80 bits)."""
    parts = [council, claims.message, claims.milestone, claims.person, str(claims.due_on or ""), str(claims.generation)]
    parts += [claims.stand_in] if claims.stand_in else []
    parts += [f"kind {claims.kind}"] if claims.kind in _APART else []
    # A length stands before each part, so that two different bindings cannot give the same bytes.
    bound = "".join(f"{len(part)}:{part}" for part in parts)
    digest = hmac.new(secret, bound.encode(), hashlib.sha256).digest()
    return b32encode(digest)[:LENGTH].decode().lower()


def token_hash(token: str) -> str:
    """Give what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def absence_key(secret: bytes, council: str, kind: str, absence: Absence) -> str:
    """Give the key of the only message of that kind about an absence.

    It tells nobody the days, because the audit chain holds it for ever.
    """
    claims = TokenClaims(person=absence.person, message=kind, due_on=absence.until_on)
    return f"{kind}/{absence.person}/{derive(secret, council, claims)}"


def tokens_of(message: Message, council: str, secret: bytes) -> tuple[str, ...]:
    return tuple(derive(secret, council, claims) for claims in message.tokens)


def token_hashes(message: Message, council: str, secret: bytes) -> list[str]:
    """Give what the database keeps of the message's tokens, in their order."""
    return [token_hash(token) for token in tokens_of(message, council, secret)]
