"""Exemptions are asked for and approved by a second person; those there are count as approved."""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

PEOPLE = ("asked_by_id", "refused_by_id", "revoked_by_id")
CHECKS = {
    "state": "state IN ('asked', 'approved', 'refused', 'withdrawn', 'revoked')",
    "approved_by_somebody": "(approved_at IS NULL) = (approved_by_id IS NULL)",
    "approved_at_iff_approved": "state NOT IN ('approved', 'revoked') OR approved_at IS NOT NULL",
    "revoked_at_iff_revoked": "(state = 'revoked') = (revoked_at IS NOT NULL)",
    "second_person": "approved_by_id IS NULL OR (approved_by_id <> asked_by_id AND approved_by_id <> person_id)",
}


def upgrade() -> None:
    with op.batch_alter_table("training_exemption", schema=None) as batch_op:
        for name in ("open_reason", "answer"):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("state", sa.String(length=40), nullable=False, server_default="approved"))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        for name in (*PEOPLE, "file_id", "renews_id"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
        for name in ("approved_at", "closed_at"):
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch_op.alter_column("approved_by_id", existing_type=sa.Integer(), nullable=True)
    op.execute("UPDATE training_exemption SET approved_at = recorded_at")
    op.execute("UPDATE training_exemption SET state = 'revoked' WHERE revoked_at IS NOT NULL")
    # one that was taken back did not count at all until now
    one_day = "date(valid_from, '-1 day')" if op.get_bind().dialect.name == "sqlite" else "valid_from - 1"
    op.execute(f"UPDATE training_exemption SET ends_on = {one_day} WHERE revoked_at IS NOT NULL")
    with op.batch_alter_table("training_exemption", schema=None) as batch_op:
        for name, sql in CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_training_exemption_{name}"), sa.text(sql))
        for name in PEOPLE:
            batch_op.create_foreign_key(op.f(f"fk_training_exemption_{name}"), "core_person", [name], ["id"])
        batch_op.create_foreign_key(op.f("fk_training_exemption_file_id"), "core_file", ["file_id"], ["id"])
        batch_op.create_foreign_key(op.f("fk_training_exemption_renews_id"), "training_exemption", ["renews_id"], ["id"])
        for name in (*PEOPLE, "file_id", "renews_id"):
            batch_op.create_index(op.f(f"ix_training_exemption_{name}"), [name], unique=False)
        batch_op.create_index("ix_training_exemption_state_recorded_at", ["state", "recorded_at"], unique=False)


def downgrade() -> None:
    op.execute("UPDATE training_exemption SET renews_id = NULL")
    op.execute("DELETE FROM training_exemption WHERE approved_by_id IS NULL")
    with op.batch_alter_table("training_exemption", schema=None) as batch_op:
        batch_op.drop_index("ix_training_exemption_state_recorded_at")
        for name in (*PEOPLE, "file_id", "renews_id"):
            batch_op.drop_index(op.f(f"ix_training_exemption_{name}"))
            batch_op.drop_constraint(op.f(f"fk_training_exemption_{name}"), type_="foreignkey")
        for name in CHECKS:
            batch_op.drop_constraint(op.f(f"ck_training_exemption_{name}"), type_="check")
        batch_op.alter_column("approved_by_id", existing_type=sa.Integer(), nullable=False)
        for name in ("open_reason", "answer", "state", "version", *PEOPLE, "file_id", "renews_id", "approved_at", "closed_at", "ends_on"):
            batch_op.drop_column(name)
