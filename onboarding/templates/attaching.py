"""Files that belong to the instructions of a task, and templates copied whole."""

from werkzeug.datastructures import FileStorage

from core.audit.record import record
from core.db import session
from core.errors import Invalid, WrongState
from core.files.rules import DOCUMENT
from core.files.store import store_upload
from core.people.models import Person
from core.web.i18n import _
from onboarding.templates.actions import copy_of, write_template
from onboarding.templates.models import Template, TemplateAttachment, TemplateCriterion, TemplateState, TemplateTask, TemplateVersion
from onboarding.templates.queries import draft_of, published_of
from onboarding.templates.wording import Match

MOST = 5


def attach_file(task: TemplateTask, upload: FileStorage | None, *, by: Person) -> TemplateAttachment:
    """Add a file to the instructions of a draft's task. Raises Invalid for a file that cannot be taken or one too many. Needs `attachments`."""
    _insist_on_draft(task.template_version)
    if len(task.attachments) >= MOST:
        raise Invalid(_("A task has at most %(number)d files. Remove one first.", number=MOST), field="file")
    file = store_upload(upload, accept=DOCUMENT, by=by, person=None, field="file")
    attachment = TemplateAttachment(file_id=file.id, file=file)
    task.attachments.append(attachment)
    session.flush()
    record("onboarding.template_task.attached", task, by=by, changes={"file": file.id})
    return attachment


def detach_file(task: TemplateTask, attachment: TemplateAttachment, *, by: Person) -> None:
    """Take a file off the instructions of a draft's task; versions in use keep it. Needs `attachments`."""
    _insist_on_draft(task.template_version)
    task.attachments.remove(attachment)
    session.flush()
    record("onboarding.template_task.detached", task, by=by, changes={"file": attachment.file_id})


def duplicate_template(template: Template, *, name: str, by: Person | None) -> Template:
    """A new template with the same criteria, whose draft has the tasks of the one in use, or of its draft. Needs `criteria` and `editions`."""
    source = published_of(template) or draft_of(template)
    copy = write_template(name=name, match=Match(), by=by)
    copy.criteria = [TemplateCriterion(**dict([criterion.value])) for criterion in template.criteria]
    draft = draft_of(copy)
    assert draft is not None, "a template begins with a draft"
    draft.tasks = [copy_of(task) for task in (source.tasks if source else [])]
    session.flush()
    record("onboarding.template.copied", copy, by=by, changes={"from": template.id, "tasks": len(draft.tasks)})
    return copy


def _insist_on_draft(version: TemplateVersion) -> None:
    if version.state is not TemplateState.DRAFT:
        raise WrongState(_("This version has been published. Begin a new version to change it."))
