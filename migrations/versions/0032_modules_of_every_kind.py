"""Modules are texts with pictures, PDFs, videos, links or statements; how far people are with them is kept."""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('training_module', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.Enum('text', 'pdf', 'video', 'link', 'acknowledgement', name='modulekind', native_enum=False, create_constraint=True, length=40), nullable=False, server_default='text'))
        batch_op.add_column(sa.Column('file_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('address', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('minimum_seconds', sa.Integer(), nullable=False, server_default='0'))
        batch_op.create_check_constraint(op.f('ck_training_module_minimum_not_negative'), sa.text('minimum_seconds >= 0'))
        batch_op.create_check_constraint(op.f('ck_training_module_file_of_its_kind'), sa.text("(kind IN ('pdf', 'video')) = (file_id IS NOT NULL)"))
        batch_op.create_check_constraint(op.f('ck_training_module_link_has_address'), sa.text("(kind = 'link') = (address <> '')"))
        batch_op.create_foreign_key(batch_op.f('fk_training_module_file_id'), 'core_file', ['file_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_training_module_file_id'), ['file_id'], unique=False)
    op.create_table('training_module_picture',
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('alternative', sa.String(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("alternative <> ''", name=op.f('ck_training_module_picture_alternative_given')),
    sa.ForeignKeyConstraint(['file_id'], ['core_file.id'], name=op.f('fk_training_module_picture_file_id')),
    sa.ForeignKeyConstraint(['version_id'], ['training_course_version.id'], name=op.f('fk_training_module_picture_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_module_picture')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_module_picture_public_id')),
    sa.UniqueConstraint('version_id', 'number', name=op.f('uq_training_module_picture_version_id_number'))
    )
    with op.batch_alter_table('training_module_picture', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_module_picture_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_module_picture_version_id'), ['version_id'], unique=False)
    op.create_table('training_module_progress',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('seconds >= 0', name=op.f('ck_training_module_progress_seconds_not_negative')),
    sa.ForeignKeyConstraint(['module_id'], ['training_module.id'], name=op.f('fk_training_module_progress_module_id')),
    sa.ForeignKeyConstraint(['person_id'], ['core_person.id'], name=op.f('fk_training_module_progress_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_module_progress')),
    sa.UniqueConstraint('person_id', 'module_id', name=op.f('uq_training_module_progress_person_id_module_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_module_progress_public_id'))
    )
    with op.batch_alter_table('training_module_progress', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_module_progress_module_id'), ['module_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_module_progress_person_id'), ['person_id'], unique=False)
    with op.batch_alter_table('training_module_reading', schema=None) as batch_op:
        batch_op.add_column(sa.Column('typed_name', sa.String(), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('training_module_reading', schema=None) as batch_op:
        batch_op.drop_column('typed_name')
    op.drop_table('training_module_progress')
    op.drop_table('training_module_picture')
    with op.batch_alter_table('training_module', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_module_file_id'))
        batch_op.drop_constraint(batch_op.f('fk_training_module_file_id'), type_='foreignkey')
        for name in ('link_has_address', 'file_of_its_kind', 'minimum_not_negative', 'kind'):
            batch_op.drop_constraint(op.f(f'ck_training_module_{name}'), type_='check')
        batch_op.drop_column('minimum_seconds')
        batch_op.drop_column('address')
        batch_op.drop_column('file_id')
        batch_op.drop_column('kind')
