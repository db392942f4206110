"""Mails that remind."""

from collections.abc import Sequence
from datetime import datetime

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from onboarding.checklists.models import Task


def onboarding_nudge(to: Person, tasks: Sequence[Task], *, by: Person, send_at: datetime | None) -> None:
    """Ask somebody to look at what is late, in one mail. Needs the tasks' new hires."""
    context = {
        "name": to.name,
        "asked_by": by.name,
        "tasks": [{"title": task.title, "new_hire": task.checklist.person.name, "due_on": task.due_on} for task in tasks[:30]],
        "more": max(len(tasks) - 30, 0),
        "count": len(tasks),
        "link": absolute_url("checklists.tasks"),
    }
    queue_mail("onboarding_nudge", to=to, context=context, send_at=send_at)
