"""Questions that are typed, matched, put in order and filled in, with a picture and a sound."""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('training_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('case_matters', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('accents_matter', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('picture_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('picture_words', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('sound_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('sound_words', sa.String(), server_default='', nullable=False))
        batch_op.create_foreign_key(op.f('fk_training_item_picture_id'), 'core_file', ['picture_id'], ['id'])
        batch_op.create_foreign_key(op.f('fk_training_item_sound_id'), 'core_file', ['sound_id'], ['id'])
        batch_op.create_index(op.f('ix_training_item_picture_id'), ['picture_id'], unique=False)
        batch_op.create_index(op.f('ix_training_item_sound_id'), ['sound_id'], unique=False)

    with op.batch_alter_table('training_item_option', schema=None) as batch_op:
        batch_op.add_column(sa.Column('blank', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('form', sa.Enum('typed', 'listed', 'number', name='blankform', native_enum=False, create_constraint=True, length=40), server_default='typed', nullable=False))
        batch_op.add_column(sa.Column('worth', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('tolerance', sa.String(), server_default='', nullable=False))
        batch_op.create_check_constraint(op.f('ck_training_item_option_blank_and_worth_in_range'), sa.text('blank >= 0 AND worth > 0'))


def downgrade() -> None:
    with op.batch_alter_table('training_item_option', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_training_item_option_blank_and_worth_in_range'), type_='check')
        batch_op.drop_constraint(op.f('ck_training_item_option_form'), type_='check')
        batch_op.drop_column('tolerance')
        batch_op.drop_column('worth')
        batch_op.drop_column('form')
        batch_op.drop_column('blank')

    with op.batch_alter_table('training_item', schema=None) as batch_op:
        batch_op.drop_index(op.f('ix_training_item_sound_id'))
        batch_op.drop_index(op.f('ix_training_item_picture_id'))
        batch_op.drop_constraint(op.f('fk_training_item_sound_id'), type_='foreignkey')
        batch_op.drop_constraint(op.f('fk_training_item_picture_id'), type_='foreignkey')
        batch_op.drop_column('sound_words')
        batch_op.drop_column('sound_id')
        batch_op.drop_column('picture_words')
        batch_op.drop_column('picture_id')
        batch_op.drop_column('accents_matter')
        batch_op.drop_column('case_matters')
