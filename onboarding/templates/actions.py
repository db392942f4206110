"""Writing onboarding templates: a draft is edited, publishing it replaces the version in use for those who start from then on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.actions import one_line
from core.people.models import Person
from core.web.i18n import _
from onboarding.templates.dependencies import Link, insist_on_sound_links
from onboarding.templates.matching import wanted_values
from onboarding.templates.models import WORKFLOW, Template, TemplateAttachment, TemplateCriterion, TemplateState, TemplateTask, TemplateVersion
from onboarding.templates.policy import can_write
from onboarding.templates.queries import draft_of, links_of_others, name_is_taken, published_of
from onboarding.templates.wording import Match, TaskText, checked

__all__ = ["Match", "TaskText"]


def write_template(*, name: str, match: Match, by: Person | None) -> Template:
    """Begin a template with an empty draft. Raises Invalid for a missing or taken name."""
    _insist_on_writer(by)
    template = Template(name=_free_name(name), criteria=match.criteria())
    session.add(template)
    template.editions = [TemplateVersion(number=1, state=TemplateState.DRAFT, tasks=[])]
    session.flush()
    record("onboarding.template.written", template, by=by, changes={"for": asked(template.criteria)})
    return template


def describe_template(template: Template, *, name: str, match: Match, is_active: bool, version: int, by: Person | None) -> None:
    """Change a template's name, whom it is for, or whether it is in use. Raises Conflict when it changed in the meantime. Needs `criteria`."""
    _insist_on_writer(by)
    insist_on_version(template.version, version)
    wanted: dict[str, Any] = {"name": _free_name(name, besides=template), "is_active": is_active}
    changed = {field: [getattr(template, field), value] for field, value in wanted.items() if getattr(template, field) != value}
    for field, value in wanted.items():
        setattr(template, field, value)
    before, criteria = asked(template.criteria), match.criteria()
    if before != asked(criteria):
        changed["for"] = [before, asked(criteria)]
        template.criteria = criteria
        flag_modified(template, "name")  # so that the version counts up although its own columns are as they were
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
    draft.tasks = [copy_of(task) for task in (published.tasks if published else [])]
    template.editions = [draft, *template.editions]
    session.flush()
    record("onboarding.template.drafted", draft, by=by, changes={"number": draft.number})
    return draft


def add_task(template: Template, *, text: TaskText, by: Person | None) -> TemplateTask:
    """Add a task to the template's draft, which is begun if there is none. Needs `editions` with `tasks`."""
    draft = begin_draft(template, by=by)
    fields = checked(text)
    _insist_on_free_key(draft, fields["key"])
    task = TemplateTask(position=1 + max((other.position for other in draft.tasks), default=0), criteria=text.match.criteria(), **fields)
    insist_on_sound_links([link_of(other) for other in [*draft.tasks, task]], links_of_others(template))
    draft.tasks.append(task)
    session.flush()
    record("onboarding.template_task.added", task, by=by, changes={"key": task.key, "kind": task.kind.value, "number": draft.number})
    return task


def change_task(task: TemplateTask, *, text: TaskText, version: int, by: Person | None) -> None:
    """Change a task of a draft; those that wait for it follow a new key. Raises Conflict when somebody else changed it in the meantime.

    Needs `template_version` with its template and tasks, and `criteria`.
    """
    _insist_on_writer(by)
    draft = task.template_version
    _insist_on_draft(draft)
    insist_on_version(task.version, version)
    fields = checked(text)
    others = [other for other in draft.tasks if other.id != task.id]
    if any(other.key == fields["key"] for other in others):
        raise Invalid(_("This template has that task already."), field="key")
    links = [Link(other.key, other.title, tuple(_renamed(link_of(other).needs, task.key, fields["key"]))) for other in others]
    own = Link(fields["key"], fields["title"], (*fields["waits_for"], *([fields["due_after"]] if fields["due_after"] else [])))
    insist_on_sound_links([own, *links], links_of_others(draft.template))
    for other in others if fields["key"] != task.key else []:
        other.waits_for = _renamed(other.waits_for, task.key, fields["key"])
        other.due_after = fields["key"] if other.due_after == task.key else other.due_after
    changed = [name for name, value in fields.items() if getattr(task, name) != value]
    for name in changed:
        setattr(task, name, fields[name])
    criteria = text.match.criteria()
    if asked(task.criteria) != asked(criteria):
        changed.append("for")
        task.criteria = criteria
        flag_modified(task, "title")
    session.flush()
    record("onboarding.template_task.changed", task, by=by, changes={"fields": changed})


def remove_task(task: TemplateTask, *, by: Person | None) -> None:
    """Take a task out of a draft. Raises Invalid while others wait for it. Needs `template_version` with its tasks, criteria and attachments."""
    _insist_on_writer(by)
    _insist_on_draft(task.template_version)
    waiting = next((other for other in task.template_version.tasks if task.key in link_of(other).needs), None)
    if waiting is not None:
        raise WrongState(_("“%(title)s” waits for this task. Change that one first.", title=waiting.title))
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
    insist_on_sound_links([link_of(task) for task in draft.tasks], links_of_others(template))
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


def copy_of(task: TemplateTask) -> TemplateTask:
    """The task anew, for another version or template. Needs `criteria` and `attachments`."""
    return TemplateTask(
        **task.wording(),
        criteria=[TemplateCriterion(**dict([criterion.value])) for criterion in task.criteria],
        attachments=[TemplateAttachment(file_id=attachment.file_id) for attachment in task.attachments],
    )


def link_of(task: TemplateTask) -> Link:
    """What the task needs of others."""
    return Link(task.key, task.title, (*task.waits_for, *([task.due_after] if task.due_after else [])))


def asked(criteria: Sequence[TemplateCriterion]) -> dict[str, list[Any]]:
    """The criteria as plain values, for the trail and to compare."""
    return {name: sorted(values) for name, values in wanted_values(criteria).items()}


def _renamed(keys: Sequence[str], old: str, new: str) -> list[str]:
    return [new if key == old else key for key in keys]


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
