"""What waits for a team, and sessions nobody has settled, are found by indexes of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_WAITS = sa.text("team_id IS NOT NULL AND owner_id IS NULL AND state = 'open'")
_UNSETTLED = sa.text("state IN ('proposed', 'confirmed', 'held') OR (state = 'signed_off' AND logged_at IS NULL)")
_DISPUTED = sa.text("is_disputed IS 1"), sa.text("is_disputed IS true")


def upgrade() -> None:
    with op.batch_alter_table("onboarding_task", schema=None) as batch_op:
        batch_op.create_index(
            "ix_onboarding_task_team_waits", ["team_id", "due_on", "position", "id"], unique=False, sqlite_where=_WAITS, postgresql_where=_WAITS
        )
    with op.batch_alter_table("onboarding_shadowing_session", schema=None) as batch_op:
        batch_op.create_index(
            "ix_onboarding_shadowing_session_disputed", ["person_id"], unique=False, sqlite_where=_DISPUTED[0], postgresql_where=_DISPUTED[1]
        )
        batch_op.create_index(
            "ix_onboarding_shadowing_session_unsettled", ["ends_at"], unique=False, sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED
        )


def downgrade() -> None:
    with op.batch_alter_table("onboarding_shadowing_session", schema=None) as batch_op:
        batch_op.drop_index("ix_onboarding_shadowing_session_unsettled", sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED)
        batch_op.drop_index("ix_onboarding_shadowing_session_disputed", sqlite_where=_DISPUTED[0], postgresql_where=_DISPUTED[1])
    with op.batch_alter_table("onboarding_task", schema=None) as batch_op:
        batch_op.drop_index("ix_onboarding_task_team_waits", sqlite_where=_WAITS, postgresql_where=_WAITS)
