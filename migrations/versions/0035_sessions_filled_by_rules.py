"""Sessions: who has a seat why, who is in the room, what a session cost, what those who came thought of it, and exams that ask for attendance."""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('training_session_feedback',
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.Integer(), nullable=False),
    sa.Column('teaching', sa.Integer(), nullable=False),
    sa.Column('usefulness', sa.Integer(), nullable=False),
    sa.Column('comment', sa.String(), nullable=False),
    sa.CheckConstraint('content BETWEEN 1 AND 5 AND teaching BETWEEN 1 AND 5 AND usefulness BETWEEN 1 AND 5', name=op.f('ck_training_session_feedback_one_to_five')),
    sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], name=op.f('fk_training_session_feedback_session_id')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_training_session_feedback')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('training_session_feedback', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_session_feedback_session_id'), ['session_id'], unique=False)

    with op.batch_alter_table('training_course_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('needs_attendance', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('training_seat', schema=None) as batch_op:
        batch_op.add_column(sa.Column('origin', sa.Enum('asked', 'given', 'rule', name='seatorigin', native_enum=False, create_constraint=False, length=40), server_default='asked', nullable=False))
        batch_op.create_check_constraint(op.f('ck_training_seat_origin'), sa.text("origin IN ('asked', 'given', 'rule')"))
        batch_op.add_column(sa.Column('here_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('has_told', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('training_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('fills_from_rules', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('cost_cents', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('currency', sa.String(), nullable=True))
        batch_op.create_check_constraint(op.f('ck_training_session_cost_not_negative'), sa.text('cost_cents IS NULL OR cost_cents >= 0'))
        batch_op.create_check_constraint(op.f('ck_training_session_cost_with_currency'), sa.text('(cost_cents IS NULL) = (currency IS NULL)'))



def downgrade() -> None:
    with op.batch_alter_table('training_session', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_training_session_cost_with_currency'), type_='check')
        batch_op.drop_constraint(op.f('ck_training_session_cost_not_negative'), type_='check')
        batch_op.drop_column('currency')
        batch_op.drop_column('cost_cents')
        batch_op.drop_column('fills_from_rules')

    with op.batch_alter_table('training_seat', schema=None) as batch_op:
        batch_op.drop_column('has_told')
        batch_op.drop_column('here_at')
        batch_op.drop_constraint(op.f('ck_training_seat_origin'), type_='check')
        batch_op.drop_column('origin')

    with op.batch_alter_table('training_course_version', schema=None) as batch_op:
        batch_op.drop_column('needs_attendance')

    with op.batch_alter_table('training_session_feedback', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_session_feedback_session_id'))

    op.drop_table('training_session_feedback')
