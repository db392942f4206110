"""Writing onboarding templates: a draft is edited, publishing it replaces the version in use for those who start from then on."""

from dataclasses import dataclass
from typing import Any

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.actions import one_line
from core.people.models import Department, EmploymentType, JobRole, Location, Person
from core.web.i18n import _
from onboarding.policies.models import Policy
from onboarding.templates.matching import key_from
from onboarding.templates.models import (
    WORKFLOW,
    DocumentRule,
    Part,
    Phase,
    TaskKind,
    Template,
    TemplateState,
    TemplateTask,
    TemplateVersion,
)
from onboarding.templates.policy import can_write
from onboarding.templates.queries import draft_of, name_is_taken, published_of

EARLIEST, LATEST = -60, 180


@dataclass(frozen=True)
class Match:
    """Whom a template is for; None means anyone."""

    job_role: JobRole | None = None
    department: Department | None = None
    location: Location | None = None
    employment_type: EmploymentType | None = None


@dataclass(frozen=True)
class TaskText:
    """What a person writes about a task of a template."""

    title: str
    phase: Phase
    kind: TaskKind = TaskKind.TICK
    part: Part = Part.NEW_HIRE
    offset_days: int = 0
    instructions: str = ""
    required: bool = True
    document_rule: DocumentRule = DocumentRule.DOCUMENT
    policy: Policy | None = None
    course_id: int | None = None
    key: str = ""


def write_template(*, name: str, match: Match, by: Person | None) -> Template:
    """Begin a template with an empty draft. Raises Invalid for a missing or taken name."""
    _insist_on_writer(by)
    template = Template(name=_free_name(name), **_matches(match))
    session.add(template)
    template.editions = [TemplateVersion(number=1, state=TemplateState.DRAFT, tasks=[])]
    session.flush()
    record("onboarding.template.written", template, by=by, changes=_matches(match))
    return template


def describe_template(template: Template, *, name: str, match: Match, is_active: bool, version: int, by: Person | None) -> None:
    """Change a template's name, match, or whether it is in use at all. Raises Conflict when it changed in the meantime."""
    _insist_on_writer(by)
    insist_on_version(template.version, version)
    wanted: dict[str, Any] = {"name": _free_name(name, besides=template), "is_active": is_active, **_matches(match)}
    changed = {field: [getattr(template, field), value] for field, value in wanted.items() if getattr(template, field) != value}
    for field, value in wanted.items():
        setattr(template, field, value)
    session.flush()
    record("onboarding.template.described", template, by=by, changes=changed)


def begin_draft(template: Template, *, by: Person | None) -> TemplateVersion:
    """The draft of the template: the one there is, or a new one with the tasks in use. Needs `editions` with `tasks`."""
    _insist_on_writer(by)
    draft = draft_of(template)
    if draft is not None:
        return draft
    published = published_of(template)
    draft = TemplateVersion(number=max((edition.number for edition in template.editions), default=0) + 1, state=TemplateState.DRAFT)
    draft.tasks = [TemplateTask(**task.wording()) for task in (published.tasks if published else [])]
    template.editions = [draft, *template.editions]
    session.flush()
    record("onboarding.template.drafted", draft, by=by, changes={"number": draft.number})
    return draft


def add_task(template: Template, *, text: TaskText, by: Person | None) -> TemplateTask:
    """Add a task to the template's draft, which is begun if there is none. Needs `editions` with `tasks`."""
    draft = begin_draft(template, by=by)
    fields = _checked(text)
    _insist_on_free_key(draft, fields["key"])
    task = TemplateTask(position=1 + max((other.position for other in draft.tasks), default=0), **fields)
    draft.tasks.append(task)
    session.flush()
    record("onboarding.template_task.added", task, by=by, changes={"key": task.key, "kind": task.kind.value, "number": draft.number})
    return task


def change_task(task: TemplateTask, *, text: TaskText, version: int, by: Person | None) -> None:
    """Change a task of a draft. Raises Conflict when somebody else did in the meantime. Needs `template_version`."""
    _insist_on_writer(by)
    _insist_on_draft(task.template_version)
    insist_on_version(task.version, version)
    fields = _checked(text)
    changed = [name for name, value in fields.items() if getattr(task, name) != value]
    for name in changed:
        setattr(task, name, fields[name])
    session.flush()
    record("onboarding.template_task.changed", task, by=by, changes={"fields": changed})


