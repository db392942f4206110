"""Reading onboarding templates."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.db import session
from core.errors import NotFound
from core.people.models import Employment
from onboarding.templates.matching import fits
from onboarding.templates.models import Template, TemplateState, TemplateTask, TemplateVersion

_MATCH = (joinedload(Template.job_role), joinedload(Template.department), joinedload(Template.location))


def templates() -> Sequence[Template]:
    """Every template with its versions, the ones for everybody first, then by name."""
    query = select(Template).options(*_MATCH, selectinload(Template.editions)).order_by(Template.is_active.desc(), Template.name, Template.id)
    return sorted(session.scalars(query).all(), key=lambda template: (not template.is_active, not template.is_bank_wide))


def count_tasks() -> dict[int, int]:
    """How many tasks each version of a template has: inner key of the version → count."""
    query = (
        select(TemplateTask.template_version_id, func.count()).group_by(TemplateTask.template_version_id).order_by(TemplateTask.template_version_id)
    )
    return {version_id: count for version_id, count in session.execute(query)}  # noqa: C416  (rows are not pairs to mypy)


def get_template(template_id: UUID) -> Template:
    """The template with its versions and their tasks. Raises NotFound."""
    query = (
        select(Template)
        .where(Template.public_id == template_id)
        .options(*_MATCH, selectinload(Template.editions).selectinload(TemplateVersion.tasks).joinedload(TemplateTask.policy))
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_template_task(task_id: UUID) -> TemplateTask:
    """The task of a template, with its version and template. Raises NotFound."""
    query = (
        select(TemplateTask)
        .where(TemplateTask.public_id == task_id)
        .options(joinedload(TemplateTask.template_version).joinedload(TemplateVersion.template), joinedload(TemplateTask.policy))
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def versions_for(employment: Employment) -> list[TemplateVersion]:
    """The published versions, with tasks, of the active templates that fit the employment."""
    query = (
        select(TemplateVersion)
        .join(Template, Template.id == TemplateVersion.template_id)
        .where(Template.is_active.is_(True), TemplateVersion.state == TemplateState.PUBLISHED)
        .options(contains_eager(TemplateVersion.template), selectinload(TemplateVersion.tasks))
        .order_by(Template.name, Template.id)
    )
    return [version for version in session.scalars(query).all() if fits(version.template, employment)]


def name_is_taken(name: str, *, besides: Template | None = None) -> bool:
    """Whether another template has the name."""
    query = select(func.count()).select_from(Template).where(func.lower(Template.name) == name.lower())
    if besides is not None:
        query = query.where(Template.id != besides.id)
    return session.scalars(query).one() > 0


def draft_of(template: Template) -> TemplateVersion | None:
    """The version being edited, if there is one. Needs `editions`."""
    return next((version for version in template.editions if version.state is TemplateState.DRAFT), None)


def published_of(template: Template) -> TemplateVersion | None:
    """The version in use, if there is one. Needs `editions`."""
    return next((version for version in template.editions if version.state is TemplateState.PUBLISHED), None)
