"""Tell whether a request comes from Microsoft's connector, with Microsoft's own SDK: the extra `daymark[teams]`.

Loaded only where a bot is named in the settings: the SDK takes two seconds to start, and not every house has it.
"""

import asyncio
import logging
import warnings

import jwt

with warnings.catch_warnings():
    # A part of the SDK that we do not use is in preview and says so to every console.
    warnings.simplefilter("ignore")
    from microsoft_teams.api.auth.cloud_environment import PUBLIC, CloudEnvironment
    from microsoft_teams.apps.auth import TokenValidator

from tasks.channels.teams_bot import KeysAway

__all__ = ["PUBLIC", "CloudEnvironment", "Connector", "KeysAway"]

_BEARER = "Bearer "
_LONGEST_TOKEN = 16_000
# It would write into our log what a stranger's token says.
logging.getLogger("microsoft_teams.apps.auth").setLevel(logging.CRITICAL)


class Connector:
    """Hold the connector of a bot: its tokens are for that bot alone, and name the service that calls.

    Not the SDK's validator of "inbound activities": that one also takes Entra's tokens of any tenant.
    """

    def __init__(self, bot_id: str, cloud: CloudEnvironment = PUBLIC) -> None:
        self._tokens = TokenValidator.for_service(bot_id, cloud=cloud)

    def speaks(self, authorization: str, service_url: str) -> bool:
        """Tell whether the header holds a token of the connector's, for us and for that service, that is still good.

        Without a service URL it does not: the SDK would leave that test out. Raises KeysAway.
        """
        token = authorization.removeprefix(_BEARER).strip()
        if not authorization.startswith(_BEARER) or len(token) > _LONGEST_TOKEN or not service_url:
            return False
        try:
            asyncio.run(self._tokens.validate_token(token, service_url))
        except jwt.PyJWKClientConnectionError as trouble:
            raise KeysAway("Microsoft's signing keys cannot be fetched.") from trouble
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError, RecursionError):
            return False
        return True
