"""Certificates: issued anew, and their designs."""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

STANDING = sa.text("state <> 'replaced'")
EVERY_COURSE = sa.text('course_id IS NULL')


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
    op.create_table('training_certificate_design',
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('orientation', sa.Enum('landscape', 'portrait', name='orientation', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('heading', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('signatories', sa.JSON(), nullable=False),
    sa.Column('shows_score', sa.Boolean(), nullable=False),
    sa.Column('shows_version', sa.Boolean(), nullable=False),
    sa.Column('logo_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['training_course.id'], name=op.f('fk_training_certificate_design_course_id')),
    sa.ForeignKeyConstraint(['logo_id'], ['core_file.id'], name=op.f('fk_training_certificate_design_logo_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_certificate_design')),
    sa.UniqueConstraint('course_id', 'language', name=op.f('uq_training_certificate_design_course_id_language')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_certificate_design_public_id'))
    )
    with op.batch_alter_table('training_certificate_design', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_certificate_design_logo_id'), ['logo_id'], unique=False)
        batch_op.create_index('uq_training_certificate_design_every', ['language'], unique=True, sqlite_where=EVERY_COURSE, postgresql_where=EVERY_COURSE)


def downgrade() -> None:
    with op.batch_alter_table('training_certificate_design', schema=None) as batch_op:
        batch_op.drop_index('uq_training_certificate_design_every', sqlite_where=EVERY_COURSE, postgresql_where=EVERY_COURSE)
        batch_op.drop_index(batch_op.f('ix_training_certificate_design_logo_id'))

    op.drop_table('training_certificate_design')
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
