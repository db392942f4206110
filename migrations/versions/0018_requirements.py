"""Grace, and from what a rule recurs."""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('training_rule', schema=None) as batch_op:
        batch_op.add_column(sa.Column('grace_days', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('recurrence', sa.Enum('completion', 'due_date', 'calendar', name='recurrence', native_enum=False, create_constraint=True, length=40), nullable=False, server_default='completion'))
        batch_op.add_column(sa.Column('calendar_from', sa.Date(), nullable=True))
        batch_op.create_check_constraint(op.f('ck_training_rule_grace_not_negative'), 'grace_days >= 0')
        batch_op.create_check_constraint(op.f('ck_training_rule_calendar_has_a_beginning'), "(recurrence = 'calendar') = (calendar_from IS NOT NULL)")
        batch_op.create_check_constraint(op.f('ck_training_rule_rhythm_has_months'), "recurrence = 'completion' OR valid_months IS NOT NULL")
    with op.batch_alter_table('training_rule', schema=None) as batch_op:
        batch_op.alter_column('grace_days', server_default=None)
        batch_op.alter_column('recurrence', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('training_rule', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_training_rule_rhythm_has_months'), type_='check')
        batch_op.drop_constraint(op.f('ck_training_rule_calendar_has_a_beginning'), type_='check')
        batch_op.drop_constraint(op.f('ck_training_rule_grace_not_negative'), type_='check')
        batch_op.drop_constraint(op.f('ck_training_rule_recurrence'), type_='check')
        batch_op.drop_column('calendar_from')
        batch_op.drop_column('recurrence')
        batch_op.drop_column('grace_days')
