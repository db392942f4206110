"""Evidence packs, and the parts they are made of while they are made."""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('training_evidence_pack',
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.Column('named', sa.JSON(), nullable=False),
    sa.Column('period_from', sa.Date(), nullable=False),
    sa.Column('period_to', sa.Date(), nullable=False),
    sa.Column('known_on', sa.Date(), nullable=True),
    sa.Column('known_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('gathering', 'printing', 'ready', 'failed', name='packstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('problem', sa.String(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('reached', sa.Integer(), nullable=False),
    sa.Column('requirements', sa.Integer(), nullable=False),
    sa.Column('report_hash', sa.String(), nullable=False),
    sa.Column('hashes', sa.JSON(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('period_to >= period_from', name=op.f('ck_training_evidence_pack_days_in_order')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['core_person.id'], name=op.f('fk_training_evidence_pack_asked_by_id')),
    sa.ForeignKeyConstraint(['document_id'], ['core_document.id'], name=op.f('fk_training_evidence_pack_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_evidence_pack')),
    sa.UniqueConstraint('document_id', name=op.f('uq_training_evidence_pack_document_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_evidence_pack_public_id'))
    )
    with op.batch_alter_table('training_evidence_pack', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_evidence_pack_asked_at'), ['asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_evidence_pack_asked_by_id'), ['asked_by_id'], unique=False)
    op.create_table('training_evidence_part',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pack_id', sa.Integer(), nullable=False),
    sa.Column('after', sa.Integer(), nullable=False),
    sa.Column('records', sa.LargeBinary(), nullable=False),
    sa.Column('lines', sa.LargeBinary(), nullable=False),
    sa.Column('judged', sa.LargeBinary(), nullable=False),
    sa.Column('events', sa.LargeBinary(), nullable=False),
    sa.Column('tally', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['pack_id'], ['training_evidence_pack.id'], name=op.f('fk_training_evidence_part_pack_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_evidence_part')),
    sa.UniqueConstraint('pack_id', 'after', name=op.f('uq_training_evidence_part_pack_id_after'))
    )


def downgrade() -> None:
    op.drop_table('training_evidence_part')
    with op.batch_alter_table('training_evidence_pack', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_evidence_pack_asked_by_id'))
        batch_op.drop_index(batch_op.f('ix_training_evidence_pack_asked_at'))
    op.drop_table('training_evidence_pack')
