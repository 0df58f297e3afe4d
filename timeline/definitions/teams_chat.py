"""Hold the personal chat of our bot in Teams with a person."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TeamsChat:
    """Hold a chat, as Microsoft's connector names it.

    `account` is the aadObjectId that it was opened by, `conversation` and `service_url` where messages go, `member` the
    connector's own name for the person, `bot` its name for us.
    """

    account: str
    conversation: str
    service_url: str
    member: str
    bot: str

    def is_of(self, account: str) -> bool:
        """Tell whether it was opened by this account: a person whose account was corrected has another chat."""
        return bool(account) and self.account == account.strip().lower()
