"""Reading onboarding templates."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from core.db import session
from core.errors import NotFound
from core.people.models import Employment, Person
from onboarding.templates.dependencies import Link
from onboarding.templates.matching import Position, fits
from onboarding.templates.models import Template, TemplateAttachment, TemplateCriterion, TemplateState, TemplateTask, TemplateVersion

_VALUES = (joinedload(TemplateCriterion.job_role), joinedload(TemplateCriterion.department), joinedload(TemplateCriterion.location))
_MATCH = selectinload(Template.criteria).options(*_VALUES)
_TASKS = (
    joinedload(TemplateTask.policy),
    joinedload(TemplateTask.named),
    joinedload(TemplateTask.team),
    selectinload(TemplateTask.criteria).options(*_VALUES),
    selectinload(TemplateTask.attachments).joinedload(TemplateAttachment.file),
)


def templates() -> Sequence[Template]:
    """Every template with its versions, the ones for everybody first, then by name."""
    query = select(Template).options(_MATCH, selectinload(Template.editions)).order_by(Template.is_active.desc(), Template.name, Template.id)
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
        .options(_MATCH, selectinload(Template.editions).selectinload(TemplateVersion.tasks).options(*_TASKS))
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    for edition in found.editions:
        set_committed_value(edition, "template", found)
    return found


def get_template_task(task_id: UUID) -> TemplateTask:
    """The task of a template, with its version, that one's tasks, and the template. Raises NotFound."""
    version = joinedload(TemplateTask.template_version)
    query = (
        select(TemplateTask)
        .where(TemplateTask.public_id == task_id)
        .options(version.joinedload(TemplateVersion.template), version.selectinload(TemplateVersion.tasks), *_TASKS)
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def versions_for(employment: Position) -> list[TemplateVersion]:
    """The published versions, with tasks, of the active templates that fit the employment."""
    return [version for version in versions_in_use() if fits(version.template, employment)]


def versions_in_use() -> Sequence[TemplateVersion]:
    """The published versions of all active templates, with template, tasks and the criteria of both."""
    query = (
        select(TemplateVersion)
        .join(Template, Template.id == TemplateVersion.template_id)
        .where(Template.is_active.is_(True), TemplateVersion.state == TemplateState.PUBLISHED)
        .options(
            contains_eager(TemplateVersion.template).selectinload(Template.criteria),
            selectinload(TemplateVersion.tasks).options(
                selectinload(TemplateTask.criteria), joinedload(TemplateTask.named), joinedload(TemplateTask.team)
            ),
        )
        .order_by(Template.name, Template.id)
    )
    return session.scalars(query).all()


def positions_now(*, on: date) -> list[tuple[str, Position]]:
    """Everybody who works here on the day, by name, with what templates look at in their employment."""
    query = (
        select(Person.name, Employment.job_role_id, Employment.department_id, Employment.location_id, Employment.employment_type)
        .join(Person, Person.id == Employment.person_id)
        .where(
            Employment.superseded_at.is_(None),
            Employment.valid_from <= on,
            or_(Employment.valid_to.is_(None), Employment.valid_to >= on),
        )
        .order_by(Person.name, Person.id)
    )
    return [(row.name, row) for row in session.execute(query)]


def links_of_others(template: Template) -> list[Link]:
    """What the tasks in use of all other active templates need of each other."""
    query = (
        select(TemplateTask.key, TemplateTask.title, TemplateTask.waits_for, TemplateTask.due_after)
        .join(TemplateVersion, TemplateVersion.id == TemplateTask.template_version_id)
        .join(Template, Template.id == TemplateVersion.template_id)
        .where(Template.is_active.is_(True), TemplateVersion.state == TemplateState.PUBLISHED, Template.id != template.id)
        .order_by(TemplateTask.title, TemplateTask.id)
    )
    return [Link(key, title, (*waits, *([after] if after else []))) for key, title, waits, after in session.execute(query)]


def attachments_of(template_task_id: int | None) -> Sequence[TemplateAttachment]:
    """The files that belong to the instructions of a task of a template, with each file; none for a task that is of no template."""
    if template_task_id is None:
        return []
    query = select(TemplateAttachment).where(TemplateAttachment.template_task_id == template_task_id).options(joinedload(TemplateAttachment.file))
    return session.scalars(query.order_by(TemplateAttachment.id)).all()


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
