"""Certificates: issued anew."""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0011'
branch_labels = None
depends_on = None

STANDING = sa.text("state <> 'replaced'")


def upgrade() -> None:
    with op.batch_alter_table('training_certificate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replaces_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('reissue_reason', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('reissued_by_id', sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_training_certificate_completion_id'), type_='unique')
        batch_op.drop_constraint(op.f('ck_training_certificate_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_training_certificate_state'), sa.text("state IN ('issued', 'revoked', 'replaced')"))
        batch_op.create_check_constraint(op.f('ck_training_certificate_not_replacing_itself'), sa.text('replaces_id IS NULL OR replaces_id <> id'))
        batch_op.create_check_constraint(op.f('ck_training_certificate_reissued_with_reason'), sa.text("(replaces_id IS NULL) = (reissue_reason = '')"))
        batch_op.create_unique_constraint(batch_op.f('uq_training_certificate_replaces_id'), ['replaces_id'])
        batch_op.create_foreign_key(batch_op.f('fk_training_certificate_replaces_id'), 'training_certificate', ['replaces_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_training_certificate_reissued_by_id'), 'core_person', ['reissued_by_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_training_certificate_completion_id'), ['completion_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_certificate_reissued_by_id'), ['reissued_by_id'], unique=False)
        batch_op.create_index('uq_training_certificate_standing', ['completion_id'], unique=True, sqlite_where=STANDING, postgresql_where=STANDING)


def downgrade() -> None:
    op.execute("UPDATE training_certificate SET replaces_id = NULL, reissue_reason = ''")
    op.execute("DELETE FROM training_certificate WHERE state = 'replaced'")
    with op.batch_alter_table('training_certificate', schema=None) as batch_op:
        batch_op.drop_index('uq_training_certificate_standing', sqlite_where=STANDING, postgresql_where=STANDING)
        batch_op.drop_index(batch_op.f('ix_training_certificate_reissued_by_id'))
        batch_op.drop_index(batch_op.f('ix_training_certificate_completion_id'))
        batch_op.drop_constraint(batch_op.f('fk_training_certificate_reissued_by_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_training_certificate_replaces_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_training_certificate_replaces_id'), type_='unique')
        batch_op.drop_constraint(op.f('ck_training_certificate_reissued_with_reason'), type_='check')
        batch_op.drop_constraint(op.f('ck_training_certificate_not_replacing_itself'), type_='check')
        batch_op.drop_constraint(op.f('ck_training_certificate_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_training_certificate_state'), sa.text("state IN ('issued', 'revoked')"))
        batch_op.create_unique_constraint(batch_op.f('uq_training_certificate_completion_id'), ['completion_id'])
        batch_op.drop_column('reissued_by_id')
        batch_op.drop_column('reissue_reason')
        batch_op.drop_column('replaces_id')
