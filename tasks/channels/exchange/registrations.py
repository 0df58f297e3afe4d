"""Find the app registrations in the settings: that which reads the mailbox, that which sends, and the bot's."""

from pydantic import SecretStr

from config.settings import Settings
from tasks.channels.exchange.access import Account, AppRegistration, Named

_READING = Named("DAYMARK_IMAP_TENANT", "DAYMARK_IMAP_CLIENT_ID", "DAYMARK_IMAP_CLIENT_SECRET")
_SENDING = Named("DAYMARK_MAIL_TENANT", "DAYMARK_MAIL_CLIENT_ID", "DAYMARK_MAIL_CLIENT_SECRET")

_BOT = Named("DAYMARK_TEAMS_TENANT", "DAYMARK_TEAMS_BOT_ID", "DAYMARK_TEAMS_BOT_SECRET")


def for_bot(settings: Settings) -> AppRegistration:
    """Give the registration of our bot in Teams."""
    return _registration(settings, settings.teams_tenant, settings.teams_bot_id, settings.teams_bot_secret, _BOT)


def for_reading(settings: Settings) -> AppRegistration:
    """Give the registration that opens the mailbox by IMAP."""
    return _registration(
        settings,
        settings.imap_tenant or settings.mail_tenant,
        settings.imap_client_id,
        settings.imap_client_secret,
        _READING,
    )


def for_sending(settings: Settings) -> Account | None:
    """Give the account that sends; None without a registration. One registration may both read and send."""
    if not settings.mail_client_id:
        return Account(for_reading(settings), settings.mail_address) if settings.imap_client_id else None
    tenant = settings.mail_tenant or settings.imap_tenant
    app = _registration(settings, tenant, settings.mail_client_id, settings.mail_client_secret, _SENDING)
    return Account(app, settings.mail_address)


def _registration(
    settings: Settings, tenant: str, client_id: str, secret: SecretStr | None, named: Named
) -> AppRegistration:
    value = secret.get_secret_value() if secret else ""
    return AppRegistration(tenant, client_id, value, named, settings.oauth_authority)
