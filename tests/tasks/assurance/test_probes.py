"""Test messages to ourselves: sent once a day by each channel, brought back by our own mailbox, never an answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import Settings, SettingsError, using
from tasks.assurance.probes import try_channels
from tasks.council.run import CouncilRun
from tasks.receiving.receive import handle
from tests.harness import World
from tests.tasks.exchange_refusals import CLIENT, SECRET, TENANT
from tests.tasks.exchange_servers import Cloud, trusting
from tests.tasks.https_servers import HttpsServer
from tests.tasks.smtp_servers import SmtpServer
from timeline.assurance import ChannelSeen
from timeline.definitions.teams_chat import TeamsChat


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.apply()
        world.at("Wed 28 Aug 2019 08:45")
        yield world


def tried(world: World, **changes: object) -> dict[str, ChannelSeen]:
    settings = world.settings.model_copy(update=changes)
    return {
        channel_seen.name: channel_seen for channel_seen in try_channels(CouncilRun(world.store, settings, world.now))
    }


def test_what_our_mailbox_brings_back_is_recognised_before_anything_else(world: World) -> None:
    with SmtpServer() as server:
        ours = {"mail_url": server.url, "lmtp_port": 24}
        assert tried(world, **ours)["mail"].works is None
        (sent,) = server.mails
        # Whatever stands in it: it is no answer.
        raw = sent.content.replace(b"Nobody needs to do anything", b"ack")
        world.at("Wed 28 Aug 2019 08:48")
        result = handle(world.settings, raw, at=world.now)
        assert (result.kind, result.state, result.asks_for_help) == ("probe", "ignored", False)
        seen = tried(world, **ours)["mail"]
        assert (seen.told, seen.works) == ("It came back after 3 minutes.", True)
        assert len(server.mails) == 1
        assert world.waiting() == 0
        assert world.store.inbound.held() == ()


def test_what_does_not_come_back_by_the_next_day_makes_the_channel_dead(world: World) -> None:
    with SmtpServer() as server:
        ours = {"mail_url": server.url, "lmtp_port": 24}
        tried(world, **ours)
        world.at("Thu 29 Aug 2019 08:45")
        seen = tried(world, **ours)["mail"]
    assert seen.works is False
    assert seen.told == "What we sent ourselves on Wednesday 28 August 2019 did not come back."


def test_without_a_mailbox_nothing_is_claimed(world: World) -> None:
    with SmtpServer() as server:
        seen = tried(world, mail_url=server.url)["mail"]
    assert (seen.works, "not known" in seen.told) == (True, True)


def test_a_forged_probe_answers_nothing_and_proves_nothing(world: World) -> None:
    with SmtpServer() as server:
        tried(world, mail_url=server.url, lmtp_port=24)
        raw = server.mails[0].content
    token = raw.split(b"X-Daymark-Probe: ")[1][:16]
    result = handle(world.settings, raw.replace(token, b"a" * 16), at=world.now)
    assert (result.kind, result.state, result.new) == ("probe", "ignored", True)
    assert world.store.assurance.last_probes()["mail"].returned_at is None


def test_another_channel_is_tried_at_an_address_of_ours_and_never_at_an_officers(world: World) -> None:
    channels = {"channels": "chat=json://127.0.0.1:9/{address}", "probes": "chat=json://127.0.0.1:9/ours"}
    with using(world.settings.model_copy(update=channels)) as settings:
        seen = {
            channel_seen.name: channel_seen
            for channel_seen in try_channels(CouncilRun(world.store, settings, world.now))
        }
    assert seen["chat"].works is False
    assert seen["mail"].works is True
    unnamed = tried(world, channels="room=json://127.0.0.1:9/")["room"]
    assert (unnamed.works, "DAYMARK_PROBES" in unnamed.told) == (None, True)


BOT = {"channels": "teams=daymarkteamsbot://personal", "teams_tenant": TENANT, "teams_bot_id": CLIENT}
KNOWN = '200 | {"id": "29:1a"}'


def bot_seen(world: World, *answers: str, opened: bool = True) -> tuple[ChannelSeen, list[str]]:
    """Try the bot's way where the connector, and then our own door, give these answers."""
    with Cloud() as cloud, pytest.MonkeyPatch.context() as patch, trusting(patch), HttpsServer(*answers) as server:
        here = f"https://127.0.0.1:{server.port}"
        chat = TeamsChat(account="a", conversation="a:1", service_url=f"{here}/uk", member="29:1a", bot="28:b")
        if opened:
            world.store.people.open_teams_chat("performance-lead", chat, at=world.now)
        secret = {"teams_bot_secret": SecretStr(SECRET), "oauth_authority": cloud.url, "base_url": here}
        return tried(world, **BOT | secret)["teams"], [post.target for post in server.posts]


def test_the_bots_way_is_tried_there_and_back_without_a_word_to_anybody(world: World) -> None:
    seen, asked = bot_seen(world, KNOWN, "401")
    assert (seen.works, seen.told) == (True, "It came back after 1 minute.")
    assert asked == ["/uk/v3/conversations/a%3A1/members/29%3A1a", "/teams/bot"]
    assert bot_seen(world)[1] == [], "once a day will do"


@pytest.mark.parametrize(
    ("answers", "what_to_do"),
    [
        (("401", "401"), "expected an Azure Bot with this very app registration"),
        (("403",), "ask IT whether Teams allows the app"),
        ((KNOWN, "404"), "expected the proxy to pass it on"),
        ((KNOWN, "503"), "the extra daymark[teams] is not installed"),
        ((KNOWN, "302"), "expected the proxy to ask for no login there"),
    ],
)
def test_a_way_of_the_bot_that_fails_says_what_to_do(world: World, answers: tuple[str, ...], what_to_do: str) -> None:
    seen, _ = bot_seen(world, *answers)
    assert (seen.works, what_to_do in seen.told) == (False, True)


def test_a_bot_that_is_installed_for_nobody_reaches_nobody(world: World) -> None:
    seen, asked = bot_seen(world, opened=False)
    assert (seen.works, "ask IT to install it" in seen.told, asked) == (False, True, [])


def test_a_place_for_a_channel_that_is_not_there_is_refused() -> None:
    with pytest.raises(SettingsError, match="DAYMARK_PROBES tries “teams”"):
        Settings.given(probes="teams=json://127.0.0.1/")
