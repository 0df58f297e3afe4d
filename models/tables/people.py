"""Hold people and posts: holders, from when until when, and absences."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import JSON, Field

from models.tables.base import NO, NO_LIST, NO_TEXT, NONE_YET, Instant, Row, words
from timeline.definitions.duties import Level


class HolderRow(Row, table=True):
    """Hold a holder of a post: `position` is the order in the timeline: of two holders on one day the acting one
    counts, else the first.
    """

    __tablename__ = "holder"
    __table_args__ = (
        ForeignKeyConstraint(["council", "post"], ["post.council", "post.key"]),
        ForeignKeyConstraint(["council", "person"], ["person.council", "person.key"]),
    )

    council: str = Field(primary_key=True, foreign_key="council.key")
    position: int = Field(primary_key=True)
    post: str
    person: str
    from_on: date | None = None
    until_on: date | None = None
    acting: bool = Field(default=False, sa_column_kwargs=NO)


class AbsenceRow(Row, table=True):
    __tablename__ = "absence"
    __table_args__ = (ForeignKeyConstraint(["council", "person"], ["person.council", "person.key"]),)

    council: str = Field(primary_key=True, foreign_key="council.key")
    position: int = Field(primary_key=True)
    person: str
    from_on: date
    until_on: date


class HeardAbsenceRow(Row, table=True):
    """Hold an absence that was heard, apart from the timeline's own absences, which every apply replaces. `number`
    names it in the audit chain, which must not hold the days for ever.
    """

    __tablename__ = "heard_absence"
    __table_args__ = (ForeignKeyConstraint(["council", "person"], ["person.council", "person.key"]),)

    council: str = Field(primary_key=True, foreign_key="council.key")
    person: str = Field(primary_key=True)
    from_on: date = Field(primary_key=True)
    until_on: date = Field(primary_key=True)
    heard_at: datetime = Field(sa_type=Instant)
    number: int = Field(default=0, sa_column_kwargs=NONE_YET)


class AbsenceEndRow(Row, table=True):
    """Hold the last day of an absence as a person stated it. Rows are only added: of an absence the latest counts."""

    __tablename__ = "absence_end"
    __table_args__ = (ForeignKeyConstraint(["council", "person"], ["person.council", "person.key"]),)

    council: str = Field(primary_key=True, foreign_key="council.key")
    number: int = Field(primary_key=True)
    person: str
    until_on: date
    last_on: date
    by_answer: bool
    stated_at: datetime = Field(sa_type=Instant)


class PersonRow(Row, table=True):
    """Hold a person. One no longer in the timeline is kept with `dropped_at`: past prompts still have a name."""

    __tablename__ = "person"

    council: str = Field(primary_key=True, foreign_key="council.key")
    key: str = Field(primary_key=True)
    name: str
    address: str
    channels: list[str] = Field(default_factory=list, sa_type=JSON, sa_column_kwargs=NO_LIST)
    teams: str = Field(default="", sa_column_kwargs=NO_TEXT)
    phone: str = Field(default="", sa_column_kwargs=NO_TEXT)
    works: list[int] = Field(default_factory=list, sa_type=JSON, sa_column_kwargs=NO_LIST)
    shared: bool = Field(default=False, sa_column_kwargs=NO)
    dropped_at: datetime | None = Field(default=None, sa_type=Instant)


class TeamsChatRow(Row, table=True):
    """Hold the personal chat of our bot with a person, as Microsoft's connector names it; gone when the app is removed.

    `account` is the aadObjectId that it was opened by, `member` the connector's own name for the person, `bot` its name
    for us.
    """

    __tablename__ = "teams_chat"
    __table_args__ = (ForeignKeyConstraint(["council", "person"], ["person.council", "person.key"]),)

    council: str = Field(primary_key=True, foreign_key="council.key")
    person: str = Field(primary_key=True)
    account: str
    conversation: str
    service_url: str
    member: str
    bot: str
    since_at: datetime = Field(sa_type=Instant)


class PostRow(Row, table=True):
    __tablename__ = "post"

    council: str = Field(primary_key=True, foreign_key="council.key")
    key: str = Field(primary_key=True)
    position: int
    title: str
    level: Level = Field(sa_type=words(Level))
    line_manager: str | None = None
    deputy: str | None = None
    assistant: str | None = None
