"""The first tables.

What goes in is written out here and never imported from the tables: they change, this does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "council",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("first_applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_by", sa.String(), nullable=False),
        sa.Column("stopped_why", sa.String(), nullable=False),
        sa.Column("audit_sequence", sa.Integer(), nullable=False),
        sa.Column("audit_head", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_council")),
    )
    op.create_table(
        "audit_event",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("for_whom", sa.String(), nullable=False),
        sa.Column("texts", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_audit_event_council_council")),
        sa.PrimaryKeyConstraint("council", "sequence", name=op.f("pk_audit_event")),
    )
    op.create_index("ix_audit_event_ref", "audit_event", ["council", "ref"])
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("occurrence", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_command", sa.Boolean(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_fact_council_council")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    op.create_index(
        "uq_fact_in_force",
        "fact",
        ["council", "digest"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "free_text",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_free_text_council_council")),
        sa.PrimaryKeyConstraint("council", "digest", name=op.f("pk_free_text")),
    )
    op.create_table(
        "message",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("deliver_to", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("tokens", sa.String(), nullable=False),
        sa.Column("prompts", sa.JSON(), nullable=False),
        sa.Column("composed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_message_council_council")),
        sa.PrimaryKeyConstraint("council", "key", name=op.f("pk_message")),
    )
    op.create_index("ix_message_composed_at", "message", ["council", "composed_at"])
    op.create_index("ix_message_next_attempt_at", "message", ["council", "state", "next_attempt_at"])
    op.create_table(
        "obligation",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("duty_class", sa.String(length=30), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_obligation_council_council")),
        sa.PrimaryKeyConstraint("council", "key", name=op.f("pk_obligation")),
    )
    op.create_table(
        "off_day",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("off_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_off_day_council_council")),
        sa.PrimaryKeyConstraint("council", "kind", "off_on", name=op.f("pk_off_day")),
    )
    op.create_table(
        "person",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_person_council_council")),
        sa.PrimaryKeyConstraint("council", "key", name=op.f("pk_person")),
    )
    op.create_table(
        "post",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("level", sa.String(length=30), nullable=False),
        sa.Column("line_manager", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_post_council_council")),
        sa.PrimaryKeyConstraint("council", "key", name=op.f("pk_post")),
    )
    op.create_table(
        "token",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("milestone", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_token_council_council")),
        sa.PrimaryKeyConstraint("council", "sha256", name=op.f("pk_token")),
    )
    op.create_table(
        "delivery",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("enhanced", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council", "message"], ["message.council", "message.key"], name=op.f("fk_delivery_message_council_message")
        ),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_delivery_council_council")),
        sa.PrimaryKeyConstraint("council", "message", "attempt", name=op.f("pk_delivery")),
    )
    op.create_table(
        "holder",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council", "person"], ["person.council", "person.key"], name=op.f("fk_holder_person_council_person")
        ),
        sa.ForeignKeyConstraint(
            ["council", "post"], ["post.council", "post.key"], name=op.f("fk_holder_post_council_post")
        ),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_holder_council_council")),
        sa.PrimaryKeyConstraint("council", "position", name=op.f("pk_holder")),
    )
    op.create_table(
        "occurrence",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("obligation", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("original_on", sa.Date(), nullable=True),
        sa.Column("legal_on", sa.Date(), nullable=True),
        sa.Column("working_on", sa.Date(), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("definition", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council", "obligation"],
            ["obligation.council", "obligation.key"],
            name=op.f("fk_occurrence_obligation_council_obligation"),
        ),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_occurrence_council_council")),
        sa.PrimaryKeyConstraint("council", "ref", name=op.f("pk_occurrence")),
        sa.UniqueConstraint("council", "obligation", "number", name=op.f("uq_occurrence_council_obligation_number")),
    )
    op.create_table(
        "milestone",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("occurrence", sa.String(), nullable=False),
        sa.Column("obligation", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("legal_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("next_rung_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("definition", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council", "occurrence"],
            ["occurrence.council", "occurrence.ref"],
            name=op.f("fk_milestone_occurrence_council_occurrence"),
        ),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_milestone_council_council")),
        sa.PrimaryKeyConstraint("council", "ref", name=op.f("pk_milestone")),
    )
    op.create_index("ix_milestone_next_rung_at", "milestone", ["council", "next_rung_at"])
    op.create_table(
        "prompt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("milestone", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("repeat", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("selector", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("meant_for", sa.String(), nullable=False),
        sa.Column("deliver_to", sa.String(), nullable=False),
        sa.Column("rung_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timed", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("superseded_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undeliverable", sa.Boolean(), nullable=False),
        sa.Column("message", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council", "message"], ["message.council", "message.key"], name=op.f("fk_prompt_message_council_message")
        ),
        sa.ForeignKeyConstraint(
            ["council", "milestone"],
            ["milestone.council", "milestone.ref"],
            name=op.f("fk_prompt_milestone_council_milestone"),
        ),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_prompt_council_council")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt")),
        sa.UniqueConstraint(
            "council",
            "milestone",
            "due_on",
            "rung",
            "person",
            "repeat",
            name=op.f("uq_prompt_council_milestone_due_on_rung_person_repeat"),
        ),
    )
    op.create_index("ix_prompt_message", "prompt", ["council", "message"])
    op.create_index(
        "ix_prompt_waiting",
        "prompt",
        ["council", "send_at"],
        sqlite_where=sa.text("state = 'waiting' AND message IS NULL"),
        postgresql_where=sa.text("state = 'waiting' AND message IS NULL"),
    )
    op.create_index("ix_prompt_written_at", "prompt", ["council", "written_at"])
    op.create_table(
        "response",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("milestone", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("answer", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council", "answered_by"],
            ["free_text.council", "free_text.digest"],
            name=op.f("fk_response_free_text_council_answered_by"),
        ),
        sa.ForeignKeyConstraint(
            ["council", "evidence"],
            ["free_text.council", "free_text.digest"],
            name=op.f("fk_response_free_text_council_evidence"),
        ),
        sa.ForeignKeyConstraint(
            ["council", "milestone"],
            ["milestone.council", "milestone.ref"],
            name=op.f("fk_response_milestone_council_milestone"),
        ),
        sa.ForeignKeyConstraint(
            ["council", "text"],
            ["free_text.council", "free_text.digest"],
            name=op.f("fk_response_free_text_council_text"),
        ),
        sa.ForeignKeyConstraint(["council"], ["council.key"], name=op.f("fk_response_council_council")),
        sa.PrimaryKeyConstraint("council", "milestone", "sequence", name=op.f("pk_response")),
    )

    _never_change_audit_events()


def _never_change_audit_events() -> None:
    """The chain shows what was changed; the database refuses it to begin with."""
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
