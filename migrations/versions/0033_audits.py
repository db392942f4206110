"""Audits: access given to auditors for a time, what they looked at, samples and findings."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('training_audit_grant',
    sa.Column('auditor_id', sa.Integer(), nullable=False),
    sa.Column('departments', sa.JSON(), nullable=False),
    sa.Column('places', sa.JSON(), nullable=False),
    sa.Column('rules', sa.JSON(), nullable=False),
    sa.Column('regulations', sa.JSON(), nullable=False),
    sa.Column('period_from', sa.Date(), nullable=True),
    sa.Column('period_to', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_by_id', sa.Integer(), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_training_audit_grant_reason_given')),
    sa.CheckConstraint('ends_at > given_at', name=op.f('ck_training_audit_grant_ends_after_it_begins')),
    sa.CheckConstraint('period_from IS NULL OR period_to IS NULL OR period_to >= period_from', name=op.f('ck_training_audit_grant_days_in_order')),
    sa.ForeignKeyConstraint(['auditor_id'], ['core_person.id'], name=op.f('fk_training_audit_grant_auditor_id')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['core_person.id'], name=op.f('fk_training_audit_grant_ended_by_id')),
    sa.ForeignKeyConstraint(['given_by_id'], ['core_person.id'], name=op.f('fk_training_audit_grant_given_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_audit_grant')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_audit_grant_public_id'))
    )
    with op.batch_alter_table('training_audit_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_audit_grant_auditor_id'), ['auditor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_audit_grant_ended_by_id'), ['ended_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_audit_grant_given_by_id'), ['given_by_id'], unique=False)

    op.create_table('training_audit_finding',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('severity', sa.Enum('critical', 'high', 'medium', 'low', name='severity', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('open', 'acted_on', 'closed', name='findingstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('rule_id', sa.Integer(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('raised_by_id', sa.Integer(), nullable=False),
    sa.Column('grant_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_training_audit_finding_closed_at_a_time')),
    sa.ForeignKeyConstraint(['course_id'], ['training_course.id'], name=op.f('fk_training_audit_finding_course_id')),
    sa.ForeignKeyConstraint(['grant_id'], ['training_audit_grant.id'], name=op.f('fk_training_audit_finding_grant_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['core_person.id'], name=op.f('fk_training_audit_finding_owner_id')),
    sa.ForeignKeyConstraint(['person_id'], ['core_person.id'], name=op.f('fk_training_audit_finding_person_id')),
    sa.ForeignKeyConstraint(['raised_by_id'], ['core_person.id'], name=op.f('fk_training_audit_finding_raised_by_id')),
    sa.ForeignKeyConstraint(['rule_id'], ['training_rule.id'], name=op.f('fk_training_audit_finding_rule_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_audit_finding')),
    sa.UniqueConstraint('number', name=op.f('uq_training_audit_finding_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_audit_finding_public_id'))
    )
    with op.batch_alter_table('training_audit_finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_audit_finding_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_audit_finding_grant_id'), ['grant_id'], unique=False)
        batch_op.create_index('ix_training_audit_finding_owner_id_state', ['owner_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_audit_finding_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_audit_finding_raised_by_id'), ['raised_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_audit_finding_rule_id'), ['rule_id'], unique=False)

    op.create_table('training_audit_look',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('grant_id', sa.Integer(), nullable=True),
    sa.Column('auditor_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('method', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['auditor_id'], ['core_person.id'], name=op.f('fk_training_audit_look_auditor_id')),
    sa.ForeignKeyConstraint(['grant_id'], ['training_audit_grant.id'], name=op.f('fk_training_audit_look_grant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_audit_look'))
    )
    with op.batch_alter_table('training_audit_look', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_audit_look_auditor_id'), ['auditor_id'], unique=False)
        batch_op.create_index('ix_training_audit_look_grant_id_at', ['grant_id', 'at'], unique=False)

    op.create_table('training_audit_sample',
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.Column('named', sa.JSON(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('known_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stratified_by', sa.Enum('none', 'department', 'role', 'rule', name='stratum', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(), nullable=False),
    sa.Column('population', sa.Integer(), nullable=False),
    sa.Column('population_hash', sa.String(), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('drawn_by_id', sa.Integer(), nullable=False),
    sa.Column('grant_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('size > 0 AND size <= population', name=op.f('ck_training_audit_sample_size_within_population')),
    sa.ForeignKeyConstraint(['drawn_by_id'], ['core_person.id'], name=op.f('fk_training_audit_sample_drawn_by_id')),
    sa.ForeignKeyConstraint(['grant_id'], ['training_audit_grant.id'], name=op.f('fk_training_audit_sample_grant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_audit_sample')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_audit_sample_public_id'))
    )
    with op.batch_alter_table('training_audit_sample', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_audit_sample_drawn_at'), ['drawn_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_audit_sample_drawn_by_id'), ['drawn_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_audit_sample_grant_id'), ['grant_id'], unique=False)

    op.create_table('training_audit_finding_move',
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('from_state', sa.Enum('open', 'acted_on', 'closed', name='findingstate', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('to_state', sa.Enum('open', 'acted_on', 'closed', name='findingstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['core_person.id'], name=op.f('fk_training_audit_finding_move_by_id')),
    sa.ForeignKeyConstraint(['finding_id'], ['training_audit_finding.id'], name=op.f('fk_training_audit_finding_move_finding_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_audit_finding_move')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_audit_finding_move_public_id'))
    )
    with op.batch_alter_table('training_audit_finding_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_audit_finding_move_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_audit_finding_move_finding_id'), ['finding_id'], unique=False)

    op.create_table('training_audit_sample_line',
    sa.Column('sample_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.Column('lineage', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('stratum', sa.String(), nullable=False),
    sa.Column('verdict', sa.Enum('unchecked', 'sound', 'objected', name='verdict', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['checked_by_id'], ['core_person.id'], name=op.f('fk_training_audit_sample_line_checked_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['core_person.id'], name=op.f('fk_training_audit_sample_line_person_id')),
    sa.ForeignKeyConstraint(['rule_id'], ['training_rule.id'], name=op.f('fk_training_audit_sample_line_rule_id')),
    sa.ForeignKeyConstraint(['sample_id'], ['training_audit_sample.id'], name=op.f('fk_training_audit_sample_line_sample_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_audit_sample_line')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_audit_sample_line_public_id')),
    sa.UniqueConstraint('sample_id', 'position', name=op.f('uq_training_audit_sample_line_sample_id_position'))
    )
    with op.batch_alter_table('training_audit_sample_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_audit_sample_line_checked_by_id'), ['checked_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_audit_sample_line_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_audit_sample_line_rule_id'), ['rule_id'], unique=False)

    with op.batch_alter_table('core_role_grant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('access_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('is_narrow', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('training_evidence_pack', schema=None) as batch_op:
        batch_op.add_column(sa.Column('grant_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_training_evidence_pack_grant_id'), ['grant_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_training_evidence_pack_grant_id'), 'training_audit_grant', ['grant_id'], ['id'])
    _let_present_auditors_go_on()


def _let_present_auditors_go_on() -> None:
    """Who audits now keeps what they read, for a year: long enough for somebody to limit it."""
    connection, at = op.get_bind(), datetime.now(UTC)
    role = sa.table('core_role_grant', sa.column('person_id'), sa.column('role'), sa.column('ended_at'), sa.column('access_until', sa.DateTime(timezone=True)))
    auditors = connection.scalars(sa.select(role.c.person_id).where(role.c.role == 'auditor', role.c.ended_at.is_(None))).all()
    if not auditors:
        return
    until = at + timedelta(days=365)
    instants = [sa.column(name, sa.DateTime(timezone=True)) for name in ('given_at', 'ends_at')]
    lists = [sa.column(name, sa.JSON()) for name in ('departments', 'places', 'rules', 'regulations')]
    names = [sa.column(name) for name in ('auditor_id', 'reason', 'version')]
    grant = sa.table('training_audit_grant', sa.column('public_id', sa.Uuid()), *instants, *lists, *names)
    given = {'given_at': at, 'ends_at': until, 'departments': [], 'places': [], 'rules': [], 'regulations': [], 'version': 1}
    given['reason'] = 'Access from before the upgrade'
    connection.execute(grant.insert(), [{**given, 'public_id': uuid4(), 'auditor_id': key} for key in auditors])
    connection.execute(role.update().where(role.c.role == 'auditor', role.c.ended_at.is_(None)).values(access_until=until))


def downgrade() -> None:
    with op.batch_alter_table('training_evidence_pack', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_training_evidence_pack_grant_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_training_evidence_pack_grant_id'))
        batch_op.drop_column('grant_id')

    with op.batch_alter_table('core_role_grant', schema=None) as batch_op:
        batch_op.drop_column('is_narrow')
        batch_op.drop_column('access_until')

    with op.batch_alter_table('training_audit_sample_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_audit_sample_line_rule_id'))
        batch_op.drop_index(batch_op.f('ix_training_audit_sample_line_person_id'))
        batch_op.drop_index(batch_op.f('ix_training_audit_sample_line_checked_by_id'))

    op.drop_table('training_audit_sample_line')
    with op.batch_alter_table('training_audit_finding_move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_audit_finding_move_finding_id'))
        batch_op.drop_index(batch_op.f('ix_training_audit_finding_move_by_id'))

    op.drop_table('training_audit_finding_move')
    with op.batch_alter_table('training_audit_sample', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_audit_sample_grant_id'))
        batch_op.drop_index(batch_op.f('ix_training_audit_sample_drawn_by_id'))
        batch_op.drop_index(batch_op.f('ix_training_audit_sample_drawn_at'))

    op.drop_table('training_audit_sample')
    with op.batch_alter_table('training_audit_look', schema=None) as batch_op:
        batch_op.drop_index('ix_training_audit_look_grant_id_at')
        batch_op.drop_index(batch_op.f('ix_training_audit_look_auditor_id'))

    op.drop_table('training_audit_look')
    with op.batch_alter_table('training_audit_finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_audit_finding_rule_id'))
        batch_op.drop_index(batch_op.f('ix_training_audit_finding_raised_by_id'))
        batch_op.drop_index(batch_op.f('ix_training_audit_finding_person_id'))
        batch_op.drop_index('ix_training_audit_finding_owner_id_state')
        batch_op.drop_index(batch_op.f('ix_training_audit_finding_grant_id'))
        batch_op.drop_index(batch_op.f('ix_training_audit_finding_course_id'))

    op.drop_table('training_audit_finding')
    with op.batch_alter_table('training_audit_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_audit_grant_given_by_id'))
        batch_op.drop_index(batch_op.f('ix_training_audit_grant_ended_by_id'))
        batch_op.drop_index(batch_op.f('ix_training_audit_grant_auditor_id'))

    op.drop_table('training_audit_grant')
