"""When exams are open and who sits them: openings with access codes, locks, practice, one device at a time, and leaving the page."""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def _identified() -> tuple[sa.Column, sa.Column]:
    return sa.Column("id", sa.Integer(), nullable=False), sa.Column("public_id", sa.Uuid(), nullable=False)


def _foreign(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}")) for name, to in columns.items()]


def _keys(table: str) -> tuple[sa.PrimaryKeyConstraint, sa.UniqueConstraint]:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")), sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id"))


def _indexes(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    opening, code_try, lock, loss = "training_exam_opening", "training_code_try", "training_exam_lock", "training_focus_loss"
    op.create_table(
        opening,
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=True),
        sa.Column("opens_at", INSTANT, nullable=False),
        sa.Column("closes_at", INSTANT, nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("planned_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        *_identified(),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_training_exam_opening_instants_in_order")),
        *_foreign(opening, course_id="training_course", location_id="core_location", planned_by_id="core_person"),
        *_keys(opening),
    )
    _indexes(opening, "course_id", "location_id", "planned_by_id")
    op.create_index("ix_training_exam_opening_course_id_closes_at", opening, ["course_id", "closes_at"])
    op.create_table(
        code_try,
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        *_identified(),
        *_foreign(code_try, opening_id=opening, person_id="core_person"),
        *_keys(code_try),
        sa.UniqueConstraint("opening_id", "person_id", name=op.f("uq_training_code_try_opening_id_person_id")),
    )
    _indexes(code_try, "opening_id", "person_id")
    with op.batch_alter_table("training_attempt") as batch_op:
        batch_op.add_column(sa.Column("opening_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("is_practice", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("honour_at", INSTANT, nullable=True))
        batch_op.add_column(sa.Column("seat", sa.String(), server_default="", nullable=False))
        batch_op.create_foreign_key(op.f("fk_training_attempt_opening_id"), opening, ["opening_id"], ["id"])
        batch_op.create_index(op.f("ix_training_attempt_opening_id"), ["opening_id"])
    with op.batch_alter_table("training_extra_attempt") as batch_op:
        batch_op.add_column(sa.Column("attempts", sa.Integer(), server_default="1", nullable=False))
        batch_op.create_check_constraint(op.f("ck_training_extra_attempt_attempts_positive"), sa.text("attempts > 0"))
    op.create_table(
        lock,
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("locked_on", sa.Date(), nullable=False),
        sa.Column("locked_at", INSTANT, nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_at", INSTANT, nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        *_identified(),
        sa.CheckConstraint("(lifted_on IS NULL) = (lifted_at IS NULL)", name=op.f("ck_training_exam_lock_lifted_whole")),
        *_foreign(
            lock,
            person_id="core_person",
            course_id="training_course",
            version_id="training_course_version",
            attempt_id="training_attempt",
            lifted_by_id="core_person",
        ),
        *_keys(lock),
    )
    _indexes(lock, "person_id", "course_id", "version_id", "attempt_id", "lifted_by_id")
    standing = sa.text("lifted_at IS NULL")
    op.create_index(
        "uq_training_exam_lock_standing", lock, ["person_id", "course_id"], unique=True, sqlite_where=standing, postgresql_where=standing
    )
    op.create_table(
        loss,
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        *_identified(),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_training_focus_loss_seconds_not_negative")),
        *_foreign(loss, attempt_id="training_attempt"),
        *_keys(loss),
    )
    _indexes(loss, "attempt_id")


def downgrade() -> None:
    op.drop_table("training_focus_loss")
    op.drop_table("training_exam_lock")
    with op.batch_alter_table("training_extra_attempt") as batch_op:
        batch_op.drop_constraint(op.f("ck_training_extra_attempt_attempts_positive"), type_="check")
        batch_op.drop_column("attempts")
    with op.batch_alter_table("training_attempt") as batch_op:
        batch_op.drop_index(op.f("ix_training_attempt_opening_id"))
        batch_op.drop_constraint(op.f("fk_training_attempt_opening_id"), type_="foreignkey")
        for name in ("seat", "honour_at", "is_practice", "opening_id"):
            batch_op.drop_column(name)
    op.drop_table("training_code_try")
    op.drop_table("training_exam_opening")
