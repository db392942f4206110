"""Mails about changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from onboarding.checklists.models import Checklist


@dataclass(frozen=True)
class Line:
    """A task as a mail names it."""

    title: str
    new_hire: str
    due_on: date


def start_moved(to: Person, checklist: Checklist, *, before: date) -> None:
    """Tell the new hire, the manager or the buddy that the first day is another one."""
    own = to.id == checklist.person_id
    context = {
        "name": to.name,
        "own": own,
        "new_hire": checklist.person.name,
        "before": before,
        "starts_on": checklist.starts_on,
        "link": absolute_url("checklists.mine" if own else "checklists.tasks"),
    }
    queue_mail("start_moved", to=to, context=context, about=checklist.public_id)


def tasks_handed_over(to: Person, lines: Sequence[Line], *, giver: Person, taker: Person | None) -> None:
    """Tell who had tasks, or who has them now, that they went from one to the other."""
    context = {
        "name": to.name,
        "mine": taker is not None and to.id == taker.id,
        "giver": giver.name,
        "taker": taker.name if taker else "",
        "tasks": lines[:30],
        "more": max(len(lines) - 30, 0),
        "count": len(lines),
        "link": absolute_url("checklists.tasks"),
    }
    queue_mail("tasks_handed_over", to=to, context=context)


def colleague_leaves(
    to: Person,
    *,
    leaver: Person,
    last_day: date,
    ahead: bool,
    taker: Person | None,
    tasks: int,
    taken_over: Sequence[str],
    left_behind: Sequence[str],
) -> None:
    """Tell human resources who leaves, where their open tasks go and when, which new hires get another manager and which miss somebody."""
    context = {
        "name": to.name,
        "leaver": leaver.name,
        "last_day": last_day,
        "passes_on": last_day + timedelta(days=1) if ahead else None,
        "taker": taker.name if taker else "",
        "tasks": tasks,
        "taken_over": list(taken_over),
        "left_behind": list(left_behind),
        "link": absolute_url("checklists.board", kind="leaving"),
    }
    queue_mail("colleague_leaves", to=to, context=context)
