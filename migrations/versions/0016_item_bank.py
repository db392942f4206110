"""The item bank: more kinds of question, and what they are drawn by."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KINDS = "kind IN ('single', 'multiple', 'true_false', 'numeric', 'short_text', 'matching', 'ordering', 'fill_in', 'essay', 'file')"
KINDS_BEFORE = "kind IN ('single', 'multiple', 'true_false', 'numeric')"


def upgrade() -> None:
    with op.batch_alter_table('training_item', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_training_item_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_training_item_kind'), sa.text(KINDS))
        batch_op.add_column(sa.Column('tag', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('difficulty', sa.Enum('easy', 'medium', 'hard', name='difficulty', native_enum=False, create_constraint=True, length=40), server_default='medium', nullable=False))
        batch_op.add_column(sa.Column('state', sa.Enum('draft', 'approved', name='itemstate', native_enum=False, create_constraint=True, length=40), server_default='approved', nullable=False))
        batch_op.add_column(sa.Column('rubric', sa.String(), server_default='', nullable=False))
        batch_op.create_index('ix_training_item_version_id_state', ['version_id', 'state'], unique=False)

    with op.batch_alter_table('training_item_option', schema=None) as batch_op:
        batch_op.add_column(sa.Column('weight', sa.Integer(), server_default='100', nullable=False))
        batch_op.add_column(sa.Column('partner', sa.String(), server_default='', nullable=False))
        batch_op.create_check_constraint(op.f('ck_training_item_option_weight_in_range'), sa.text("weight BETWEEN -100 AND 100"))


def downgrade() -> None:
    with op.batch_alter_table('training_item_option', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_training_item_option_weight_in_range'), type_='check')
        batch_op.drop_column('partner')
        batch_op.drop_column('weight')

    with op.batch_alter_table('training_item', schema=None) as batch_op:
        batch_op.drop_index('ix_training_item_version_id_state')
        batch_op.drop_constraint(op.f('ck_training_item_state'), type_='check')
        batch_op.drop_constraint(op.f('ck_training_item_difficulty'), type_='check')
        batch_op.drop_constraint(op.f('ck_training_item_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_training_item_kind'), sa.text(KINDS_BEFORE))
        batch_op.drop_column('rubric')
        batch_op.drop_column('state')
        batch_op.drop_column('difficulty')
        batch_op.drop_column('tag')
