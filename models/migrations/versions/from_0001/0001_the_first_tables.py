"""Add the first tables.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT, WORD, INSTANT = sa.String(), sa.String(length=30), sa.DateTime(timezone=True)
NUMBER, YES, DAY, LIST = sa.Integer(), sa.Boolean(), sa.Date(), sa.JSON()


def upgrade() -> None:
    op.create_table(
        "council",
        *_needs(TEXT, "key", "name", "definition", "source", "digest", "stopped_by", "stopped_why", "audit_head"),
        *_needs(NUMBER, "audit_sequence"),
        *_may(INSTANT, "first_applied_at", "applied_at", "stopped_at"),
        sa.PrimaryKeyConstraint("key", name="pk_council"),
    )
    _what_a_timeline_states()
    _what_the_rules_give()
    _what_is_sent()
    _what_comes_back()
    _never_change_audit_events()


def _what_a_timeline_states() -> None:
    _of_council(
        "fact",
        ["id"],
        *_needs(NUMBER, "id"),
        *_needs(TEXT, "name", "occurrence", "definition", "digest"),
        *_needs(DAY, "happened_on"),
        *_needs(INSTANT, "known_at", "recorded_at"),
        *_needs(YES, "recorded_by_command"),
        *_may(INSTANT, "superseded_at"),
    )
    in_force = sa.text("superseded_at IS NULL")
    op.create_index(
        "uq_fact_in_force",
        "fact",
        ["council", "digest"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
    _of_council(
        "post",
        ["council", "key"],
        *_needs(TEXT, "key", "title"),
        *_needs(NUMBER, "position"),
        *_needs(WORD, "level"),
        *_may(TEXT, "line_manager"),
    )
    _of_council("person", ["council", "key"], *_needs(TEXT, "key", "name", "address"), *_may(INSTANT, "dropped_at"))
    _of_council(
        "holder",
        ["council", "position"],
        *_needs(NUMBER, "position"),
        *_needs(TEXT, "post", "person"),
        *_may(DAY, "from_on", "until_on"),
        _refers("holder", "post", "post", "key"),
        _refers("holder", "person", "person", "key"),
    )
    _of_council(
        "off_day",
        ["council", "kind", "off_on"],
        *_needs(WORD, "kind"),
        *_needs(DAY, "off_on"),
        *_needs(TEXT, "name"),
    )


def _what_the_rules_give() -> None:
    _of_council(
        "obligation",
        ["council", "key"],
        *_needs(TEXT, "key", "title", "owner", "rule", "basis", "definition"),
        *_needs(WORD, "duty_class", "status"),
        *_needs(NUMBER, "position", "version"),
        *_may(INSTANT, "dropped_at"),
    )
    _of_council(
        "occurrence",
        ["council", "ref"],
        *_needs(TEXT, "ref", "obligation", "definition"),
        *_needs(NUMBER, "number"),
        *_needs(WORD, "state"),
        *_may(DAY, "original_on", "legal_on", "working_on", "opens_on", "closes_on"),
        _refers("occurrence", "obligation", "obligation", "key"),
        _unique("occurrence", "council", "obligation", "number"),
    )
    _of_council(
        "milestone",
        ["council", "ref"],
        *_needs(TEXT, "ref", "occurrence", "obligation", "owner", "definition"),
        *_needs(NUMBER, "position", "generation", "responses"),
        *_needs(WORD, "state"),
        *_needs(INSTANT, "changed_at"),
        *_may(DAY, "due_on", "legal_on"),
        *_may(INSTANT, "next_rung_at", "opened_at", "dropped_at"),
        _refers("milestone", "occurrence", "occurrence", "ref"),
    )
    op.create_index("ix_milestone_next_rung_at", "milestone", ["council", "next_rung_at"])


def _what_is_sent() -> None:
    _of_council(
        "message",
        ["council", "key"],
        *_needs(TEXT, "key", "channel", "deliver_to", "kind", "subject", "text", "html", "tokens"),
        *_needs(LIST, "prompts"),
        *_needs(NUMBER, "attempts"),
        *_needs(WORD, "state"),
        *_needs(INSTANT, "composed_at"),
        *_may(INSTANT, "next_attempt_at", "claimed_at"),
    )
    op.create_index("ix_message_next_attempt_at", "message", ["council", "state", "next_attempt_at"])
    op.create_index("ix_message_composed_at", "message", ["council", "composed_at"])
    _of_council(
        "prompt",
        ["id"],
        *_needs(NUMBER, "id", "repeat"),
        *_needs(TEXT, "milestone", "rung", "person", "selector", "post", "meant_for", "deliver_to"),
        *_needs(TEXT, "why", "superseded_by", "reason"),
        *_needs(DAY, "due_on"),
        *_needs(WORD, "kind", "state"),
        *_needs(LIST, "channels"),
        *_needs(YES, "timed", "urgent", "undeliverable"),
        *_needs(INSTANT, "rung_at", "send_at", "written_at"),
        *_may(INSTANT, "accepted_at"),
        *_may(TEXT, "message"),
        _refers("prompt", "milestone", "milestone", "ref"),
        _refers("prompt", "message", "message", "key"),
        _unique("prompt", "council", "milestone", "due_on", "rung", "person", "repeat"),
    )
    leaves = sa.text("state = 'waiting' AND message IS NULL")
    op.create_index("ix_prompt_waiting", "prompt", ["council", "send_at"], sqlite_where=leaves, postgresql_where=leaves)
    op.create_index("ix_prompt_message", "prompt", ["council", "message"])
    op.create_index("ix_prompt_accepted_at", "prompt", ["council", "accepted_at"])
    _of_council(
        "delivery",
        ["council", "message", "attempt"],
        *_needs(TEXT, "message", "outcome", "stage", "text", "message_id"),
        *_needs(NUMBER, "attempt"),
        *_needs(INSTANT, "at"),
        *_may(NUMBER, "code"),
        *_may(TEXT, "enhanced"),
        _refers("delivery", "message", "message", "key"),
    )
    _of_council(
        "token",
        ["council", "sha256"],
        *_needs(TEXT, "sha256", "person", "milestone", "message"),
        *_needs(NUMBER, "generation"),
        *_needs(INSTANT, "made_at"),
        *_may(DAY, "due_on"),
    )


def _what_comes_back() -> None:
    _of_council(
        "free_text",
        ["council", "digest"],
        *_needs(TEXT, "digest"),
        *_may(TEXT, "salt", "body"),
        *_may(INSTANT, "erased_at"),
    )
    _of_council(
        "response",
        ["council", "milestone", "sequence"],
        *_needs(TEXT, "milestone", "person", "via"),
        *_needs(NUMBER, "sequence"),
        *_needs(DAY, "due_on"),
        *_needs(WORD, "answer"),
        *_needs(INSTANT, "at"),
        *_may(TEXT, "evidence", "text", "answered_by"),
        _refers("response", "milestone", "milestone", "ref"),
        *(_refers("response", typed, "free_text", "digest") for typed in ("evidence", "text", "answered_by")),
    )
    _of_council(
        "audit_event",
        ["council", "sequence"],
        *_needs(NUMBER, "sequence"),
        *_needs(INSTANT, "at"),
        *_needs(TEXT, "who", "what", "ref", "before", "after", "why", "via", "for_whom"),
        *_needs(TEXT, "texts", "previous", "hash"),
    )
    op.create_index("ix_audit_event_ref", "audit_event", ["council", "ref"])


def _never_change_audit_events() -> None:
    """Make the database refuse changes to the chain, which would show them."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_event_{verb.lower()} BEFORE {verb} ON audit_event "
                "BEGIN SELECT RAISE(ABORT, 'An audit event is never changed.'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_event_never_changes() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'An audit event is never changed.'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_event_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_never_changes()"
    )


def _of_council(name: str, key: Sequence[str], *parts: sa.Column[Any] | sa.Constraint) -> None:
    """Create a table bound to a council from its first day."""
    op.create_table(
        name,
        *_needs(TEXT, "council"),
        *parts,
        sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=f"fk_{name}_council_council"),
    )


def _needs(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _may(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=True) for name in names]


def _refers(table: str, column: str, to: str, key: str) -> sa.Constraint:
    name = f"fk_{table}_{to}_council_{column}"
    return sa.ForeignKeyConstraint(["council", column], [f"{to}.council", f"{to}.{key}"], name=name)


def _unique(table: str, *columns: str) -> sa.Constraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")
