"""Find a token by a single look, whichever council made it, and the tasks that a later clock put off."""

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_index("ix_token_sha256", "token", ["sha256"])
    op.create_index("ix_milestone_looked_at", "milestone", ["council", "looked_at"])
