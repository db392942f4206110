"""Several courses, from what days count, notice, access, look-back, versions, regulation and clause; one chain for each person and requirement."""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None

ENUMS = {
    'combines': (('course', 'any_of', 'in_order'), 'combination', 'course'),
    'due_from': (('audience', 'joining', 'rule', 'fixed_day'), 'duefrom', 'audience'),
    'version_policy': (('any', 'within', 'current'), 'versionpolicy', 'any'),
}
DEFAULTED = ('title', 'combines', 'due_from', 'version_policy', 'version_days', 'stricter_counts', 'regulation', 'clause')


def upgrade() -> None:
    op.create_table('training_rule_course',
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['training_course.id'], name=op.f('fk_training_rule_course_course_id')),
    sa.ForeignKeyConstraint(['rule_id'], ['training_rule.id'], name=op.f('fk_training_rule_course_rule_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_rule_course')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_rule_course_public_id')),
    sa.UniqueConstraint('rule_id', 'course_id', name=op.f('uq_training_rule_course_rule_id_course_id')),
    sa.UniqueConstraint('rule_id', 'position', name=op.f('uq_training_rule_course_rule_id_position'))
    )
    with op.batch_alter_table('training_rule_course', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_rule_course_course_id'), ['course_id'], unique=False)
    op.create_table('training_derivation_round',
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.Column('chain', sa.String(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('last_person_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['core_person.id'], name=op.f('fk_training_derivation_round_by_id')),
    sa.ForeignKeyConstraint(['rule_id'], ['training_rule.id'], name=op.f('fk_training_derivation_round_rule_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_derivation_round')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_derivation_round_public_id'))
    )
    with op.batch_alter_table('training_derivation_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_derivation_round_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_derivation_round_rule_id'), ['rule_id'], unique=False)
    with op.batch_alter_table('training_rule', schema=None) as batch_op:
        batch_op.add_column(sa.Column('title', sa.String(), nullable=False, server_default=''))
        for name, (values, kind, default) in ENUMS.items():
            batch_op.add_column(sa.Column(name, sa.Enum(*values, name=kind, native_enum=False, create_constraint=False, length=40), nullable=False, server_default=default))
            batch_op.create_check_constraint(op.f(f'ck_training_rule_{name}'), f"{name} IN ({', '.join(repr(value) for value in values)})")
        batch_op.add_column(sa.Column('fixed_due_on', sa.Date(), nullable=True))
        for name in ('minimum_notice_days', 'opens_days', 'access_days', 'look_back_days'):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('version_days', sa.Integer(), nullable=False, server_default='30'))
        batch_op.add_column(sa.Column('stricter_counts', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('regulation', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('clause', sa.String(), nullable=False, server_default=''))
        batch_op.create_check_constraint(op.f('ck_training_rule_fixed_day_is_given'), "(due_from = 'fixed_day') = (fixed_due_on IS NOT NULL)")
        batch_op.create_check_constraint(op.f('ck_training_rule_several_have_a_title'), "combines = 'course' OR title <> ''")
        batch_op.create_index(batch_op.f('ix_training_rule_regulation'), ['regulation'], unique=False)
    op.execute("UPDATE training_rule SET regulation = source")
    with op.batch_alter_table('training_rule', schema=None) as batch_op:
        for name in DEFAULTED:
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table('training_assignment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('chain', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('met_on', sa.Date(), nullable=True))
    op.execute("UPDATE training_assignment SET chain = (SELECT 'course:' || training_rule.course_id FROM training_rule WHERE training_rule.id = training_assignment.rule_id)")
    # two rules asked the same of a person: one chain stays, and the next derivation writes what both ask into it
    op.execute(
        "DELETE FROM training_assignment WHERE EXISTS (SELECT 1 FROM training_assignment other WHERE other.person_id = training_assignment.person_id"
        " AND other.chain = training_assignment.chain AND other.lineage < training_assignment.lineage)"
    )
    with op.batch_alter_table('training_assignment', schema=None) as batch_op:
        batch_op.alter_column('chain', server_default=None)
        batch_op.drop_constraint(op.f('uq_training_assignment_person_id_lineage_cycle'), type_='unique')
        batch_op.create_unique_constraint(op.f('uq_training_assignment_person_id_chain_cycle'), ['person_id', 'chain', 'cycle'])


def downgrade() -> None:
    with op.batch_alter_table('training_derivation_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_derivation_round_rule_id'))
        batch_op.drop_index(batch_op.f('ix_training_derivation_round_by_id'))
    op.drop_table('training_derivation_round')
    with op.batch_alter_table('training_assignment', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('uq_training_assignment_person_id_chain_cycle'), type_='unique')
        batch_op.create_unique_constraint(op.f('uq_training_assignment_person_id_lineage_cycle'), ['person_id', 'lineage', 'cycle'])
        batch_op.drop_column('met_on')
        batch_op.drop_column('chain')
    with op.batch_alter_table('training_rule', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_rule_regulation'))
        for name in ('several_have_a_title', 'fixed_day_is_given', *ENUMS):
            batch_op.drop_constraint(op.f(f'ck_training_rule_{name}'), type_='check')
        for name in (*DEFAULTED, 'fixed_due_on', 'minimum_notice_days', 'opens_days', 'access_days', 'look_back_days'):
            batch_op.drop_column(name)
    with op.batch_alter_table('training_rule_course', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_rule_course_course_id'))
    op.drop_table('training_rule_course')
