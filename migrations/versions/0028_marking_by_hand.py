"""Answers that people mark: essays and files, the rubric, the marks given, and attempts that are being marked."""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

GRADED_BEFORE = "state <> 'submitted' OR (submitted_at IS NOT NULL AND passed IS NOT NULL)"
GRADED = (
    "(state = 'in_progress' OR submitted_at IS NOT NULL) AND (state <> 'submitted' OR passed IS NOT NULL)"
    " AND (state <> 'being_marked' OR passed IS NULL)"
)


def upgrade() -> None:
    with op.batch_alter_table('training_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('criteria', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('least_words', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('most_words', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('file_kinds', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('file_megabytes', sa.Integer(), server_default='10', nullable=False))
        batch_op.create_check_constraint(
            op.f('ck_training_item_words_in_range'), sa.text('least_words >= 0 AND (most_words = 0 OR most_words >= least_words)')
        )
    with op.batch_alter_table('training_course_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('double_marking', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('marks_may_differ', sa.Integer(), server_default='1', nullable=False))
        batch_op.create_check_constraint(op.f('ck_training_course_version_marks_may_differ_not_negative'), sa.text('marks_may_differ >= 0'))
    with op.batch_alter_table('training_attempt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('graded_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(op.f('ck_training_attempt_submitted_is_graded'), type_='check')
        batch_op.drop_constraint(op.f('ck_training_attempt_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_training_attempt_submitted_is_graded'), sa.text(GRADED))
        batch_op.create_check_constraint(op.f('ck_training_attempt_state'), sa.text("state IN ('in_progress', 'being_marked', 'submitted')"))
    op.execute("UPDATE training_attempt SET graded_at = submitted_at WHERE state = 'submitted'")
    _create_scripts()
    _create_marks()


def _create_scripts() -> None:
    op.create_table('training_script',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'differing', 'marked', name='scriptstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('marks_needed', sa.Integer(), nullable=False),
    sa.Column('may_differ', sa.Integer(), nullable=False),
    sa.Column('waits_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('earned', sa.String(), nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('marks_needed IN (1, 2)', name=op.f('ck_training_script_marks_one_or_two')),
    sa.CheckConstraint("(state = 'marked') = (earned <> '')", name=op.f('ck_training_script_marked_has_points')),
    sa.CheckConstraint("(state = 'marked') = (marked_at IS NOT NULL)", name=op.f('ck_training_script_marked_has_instant')),
    sa.ForeignKeyConstraint(['attempt_id'], ['training_attempt.id'], name=op.f('fk_training_script_attempt_id')),
    sa.ForeignKeyConstraint(['item_id'], ['training_item.id'], name=op.f('fk_training_script_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_script')),
    sa.UniqueConstraint('attempt_id', 'item_id', name=op.f('uq_training_script_attempt_id_item_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_script_public_id'))
    )
    with op.batch_alter_table('training_script', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_script_item_id'), ['item_id'], unique=False)
        batch_op.create_index('ix_training_script_state_waits_since', ['state', 'waits_since'], unique=False)


def _create_marks() -> None:
    op.create_table('training_mark',
    sa.Column('script_id', sa.Integer(), nullable=False),
    sa.Column('marker_id', sa.Integer(), nullable=False),
    sa.Column('slot', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('own', 'deciding', 'agreed', name='markkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('comment', sa.String(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('slot BETWEEN 1 AND 3', name=op.f('ck_training_mark_slot_in_range')),
    sa.CheckConstraint("kind <> 'own' OR slot IN (1, 2)", name=op.f('ck_training_mark_own_mark_has_its_slot')),
    sa.CheckConstraint("kind <> 'agreed' OR comment <> ''", name=op.f('ck_training_mark_agreed_with_reason')),
    sa.ForeignKeyConstraint(['marker_id'], ['core_person.id'], name=op.f('fk_training_mark_marker_id')),
    sa.ForeignKeyConstraint(['script_id'], ['training_script.id'], name=op.f('fk_training_mark_script_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_mark')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_mark_public_id')),
    sa.UniqueConstraint('script_id', 'slot', name=op.f('uq_training_mark_script_id_slot'))
    )
    with op.batch_alter_table('training_mark', schema=None) as batch_op:
        batch_op.create_index('ix_training_mark_marker_id_script_id', ['marker_id', 'script_id'], unique=False)
    op.create_table('training_mark_amendment',
    sa.Column('script_id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.Column('old_points', sa.String(), nullable=False),
    sa.Column('new_points', sa.String(), nullable=False),
    sa.Column('old_earned', sa.String(), nullable=False),
    sa.Column('new_earned', sa.String(), nullable=False),
    sa.Column('possible', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.Enum('same', 'now_passed', 'now_failed', 'kept', name='regradeoutcome', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_training_mark_amendment_reason_given')),
    sa.ForeignKeyConstraint(['attempt_id'], ['training_attempt.id'], name=op.f('fk_training_mark_amendment_attempt_id')),
    sa.ForeignKeyConstraint(['by_id'], ['core_person.id'], name=op.f('fk_training_mark_amendment_by_id')),
    sa.ForeignKeyConstraint(['script_id'], ['training_script.id'], name=op.f('fk_training_mark_amendment_script_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_mark_amendment')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_mark_amendment_public_id'))
    )
    with op.batch_alter_table('training_mark_amendment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_mark_amendment_attempt_id'), ['attempt_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_mark_amendment_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_mark_amendment_script_id'), ['script_id'], unique=False)


def downgrade() -> None:
    op.drop_table('training_mark_amendment')
    op.drop_table('training_mark')
    op.drop_table('training_script')
    # an attempt that waits for its marks is taken for one that earned only what marks itself
    op.execute("UPDATE training_attempt SET state = 'submitted', passed = false WHERE state = 'being_marked'")
    with op.batch_alter_table('training_attempt', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_training_attempt_state'), type_='check')
        batch_op.drop_constraint(op.f('ck_training_attempt_submitted_is_graded'), type_='check')
        batch_op.create_check_constraint(op.f('ck_training_attempt_submitted_is_graded'), sa.text(GRADED_BEFORE))
        batch_op.create_check_constraint(op.f('ck_training_attempt_state'), sa.text("state IN ('in_progress', 'submitted')"))
        batch_op.drop_column('graded_at')
    with op.batch_alter_table('training_course_version', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_training_course_version_marks_may_differ_not_negative'), type_='check')
        batch_op.drop_column('marks_may_differ')
        batch_op.drop_column('double_marking')
    with op.batch_alter_table('training_item', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_training_item_words_in_range'), type_='check')
        batch_op.drop_column('file_megabytes')
        batch_op.drop_column('file_kinds')
        batch_op.drop_column('most_words')
        batch_op.drop_column('least_words')
        batch_op.drop_column('criteria')
