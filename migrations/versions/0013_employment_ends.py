"""Since when an employment's last day is known."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_employment_end",
        sa.Column("employment_id", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["employment_id"], ["core_employment.id"], name=op.f("fk_core_employment_end_employment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_employment_end")),
        sa.UniqueConstraint("public_id", name=op.f("uq_core_employment_end_public_id")),
    )
    with op.batch_alter_table("core_employment_end", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_employment_end_employment_id"), ["employment_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("core_employment_end", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_employment_end_employment_id"))
    op.drop_table("core_employment_end")
