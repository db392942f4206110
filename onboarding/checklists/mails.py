"""Mails about onboardings."""

from collections.abc import Sequence

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from onboarding.checklists.models import Checklist, Task


def onboarding_tasks(to: Person, checklist: Checklist, tasks: Sequence[Task]) -> None:
    """Tell a manager or buddy what they do for a new hire, in one mail."""
    context = {
        "name": to.name,
        "new_hire": checklist.person.name,
        "starts_on": checklist.starts_on,
        "tasks": [{"title": task.title, "due_on": task.due_on} for task in tasks],
        "link": absolute_url("checklists.tasks"),
    }
    queue_mail("onboarding_tasks", to=to, context=context, about=checklist.public_id)


def document_returned(task: Task) -> None:
    """Tell the new hire that a document has to be handed in again, and why."""
    person = task.checklist.person
    context = {"name": person.name, "title": task.title, "reason": task.reason, "link": absolute_url("tasks.show", task_id=task.public_id)}
    queue_mail("document_returned", to=person, context=context, about=task.public_id)
