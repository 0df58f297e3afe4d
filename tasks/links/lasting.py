"""Give and revoke tokens that last: each new generation makes the earlier ones dead."""

from dataclasses import replace
from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.council.tokens import derive, token_hash
from timeline.delivery.messages import TokenClaims


def give(store: Store, settings: Settings, claims: TokenClaims, *, at: datetime, who: str) -> str:
    """Give the token that is bound to these claims, in their generation of today; keep it the first time."""
    return _keep(store, settings, replace(claims, generation=generation(store, claims) or 0), at=at, who=who)


def revoke(store: Store, settings: Settings, claims: TokenClaims, *, at: datetime, who: str) -> bool:
    """Make every token dead that was given for these claims; False when none was.

    The next token is kept and given to nobody: only `give` gives it, when it is asked for again.
    """
    given = generation(store, claims)
    if given is None:
        return False
    _keep(store, settings, replace(claims, generation=given + 1), at=at, who=who)
    return True


def generation(store: Store, claims: TokenClaims) -> int | None:
    """Return the generation of today; None when no token was ever given."""
    return store.outbox.token_generation(claims.person, claims.message)


def _keep(store: Store, settings: Settings, claims: TokenClaims, *, at: datetime, who: str) -> str:
    token = derive(settings.secret(), store.council, claims)
    store.outbox.keep_lasting_token(token_hash(token), claims, at=at, who=who)
    return token
