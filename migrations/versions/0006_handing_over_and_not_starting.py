"""Handing over and not starting."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hiring_requisition_change',
    sa.Column('requisition_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['core_person.id'], name=op.f('fk_hiring_requisition_change_by_id_core_person')),
    sa.ForeignKeyConstraint(['requisition_id'], ['hiring_requisition.id'], name=op.f('fk_hiring_requisition_change_requisition_id_hiring_requisition')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hiring_requisition_change')),
    sa.UniqueConstraint('public_id', name=op.f('uq_hiring_requisition_change_public_id'))
    )
    with op.batch_alter_table('hiring_requisition_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hiring_requisition_change_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hiring_requisition_change_requisition_id'), ['requisition_id'], unique=False)


def downgrade() -> None:
    op.drop_table('hiring_requisition_change')
