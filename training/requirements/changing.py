"""Reading what a change of a rule needs: its terms and courses, the rounds that follow from it, and what takes effect by itself."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from sqlalchemy import func, select

from core.db import session
from core.people.models import Employment
from training.catalogue.models import CourseVersion
from training.compliance.terms import RuleTerms
from training.requirements.lines import rule_lines
from training.requirements.models import DerivationRound, Rule, RuleCourse


def terms_of(rule: Rule) -> RuleTerms:
    """How a revision counts."""
    return RuleTerms(**{term.name: getattr(rule, term.name) for term in fields(RuleTerms)})


def further_courses(rule: Rule) -> Sequence[int]:
    """Inner keys of the courses of a revision after its first, in order."""
    return session.scalars(select(RuleCourse.course_id).where(RuleCourse.rule_id == rule.id).order_by(RuleCourse.position)).all()


def chain_of(rule: Rule) -> str:
    """What the rule asks for, as assignments name it."""
    return next(line.fact.chain for line in rule_lines(on=rule.effective_from, with_future=True) if line.fact.lineage == rule.lineage)


def count_employed() -> int:
    """How many people have or had employment."""
    return session.scalars(select(func.count(Employment.person_id.distinct()))).one()


def lock_round(key: int) -> DerivationRound | None:
    """The round with this inner key, held until the transaction ends."""
    query = select(DerivationRound).where(DerivationRound.id == key).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def last_round(rule: Rule) -> DerivationRound | None:
    """The latest round after a change of the rule."""
    query = select(DerivationRound).join(Rule, Rule.id == DerivationRound.rule_id).where(Rule.lineage == rule.lineage)
    return session.scalars(query.order_by(DerivationRound.id.desc()).limit(1)).one_or_none()


def something_begins(*, since: date, until: date) -> bool:
    """Whether a revision of a rule, or a version of a course, takes effect in these days."""
    rule = select(Rule.id).where(Rule.effective_from.between(since, until), Rule.revision > 1)
    version = select(CourseVersion.id).where(CourseVersion.in_force_from.between(since, until), CourseVersion.number > 1)
    return session.scalars(rule.order_by(Rule.id).limit(1)).first() is not None or (
        session.scalars(version.order_by(CourseVersion.id).limit(1)).first() is not None
    )
