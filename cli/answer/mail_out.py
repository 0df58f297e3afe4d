"""Try the way out of mail, for `daymark mail test`."""

from cli.council import NotUsable
from config.settings import settings
from tasks import clock
from tasks.assurance.probes import try_mail
from tasks.council.ledger import stores
from tasks.council.run import CouncilRun
from timeline.assurance import ChannelSeen


def send_to_ourselves() -> ChannelSeen:
    """Send a message to ourselves and give how far it came; the way out is the same for every council."""
    store = next(iter(stores()), None)
    if store is None:
        raise NotUsable("No council's timeline is stored yet: run daymark apply FILE.")
    return try_mail(CouncilRun(store, settings(), clock.now()))
