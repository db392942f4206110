"""Courses have an owner, clauses they answer to and an archive; versions say what they mean for those with an earlier one."""

import re
import uuid

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None

WRITING = sa.text("state IN ('draft', 'in_review', 'reviewed')")
WRITING_BEFORE = sa.text("state IN ('draft', 'in_review')")
STATES = "'draft', 'in_review', 'reviewed', 'approved', 'in_force', 'superseded'"
STATES_BEFORE = "'draft', 'in_review', 'approved', 'in_force', 'superseded'"
ARTICLE = re.compile(
    r"^(?P<name>.+?)[,\s]+(?P<article>(?:arts?\.|artigos?|articles?|sections?|sec\.|se[çc][ãa]o|cl[áa]usulas?|clauses?|incisos?|rules?|§+)\s*\S.*)$",
    re.IGNORECASE | re.DOTALL,
)


def upgrade() -> None:
    with op.batch_alter_table('training_course', schema=None) as batch_op:
        batch_op.add_column(sa.Column('owner_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_training_course_owner_id'), 'core_person', ['owner_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_training_course_owner_id'), ['owner_id'], unique=False)
    op.create_table('training_course_clause',
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('regulation', sa.String(), nullable=False),
    sa.Column('article', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['training_course.id'], name=op.f('fk_training_course_clause_course_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_course_clause')),
    sa.UniqueConstraint('course_id', 'regulation', 'article', name=op.f('uq_training_course_clause_course_id_regulation_article')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_course_clause_public_id'))
    )
    with op.batch_alter_table('training_course_clause', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_course_clause_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_course_clause_regulation'), ['regulation'], unique=False)
    _take_over()
    with op.batch_alter_table('training_course_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('change_kind', sa.Enum('edit', 'revision', name='changekind', native_enum=False, create_constraint=True, length=40), nullable=False, server_default='edit'))
        batch_op.add_column(sa.Column('older_count_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('transition_days', sa.Integer(), nullable=False, server_default='30'))
        batch_op.add_column(sa.Column('under_way', sa.Enum('finish', 'start_over', name='underway', native_enum=False, create_constraint=True, length=40), nullable=False, server_default='finish'))
        batch_op.drop_index('uq_training_course_version_writing', sqlite_where=WRITING_BEFORE, postgresql_where=WRITING_BEFORE)
        batch_op.drop_constraint(op.f('ck_training_course_version_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_training_course_version_state'), sa.text(f"state IN ({STATES})"))
        batch_op.create_check_constraint(op.f('ck_training_course_version_transition_not_negative'), sa.text('transition_days >= 0'))
        batch_op.create_index('uq_training_course_version_writing', ['course_id'], unique=True, sqlite_where=WRITING, postgresql_where=WRITING)
    with op.batch_alter_table('training_version_move', schema=None) as batch_op:
        for column in ('from_state', 'to_state'):
            batch_op.drop_constraint(op.f(f'ck_training_version_move_{column}'), type_='check')
            batch_op.create_check_constraint(op.f(f'ck_training_version_move_{column}'), sa.text(f"{column} IN ({STATES})"))


def _take_over() -> None:
    """Read regulation and article out of what was free text."""
    connection = op.get_bind()
    clause = sa.table('training_course_clause', *(sa.column(name) for name in ('course_id', 'position', 'regulation', 'article')), sa.column('public_id', sa.Uuid()))
    for course_id, text in connection.execute(sa.text("SELECT id, regulation FROM training_course WHERE regulation <> '' ORDER BY id")).all():
        known = []
        for part in re.split(r"[;\n]", text):
            words = " ".join(part.split()).strip(" ,")
            matched = ARTICLE.match(words)
            pair = (matched['name'].strip(" ,"), matched['article'].strip()) if matched else (words, '')
            if words and pair not in known:
                known.append(pair)
        for position, (regulation, article) in enumerate(known, start=1):
            connection.execute(clause.insert().values(course_id=course_id, position=position, regulation=regulation, article=article, public_id=uuid.uuid4()))


def downgrade() -> None:
    op.execute("DELETE FROM training_version_move WHERE to_state = 'reviewed'")
    op.execute("UPDATE training_version_move SET from_state = 'in_review' WHERE from_state = 'reviewed'")
    op.execute("UPDATE training_course_version SET state = 'in_review' WHERE state = 'reviewed'")
    with op.batch_alter_table('training_version_move', schema=None) as batch_op:
        for column in ('from_state', 'to_state'):
            batch_op.drop_constraint(op.f(f'ck_training_version_move_{column}'), type_='check')
            batch_op.create_check_constraint(op.f(f'ck_training_version_move_{column}'), sa.text(f"{column} IN ({STATES_BEFORE})"))
    with op.batch_alter_table('training_course_version', schema=None) as batch_op:
        batch_op.drop_index('uq_training_course_version_writing', sqlite_where=WRITING, postgresql_where=WRITING)
        for name in ('transition_not_negative', 'under_way', 'change_kind', 'state'):
            batch_op.drop_constraint(op.f(f'ck_training_course_version_{name}'), type_='check')
        batch_op.create_check_constraint(op.f('ck_training_course_version_state'), sa.text(f"state IN ({STATES_BEFORE})"))
        batch_op.create_index('uq_training_course_version_writing', ['course_id'], unique=True, sqlite_where=WRITING_BEFORE, postgresql_where=WRITING_BEFORE)
        batch_op.drop_column('under_way')
        batch_op.drop_column('transition_days')
        batch_op.drop_column('older_count_until')
        batch_op.drop_column('change_kind')
    op.drop_table('training_course_clause')
    with op.batch_alter_table('training_course', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_course_owner_id'))
        batch_op.drop_constraint(batch_op.f('fk_training_course_owner_id'), type_='foreignkey')
        batch_op.drop_column('deleted_at')
        batch_op.drop_column('archived_at')
        batch_op.drop_column('owner_id')
