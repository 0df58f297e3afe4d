"""Live the first start: apply the timeline, build the pages, and run every flow once so that there is mail to see."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime

from starlette.types import ASGIApp

from config.houses.own import own_hosts
from config.settings import Settings, settings
from config.timeline_files.people_faults import placeholders
from tasks import clock
from tasks.assurance.alarms import Alarms
from tasks.assurance.page import Assurances
from tasks.changes.absences import Absences
from tasks.changes.beginning import last_instant_with_mail, timeline_in_force, working_instant
from tasks.council.each import Councils, readable, where_possible
from tasks.council.health import Health
from tasks.council.key import refuse_another_key
from tasks.council.ledger import stores
from tasks.council.quiet import Quiets
from tasks.houses.admitted import Admitted
from tasks.houses.house_names import HouseNames
from tasks.houses.standings import Standings
from tasks.links.board import Boards
from tasks.links.calendar_feed import CalendarFeeds
from tasks.links.readers import Readers
from tasks.links.secure_link import Links
from tasks.proposals.councils import CouncilRuns
from tasks.receiving.review import Reviews
from tasks.receiving.teams import Teams
from tasks.receiving.teams_bot import Bot
from tasks.reports.offered import ReportsMade
from tasks.steering.pages import SteeringPages
from tasks.steering.records import ProgrammePages
from timeline.calendar.london import london_date


def prepare(given: Settings) -> str:
    """Apply the timeline to an empty store; later, only report that it differs. Return sentences, or an empty text.

    Warnings of the file are told as `apply` tells them, and placeholder addresses at each start. Raise OtherKey when
    the secret key is not that of the store.
    """
    for store in stores(given):
        refuse_another_key(store, given)
    bot = Bot(given).missing() if given.teams_bot_id else ""
    return "\n".join(filter(None, (timeline_in_force(given), *_placeholders(given), bot)))


def _placeholders(given: Settings) -> Iterator[str]:
    """Warn at each start: the mail server is named long after the file was checked."""
    for store, timeline in readable(given) if not given.catches_mail else ():
        directory = timeline.directory
        held = dict.fromkeys(holder.person for holder in directory.holders if holder.person in directory.people)
        addresses = {key: directory.people[key].address for key in held}
        yield from (f"warning: {fault}" for fault in placeholders(store.council, addresses))


def pages(given: Settings) -> ASGIApp:
    """Build the officers' pages and, where mail is caught, the pages that show it."""
    from web.app import create_app
    from web.machines import notify_receipts, teams_bot
    from web.machines.alarms import Alarms as AlarmAddress
    from web.machines.api import Api
    from web.pages import PageSettings

    house, standings = HouseNames(given, at=clock.now()), Standings(given)
    alarms, reading = AlarmAddress(Alarms(given)).route(), Api(Readers(given), given.base_url, standings).routes()
    return create_app(
        Links(given),
        PageSettings(
            council_name=house.council_name,
            programme_name=house.programme_name,
            base_url=given.base_url,
            prefect_url=given.prefect_api_url.removesuffix("/api"),
            mail_folder=given.caught_mail if given.catches_mail else None,
            bind=given.bind,
            identity_header=given.identity_header,
            own_hosts=own_hosts(given),
        ),
        Reviews(given),
        Teams(given) if given.teams_keys else None,
        callbacks=[*notify_receipts.routes(given), *teams_bot.routes(given), *reading, alarms],
        feeds=CalendarFeeds(given),
        assurances=Assurances(given),
        quiets=Quiets(given),
        health=Health(given).trouble,
        absences=Absences(given),
        councils=Councils(given),
        runs=CouncilRuns(given),
        steering=SteeringPages(given),
        boards=Boards(given),
        reports=ReportsMade(given),
        programmes=ProgrammePages(given),
        standings=standings,
        admits=Admitted(given).councils,
        house=house,
    )


async def first_run(at: datetime) -> tuple[str, ...]:
    """Run every flow once for the last working instant at or before `at`, or for `at` itself.

    Gives a sentence for each flow that failed; it takes no other with it.

    This makes up for runs missed while Daymark was stopped, and gives mail to see at any hour of any day. A change or
    an answer made since that instant would be unknown to it, and what it changed be taken back: then the run works for
    now, and what it writes leaves in working time.
    """
    from prefect import tags

    from cli.run.replay_runner import MORNING, Flow
    from flows.notify import notify
    from flows.server.abandoned import FIRST_RUN

    instant, failed = _first_instant(at), []
    flows: list[Flow] = [*(flow for _, flow in MORNING), notify]
    for flow in flows:
        # Asked before each: the pages take answers meanwhile.
        with clock.earlier(clock.now() if _has_changed_since(instant) else instant), tags(FIRST_RUN):
            failed.append(await _failure_of(flow))
    return tuple(filter(None, failed))


def _has_changed_since(instant: datetime) -> bool:
    return any(where_possible(settings(), lambda store: store.assurance.changed_since(instant)))


async def _failure_of(flow: Callable[[], Awaitable[object]]) -> str:
    """Run the flow, and tell when it failed; its own run shows why."""
    try:
        await flow()
    except Exception as trouble:
        name, kind = getattr(flow, "name", "a flow"), type(trouble).__name__
        return f"The first run of {name} failed ({kind}); the next one goes on from there."
    return ""


def _first_instant(at: datetime) -> datetime:
    """Give the last working instant of the first council that can be read; without any, `at`.

    On its first day there is mail to see before the hour of the day's mail, too.
    """
    for store, timeline in readable(settings()):
        applied = store.changes.applied()
        is_new = applied is not None and london_date(applied.first_applied_at) == london_date(at)
        return last_instant_with_mail(timeline, at) if is_new else working_instant(timeline, at)
    return at