def remove_task(task: TemplateTask, *, by: Person | None) -> None:
    """Take a task out of a draft."""
    _insist_on_writer(by)
    _insist_on_draft(task.template_version)
    record("onboarding.template_task.removed", task, by=by, changes={"key": task.key})
    session.delete(task)
    session.flush()


def publish_template(template: Template, *, by: Person | None) -> TemplateVersion:
    """Put the draft into use; running checklists keep the tasks they have. Needs `editions` with `tasks`."""
    _insist_on_writer(by)
    draft = draft_of(template)
    if draft is None:
        raise WrongState(_("There is no draft to publish. Somebody may have published it already."))
    if not draft.tasks:
        raise Invalid(_("Add at least one task before publishing."))
    published = published_of(template)
    if published is not None:
        WORKFLOW.insist(published.state, TemplateState.SUPERSEDED)
        published.state = TemplateState.SUPERSEDED
        session.flush()  # before the draft takes its place: only one is published at a time
    WORKFLOW.insist(draft.state, TemplateState.PUBLISHED)
    draft.state, draft.published_at, draft.published_by_id = TemplateState.PUBLISHED, now(), by.id if by else None
    session.flush()
    record("onboarding.template.published", draft, by=by, changes={"number": draft.number, "tasks": len(draft.tasks)})
    return draft


def insist_on_version(found: int, seen: int) -> None:
    """Raise Conflict when a row has changed since the form was opened."""
    if found != seen:
        raise Conflict(_("Somebody else changed this while you were typing. What you typed is still here: compare, then save again."))


def _matches(match: Match) -> dict[str, Any]:
    return {
        "job_role_id": match.job_role.id if match.job_role else None,
        "department_id": match.department.id if match.department else None,
        "location_id": match.location.id if match.location else None,
        "employment_type": match.employment_type,
    }


def _checked(text: TaskText) -> dict[str, Any]:
    title = one_line(text.title)
    if not title:
        raise Invalid(_("A title is needed."), field="title")
    if not EARLIEST <= text.offset_days <= LATEST:
        raise Invalid(_("Use a number of days from %(first)d to %(last)d.", first=EARLIEST, last=LATEST), field="offset_days")
    if text.phase is Phase.BEFORE_DAY_ONE and text.offset_days >= 0:
        raise Invalid(_("A task before day one needs a negative number of days."), field="offset_days")
    if text.kind is TaskKind.POLICY and text.policy is None:
        raise Invalid(_("Choose the policy to read."), field="policy")
    if text.kind is TaskKind.TRAINING and text.course_id is None:
        raise Invalid(_("Choose the course to complete."), field="course")
    if text.kind in (TaskKind.POLICY, TaskKind.TRAINING, TaskKind.DOCUMENT) and text.part is not Part.NEW_HIRE:
        raise Invalid(_("Only the new hire can do a task of this kind."), field="part")
    return {
        "key": key_from(text.key or title),
        "phase": text.phase,
        "kind": text.kind,
        "title": title[:200],
        "instructions": text.instructions,
        "part": text.part,
        "offset_days": text.offset_days,
        "required": text.required,
        "document_rule": text.document_rule,
        "policy_id": text.policy.id if text.kind is TaskKind.POLICY and text.policy else None,
        "course_id": text.course_id if text.kind is TaskKind.TRAINING else None,
    }


def _free_name(name: str, *, besides: Template | None = None) -> str:
    name = one_line(name)
    if not name:
        raise Invalid(_("A name is needed."), field="name")
    if name_is_taken(name, besides=besides):
        raise Invalid(_("There is a template with this name already."), field="name")
    return name


def _insist_on_free_key(draft: TemplateVersion, key: str) -> None:
    if any(task.key == key for task in draft.tasks):
        raise Invalid(_("This template has that task already."), field="title")


def _insist_on_draft(version: TemplateVersion) -> None:
    if version.state is not TemplateState.DRAFT:
        raise WrongState(_("This version has been published. Begin a new version to change it."))


def _insist_on_writer(by: Person | None) -> None:
    if by is not None and not can_write(by):
        raise NotAllowed(_("Only human resources writes onboarding templates."))
