"""Offer the forms that add a meeting of a board or panel, and a training session with the posts that were not there."""

from collections.abc import Iterator, Sequence

from config.rendering.texts import Texts
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals import records
from timeline.calendar.wording import near
from timeline.programme.bodies import Meeting, Session, Training
from timeline.programme.updates import TRAINING, Part
from web.administrators.changes.fields import Field, Values
from web.administrators.changes.form import Form
from web.administrators.changes.record_fields import Adding, forms_adding, on_of, record_field, text_of, words_field


def forms(t: Texts) -> Iterator[Form]:
    """Give the forms of this subject."""
    return forms_adding(
        Adding("meeting", t("records.meeting"), _of_a_meeting, _meeting),
        Adding("session", t("records.session"), _of_a_session, _session),
    )


def _of_a_meeting(run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (
        record_field(run, t("records.which_board"), "bodies"),
        Field(kind="day", name="on", label=t("records.met_on"), hint=t("changes.day_hint")),
        Field(kind="line", name="attended", label=t("records.attended"), hint=t("records.attended_hint"), needed=False),
        words_field(t, "decisions", t("records.decisions")),
        Field(kind="line", name="source", label=t("changes.source"), hint=t("records.source_hint")),
    )


def _meeting(run: CouncilRun, given: Values) -> Part:
    attended = text_of(given, "attended")
    decisions = tuple(line.strip() for line in text_of(given, "decisions").splitlines() if line.strip())
    return Meeting(
        on=on_of(run, given),
        attended=_people(attended) if attended else None,
        decisions=decisions,
        source=text_of(given, "source"),
    )


def _people(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 3):
        raise Refused(f"“{text}” is no number of people: expected such as 9.")
    return int(text)


def _of_a_session(run: CouncilRun, t: Texts) -> Sequence[Field]:
    training = _training(run)
    teams = training.teams if training else {}
    hint = t("records.absent_hint")
    absent = Field(kind="words", name="absent", label=t("records.absent"), hint=hint, needed=False)
    return (
        record_field(run, t("records.which_training"), TRAINING),
        Field(kind="day", name="on", label=t("records.held_on"), hint=t("changes.day_hint")),
        Field(kind="line", name="theme", label=t("records.theme")),
        Field(kind="line", name="trainer", label=t("records.trainer"), needed=False),
        *(
            Field(kind="line", name=f"came-{n}", label=t("records.came", team=team, n=managers), needed=False)
            for n, (team, managers) in enumerate(teams.items(), start=1)
        ),
        *([absent] if training and training.managers else []),
        Field(kind="line", name="source", label=t("changes.source"), hint=t("records.source_hint")),
    )


def _training(run: CouncilRun) -> Training | None:
    try:
        return records.now_of(run).programme.training
    except Refused:
        return None


def _session(run: CouncilRun, given: Values) -> Part:
    training = _training(run)
    teams = training.teams if training else {}
    typed = {team: text_of(given, f"came-{n}") for n, team in enumerate(teams, start=1)}
    absent = str(given.get("absent") or "").splitlines()
    return Session(
        on=on_of(run, given),
        theme=text_of(given, "theme"),
        trainer=text_of(given, "trainer"),
        attended={team: _people(text) for team, text in typed.items() if text},
        source=text_of(given, "source"),
        absent=tuple(_manager(run, training, line.strip()) for line in absent if line.strip()),
    )


def _manager(run: CouncilRun, training: Training | None, typed: str) -> str:
    """Give the post that a line names, by its title or its key."""
    posts = {post: run.timeline.directory.posts.get(post) for post in (training.managers if training else ())}
    named = {name.casefold(): key for key, post in posts.items() for name in (key, post.title if post else key)}
    if typed.casefold() not in named:
        raise Refused(f"“{typed}” is no Practice Manager's post of the programme.{near(typed, sorted(named))}")
    return named[typed.casefold()]
