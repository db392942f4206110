"""Bundles: certificates of many people at once."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('training_bundle',
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.Enum('zip', 'merged', 'none', name='bundleform', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('issuing', 'gathering', 'done', name='bundlestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('department_id', sa.Integer(), nullable=True),
    sa.Column('completed_from', sa.Date(), nullable=False),
    sa.Column('completed_to', sa.Date(), nullable=False),
    sa.Column('lanes', sa.Integer(), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('problem', sa.String(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('kept_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('completed_to >= completed_from', name=op.f('ck_training_bundle_days_in_order')),
    sa.ForeignKeyConstraint(['by_id'], ['core_person.id'], name=op.f('fk_training_bundle_by_id')),
    sa.ForeignKeyConstraint(['course_id'], ['training_course.id'], name=op.f('fk_training_bundle_course_id')),
    sa.ForeignKeyConstraint(['department_id'], ['core_department.id'], name=op.f('fk_training_bundle_department_id')),
    sa.ForeignKeyConstraint(['file_id'], ['core_file.id'], name=op.f('fk_training_bundle_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_bundle')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_bundle_public_id'))
    )
    with op.batch_alter_table('training_bundle', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_bundle_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_bundle_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_bundle_department_id'), ['department_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_bundle_file_id'), ['file_id'], unique=False)

    op.create_table('training_bundle_line',
    sa.Column('bundle_id', sa.Integer(), nullable=False),
    sa.Column('completion_id', sa.Integer(), nullable=False),
    sa.Column('lane', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'issued', 'found', 'refused', name='linestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['bundle_id'], ['training_bundle.id'], name=op.f('fk_training_bundle_line_bundle_id')),
    sa.ForeignKeyConstraint(['completion_id'], ['training_completion.id'], name=op.f('fk_training_bundle_line_completion_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_bundle_line')),
    sa.UniqueConstraint('bundle_id', 'completion_id', name=op.f('uq_training_bundle_line_bundle_id_completion_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_bundle_line_public_id'))
    )
    with op.batch_alter_table('training_bundle_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_bundle_line_completion_id'), ['completion_id'], unique=False)
        batch_op.create_index('ix_training_bundle_line_next', ['bundle_id', 'lane', 'state', 'id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('training_bundle_line', schema=None) as batch_op:
        batch_op.drop_index('ix_training_bundle_line_next')
        batch_op.drop_index(batch_op.f('ix_training_bundle_line_completion_id'))

    op.drop_table('training_bundle_line')
    with op.batch_alter_table('training_bundle', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_bundle_file_id'))
        batch_op.drop_index(batch_op.f('ix_training_bundle_department_id'))
        batch_op.drop_index(batch_op.f('ix_training_bundle_course_id'))
        batch_op.drop_index(batch_op.f('ix_training_bundle_by_id'))

    op.drop_table('training_bundle')
