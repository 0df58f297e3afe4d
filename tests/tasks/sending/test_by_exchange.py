"""Test the whole way of a reminder through Exchange Online, by Graph and by SMTP with a token: whatever happens on it,
the message ends in a true state.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tasks.channels.exchange.access import forget_tokens
from tasks.channels.smtp.connection import close_connections
from tasks.sending.pacing import _house_pace
from tests.harness import World, header
from tests.tasks.exchange_refusals import BAD_RECIPIENT, MAILBOX, REVOKED_APP, SEND_AS_DENIED, Refusal
from tests.tasks.exchange_servers import Act, Cloud, ExchangeSmtp, trusting
from tests.tasks.smtp_servers import Act as Line
from timeline.delivery.server_words import quoted_with_advice

GRAPH, XOAUTH2 = "graph", "xoauth2"
WAIT = Refusal(429, "ApplicationThrottled", "x", (("Retry-After", "1800"),))


@dataclass
class House:
    """Hold a council whose first notice waits to be sent by `way`."""

    world: World
    cloud: Cloud
    server: ExchangeSmtp
    way: str

    def in_a_new_process(self) -> None:
        """Forget the tokens, and how long to wait by the machine's clock, which a story does not move."""
        forget_tokens()
        _house_pace.cache_clear()
        for pace in self.world.home.glob("pace-mail-*"):
            pace.unlink()

    def deliver(self, text: str) -> list[str]:
        return [attempt.outcome for attempt in self.world.at(f"Wed 28 Aug 2019 {text}").deliver().messages]

    @property
    def taken(self) -> list[bytes]:
        return self.cloud.mails if self.way == GRAPH else [mail.content for mail in self.server.mails]

    @property
    def said(self) -> str:
        """Tell what people read of the channel's trouble."""
        return quoted_with_advice(self.world.store.outbox.breakers()["mail"].because)


@pytest.fixture(params=[GRAPH, XOAUTH2])
def house(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        stack.enter_context(trusting(patch))
        cloud = stack.enter_context(Cloud())
        server = stack.enter_context(ExchangeSmtp(cloud))
        world = stack.enter_context(World(tmp_path))
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.at("Wed 28 Aug 2019 07:30").decide("plo-panel")
        way = str(request.param)
        world.route(cloud.graph_url if way == GRAPH else server.url, **cloud.settings())
        yield House(world, cloud, server, way)


def misbehave(house: House, graph: Refusal | Act, smtp: dict[str, Any]) -> None:
    if house.way == GRAPH:
        house.cloud.graph.append(graph)
    else:
        house.server.told |= smtp


def test_a_reminder_leaves_with_its_own_marks_and_answers_find_it(house: House) -> None:
    assert house.deliver("08:30") == ["accepted"]
    (mail,) = house.taken
    assert header(mail, "Message-ID").startswith("<r.")
    assert header(mail, "Auto-Submitted") == "auto-generated"
    assert f"<{MAILBOX.replace('@', '+')[:9]}+" in header(mail, "Reply-To")
    assert header(mail, "To").endswith("<performance.lead@medway.example>")
    assert house.deliver("10:00") == []


def test_an_expired_token_delays_nothing(house: House) -> None:
    house.cloud.tenant.lifetime = 299
    house.deliver("08:30")
    house.cloud.tenant.revoke()
    close_connections()
    house.world.at("Wed 28 Aug 2019 09:00").decide("case-follow-up")
    assert set(house.deliver("09:10")) == {"accepted"}
    assert len(house.cloud.asked) >= 2


def test_throttled_it_is_tried_again_after_the_time_that_was_asked_for(house: House) -> None:
    house.cloud.tokens.append(WAIT)
    assert house.deliver("08:30") == ["unreachable"]
    assert house.deliver("08:59") == []
    house.cloud.tokens.clear()
    house.in_a_new_process()
    assert house.deliver("09:00") == ["accepted"]
    assert len(house.taken) == 1


def test_a_server_that_is_too_busy_gets_it_later(house: House) -> None:
    misbehave(house, WAIT, {"end": ["432 4.3.2 Concurrent connections limit exceeded"]})
    assert house.deliver("08:30") == ["unreachable" if house.way == GRAPH else "refused"]
    house.in_a_new_process()
    assert house.deliver("09:00") == ["accepted"]


def test_a_revoked_app_loses_no_reminder_and_names_the_setting(house: House) -> None:
    house.cloud.tokens += [REVOKED_APP] * 9
    for text in ("08:30", "08:35", "08:50"):
        assert house.deliver(text) == ["unreachable"]
        house.in_a_new_process()
    assert house.said == (
        "No token for the app registration (AADSTS700016): the tenant does not know it (any more), look at "
        "DAYMARK_MAIL_CLIENT_ID and DAYMARK_MAIL_TENANT."
    )
    house.cloud.tokens.clear()
    assert house.deliver("12:00") == ["accepted"]


def test_a_mailbox_that_is_not_ours_loses_no_reminder_and_names_the_setting(house: House) -> None:
    house.cloud.tenant.mailboxes = frozenset({"other@council.example"})
    for text in ("08:30", "08:35", "08:50"):
        assert house.deliver(text) == ["unreachable"]
    assert ("DAYMARK_MAIL_ADDRESS" if house.way == GRAPH else "DAYMARK_MAIL_URL") in house.said
    house.cloud.tenant.mailboxes = frozenset({MAILBOX})
    assert house.deliver("12:00") == ["accepted"]


def test_a_sender_that_it_may_not_use_is_held_against_nobody(house: House) -> None:
    misbehave(
        house, SEND_AS_DENIED, {"end": ["554 5.2.252 SendAsDenied; a@x.example not allowed to send as b@x.example"]}
    )
    assert house.deliver("08:30") == ["unreachable"]
    assert house.deliver("09:00") == ["accepted"]


def test_a_mail_whose_fate_is_unknown_is_repeated_byte_for_byte(house: House) -> None:
    misbehave(house, Act.CUT, {"end": [Line.CUT]})
    assert house.deliver("08:30") == ["uncertain"]
    assert house.deliver("08:40") == ["accepted"]
    first, second = house.taken
    assert first == second


def test_a_recipient_that_is_refused_for_good_is_passed_on_at_once(house: House) -> None:
    misbehave(house, BAD_RECIPIENT, {"RCPT": ["550 5.1.1 unknown"]})
    assert house.deliver("08:30") == ["refused", "accepted"]
    assert header(house.taken[0], "To").endswith("<head.of.qa@medway.example>")
