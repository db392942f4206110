"""Decisions by group counted once a period, by department and job role."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

GATE = sa.Enum('screening', 'interview', 'offer', 'whole', name='gate', native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    # initials and nicknames are hidden too from now on: the worker writes the words of who is hidden anew
    op.execute('DELETE FROM hiring_search_document WHERE application_id IN (SELECT id FROM hiring_application WHERE names_hidden)')
    op.drop_table('hiring_group_count')  # counts of the survey, which the timetable makes anew
    op.create_table('hiring_group_count',
    sa.Column('since_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('job_role_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('gate', GATE, nullable=False),
    sa.Column('decided', sa.Integer(), nullable=False),
    sa.Column('passed', sa.Integer(), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('since_on <= until_on AND 0 <= passed AND passed <= decided', name=op.f('ck_hiring_group_count_adds_up')),
    sa.ForeignKeyConstraint(['department_id'], ['core_department.id'], name=op.f('fk_hiring_group_count_department_id')),
    sa.ForeignKeyConstraint(['job_role_id'], ['core_job_role.id'], name=op.f('fk_hiring_group_count_job_role_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hiring_group_count')),
    sa.UniqueConstraint('public_id', name=op.f('uq_hiring_group_count_public_id')),
    sa.UniqueConstraint('question', 'since_on', 'department_id', 'job_role_id', 'gate', 'answer', name='uq_hiring_group_count_once')
    )
    with op.batch_alter_table('hiring_group_count', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hiring_group_count_department_id'), ['department_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hiring_group_count_job_role_id'), ['job_role_id'], unique=False)


def downgrade() -> None:
    op.drop_table('hiring_group_count')
    op.create_table('hiring_group_count',
    sa.Column('posting_id', sa.Integer(), nullable=False),
    sa.Column('quarter_on', sa.Date(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('gate', GATE, nullable=False),
    sa.Column('decided', sa.Integer(), nullable=False),
    sa.Column('passed', sa.Integer(), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['posting_id'], ['hiring_posting.id'], name=op.f('fk_hiring_group_count_posting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hiring_group_count')),
    sa.UniqueConstraint('public_id', name=op.f('uq_hiring_group_count_public_id'))
    )
    with op.batch_alter_table('hiring_group_count', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hiring_group_count_posting_id'), ['posting_id'], unique=False)
        batch_op.create_index('ix_hiring_group_count_question_quarter_on', ['question', 'quarter_on'], unique=False)
