"""From when until when people stand how with rules: an index made from facts, filled by the worker."""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('training_standing_span',
    sa.Column('person_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('rule_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('since_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.CheckConstraint('until_on >= since_on', name=op.f('ck_training_standing_span_days_in_order')),
    sa.ForeignKeyConstraint(['person_id'], ['core_person.id'], name=op.f('fk_training_standing_span_person_id')),
    sa.ForeignKeyConstraint(['rule_id'], ['training_rule.id'], name=op.f('fk_training_standing_span_rule_id')),
    sa.PrimaryKeyConstraint('person_id', 'rule_id', 'since_on', name=op.f('pk_training_standing_span')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('training_standing_span', schema=None) as batch_op:
        batch_op.create_index('ix_training_standing_span_since', ['rule_id', 'state', 'since_on', 'until_on', 'person_id'], unique=False)
        batch_op.create_index('ix_training_standing_span_until', ['rule_id', 'state', 'until_on', 'since_on', 'person_id'], unique=False)

    op.create_table('training_standing_rule',
    sa.Column('rule_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('rule_version', sa.Integer(), nullable=False),
    sa.Column('derived_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['rule_id'], ['training_rule.id'], name=op.f('fk_training_standing_rule_rule_id')),
    sa.PrimaryKeyConstraint('rule_id', name=op.f('pk_training_standing_rule'))
    )


def downgrade() -> None:
    op.drop_table('training_standing_rule')
    op.drop_table('training_standing_span')
