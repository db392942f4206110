"""Exam blueprints: sections and what they draw, penalties, which attempt counts, what is shown when, and what is confirmed."""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

TERMS = ("score_shown", "correctness_shown", "answers_shown", "feedback_shown")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _shown() -> sa.Enum:
    return _one_of("shown", "at_once", "passed", "closed", "never")


def upgrade() -> None:
    op.create_table(
        "training_exam_section",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("pass_mark BETWEEN 1 AND 100", name=op.f("ck_training_exam_section_pass_mark_in_range")),
        sa.ForeignKeyConstraint(["version_id"], ["training_course_version.id"], name=op.f("fk_training_exam_section_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_exam_section")),
        sa.UniqueConstraint("public_id", name=op.f("uq_training_exam_section_public_id")),
    )
    op.create_index(op.f("ix_training_exam_section_version_id"), "training_exam_section", ["version_id"])
    op.create_table(
        "training_exam_draw",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("difficulty", _one_of("difficulty", "easy", "medium", "hard"), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("item_count > 0", name=op.f("ck_training_exam_draw_item_count_positive")),
        sa.ForeignKeyConstraint(["section_id"], ["training_exam_section.id"], name=op.f("fk_training_exam_draw_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_exam_draw")),
        sa.UniqueConstraint("public_id", name=op.f("uq_training_exam_draw_public_id")),
    )
    op.create_index(op.f("ix_training_exam_draw_section_id"), "training_exam_draw", ["section_id"])
    with op.batch_alter_table("training_course_version") as batch_op:
        batch_op.add_column(sa.Column("penalty_percent", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("counting", _one_of("counting", "best", "last", "first"), server_default="best", nullable=False))
        batch_op.add_column(sa.Column("score_shown", _shown(), server_default="at_once", nullable=False))
        batch_op.add_column(sa.Column("correctness_shown", _shown(), server_default="at_once", nullable=False))
        batch_op.add_column(sa.Column("answers_shown", _shown(), server_default="passed", nullable=False))
        batch_op.add_column(sa.Column("feedback_shown", _shown(), server_default="passed", nullable=False))
        batch_op.add_column(sa.Column("honour_statement", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("logs_focus", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_check_constraint(op.f("ck_training_course_version_penalty_in_range"), sa.text("penalty_percent BETWEEN 0 AND 100"))
    with op.batch_alter_table("training_attempt") as batch_op:
        batch_op.add_column(sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("training_attempt") as batch_op:
        batch_op.drop_column("closes_at")
    with op.batch_alter_table("training_course_version") as batch_op:
        batch_op.drop_constraint(op.f("ck_training_course_version_penalty_in_range"), type_="check")
        for name in ("counting", *TERMS):
            batch_op.drop_constraint(op.f(f"ck_training_course_version_{name}"), type_="check")
        for name in ("logs_focus", "honour_statement", *reversed(TERMS), "counting", "penalty_percent"):
            batch_op.drop_column(name)
    op.drop_table("training_exam_draw")
    op.drop_table("training_exam_section")
