"""Mails that remind."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from onboarding.checklists.models import Task
from onboarding.reminders.gathering import Gathered, TaskLine
from onboarding.reminders.labels import ACTS, PLACES
from onboarding.reminders.turns import TurnLine
from onboarding.templates.labels import PARTS
from training.public import ReminderFact

MOST = 15


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


def onboarding_digest(to: Person, found: Gathered, *, on: date, required: Sequence[ReminderFact] = ()) -> None:
    """Everything that waits for somebody today, in one mail; `required` is what is to be said of required training."""
    own, others = [fact for fact in required if fact.is_ones_own], [fact for fact in required if not fact.is_ones_own]
    sections = [
        ("overdue", found.overdue[:MOST], len(found.overdue)),
        ("today", found.today[:MOST], len(found.today)),
        ("soon", found.soon[:MOST], len(found.soon)),
    ]
    context = {
        "name": to.name,
        "on": on,
        "sections": [
            {"name": name, "count": count, "more": count - len(lines), "tasks": [_task(line) for line in lines]} for name, lines, count in sections
        ],
        "sessions": [{"act": line.act, "with_whom": line.with_whom, "at": line.on} for line in found.sessions[:MOST]],
        "queues": [{"part": line.team or PARTS[line.part], "due": line.due, "review": line.review} for line in found.queues],
        "turns": [_turn(line) for line in found.turns[:MOST]],
        "more_turns": max(len(found.turns) - MOST, 0),
        "others": [{"name": name, "count": line.count, "since": line.since} for name, line in found.others[:MOST]],
        "late": len(found.overdue),
        "count": found.lines,
        "training": [_required(fact) for fact in own[:MOST]],
        "more_training": max(len(own) - MOST, 0),
        "training_late": sum(fact.days_left < 0 for fact in own),
        "training_of_others": [_required(fact) for fact in others[:MOST]],
        "more_training_of_others": max(len(others) - MOST, 0),
        "training_link": absolute_url("learning.mine") if own else "",
        "training_reminders_link": absolute_url("training_reminders.index") if others else "",
        "link": absolute_url("checklists.tasks") if _has_work(found) else absolute_url("checklists.mine"),
        "choice_link": absolute_url("reminders.mine"),
    }
    queue_mail("onboarding_digest", to=to, context=context)


def _task(line: TaskLine) -> dict[str, Any]:
    return {"title": line.title, "for_whom": line.for_whom, "due_on": line.due_on}


def _required(fact: ReminderFact) -> dict[str, Any]:
    return {"course": fact.course, "about": fact.about, "due_on": fact.due_on, "days_left": fact.days_left}


def _turn(line: TurnLine) -> dict[str, Any]:
    endpoint, argument = PLACES[line.act]
    return {"act": ACTS[line.act], "about": line.about, "on": line.on, "instant": line.at, "url": absolute_url(endpoint, **{argument: line.thing})}


def _has_work(found: Gathered) -> bool:
    """Whether somebody does things for others: then their list of tasks is the page to begin with."""
    return bool(found.queues or found.others or any(line.for_whom for line in (*found.overdue, *found.today, *found.soon)))
