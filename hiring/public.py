"""What the packages to the left may ask of hiring."""

from collections.abc import Callable, Collection
from datetime import date

from flask import url_for

from core.calendars.spans import local_day
from core.people.models import Person
from core.people.rights import Right
from core.waiting import Waiting, read_waiting
from core.web.i18n import _, ngettext
from hiring.approval_seats.queries import stuck_seats
from hiring.closing import queries as closing
from hiring.interviews.models import Interview
from hiring.scheduling.queries import interviews_waiting_for
from hiring.screening.queries import MANY, waiting_count
from hiring.waiting import may_wait as may_wait
from hiring.waiting_lines import lines_waiting_for


def waiting_for(person: Person, *, on: date, among: Collection[str] | None = None) -> list[Waiting]:
    """What waits for the person in hiring: first looks, scorecards, seats to fill, mentions, messages, ended postings, approvals.

    `among` are the names of what `may_wait` said may hold something; without it everything is looked for.
    """
    sources: dict[str, Callable[[], list[Waiting]]] = {
        "first looks": lambda: _first_looks(person),
        "interviews": lambda: _interviews(person),
        "unanswered": lambda: _unanswered(person),
        "vacant seats": lambda: _vacant_seats(person),
    }
    return read_waiting(sources, among) + lines_waiting_for(person, among)


def _first_looks(person: Person) -> list[Waiting]:
    if not person.may(Right.DECIDE_APPLICATIONS):
        return []
    count, oldest = waiting_count(person)
    if not count:
        return []
    over = _("More than %(num)d applications wait for a first look", num=MANY)
    title = over if count > MANY else ngettext("%(num)d application waits for a first look", "%(num)d applications wait for a first look", count)
    return [Waiting(title, _("across all your postings"), url_for("screening.inbox"), _("Applications"), since=oldest)]


def _interviews(person: Person) -> list[Waiting]:
    if not person.may(Right.INTERVIEW):
        return []
    rows = interviews_waiting_for(person, may_fill=person.may(Right.SCHEDULE_INTERVIEWS))
    return [_seat(interview, missing, person) if missing else _card(interview) for interview, missing in rows]


def _card(interview: Interview) -> Waiting:
    address = url_for("scorecards.write", interview_id=interview.public_id)
    return Waiting(_("Send your scorecard"), _whom(interview), address, _("Interviews"), since=interview.booking.ends_at)


def _seat(interview: Interview, missing: str, person: Person) -> Waiting:
    title = _("%(name)s will not come to an interview: put somebody else in their place", name=missing)
    address = url_for("seats.change", interview_id=interview.public_id)
    return Waiting(title, _whom(interview), address, _("Interviews"), due_on=local_day(interview.booking.starts_at, person.time_zone))


def _whom(interview: Interview) -> str:
    return str(_("%(name)s, %(posting)s", name=interview.application.shown_name, posting=interview.application.posting.title))


def _unanswered(person: Person) -> list[Waiting]:
    if not person.may(Right.WRITE_POSTINGS):
        return []
    return [
        Waiting(
            _("More than %(num)d candidates wait for an answer", num=closing.MANY)
            if posting.count > closing.MANY
            else ngettext("%(num)d candidate waits for an answer", "%(num)d candidates wait for an answer", posting.count),
            posting.title,
            url_for("closing.close", posting_id=posting.public_id),
            _("Applications"),
            since=posting.since,
        )
        for posting in closing.ended_with_undecided(person)
    ]


def _vacant_seats(person: Person) -> list[Waiting]:
    """Approvals that cannot go on, for their approver has left or may no longer approve."""
    if not any(person.may(right) for right in (Right.WRITE_OFFERS, Right.WRITE_REQUISITIONS, Right.WRITE_APPROVAL_CHAINS)):
        return []
    return [
        Waiting(
            _("Name somebody else to approve: %(name)s no longer can", name=vacant.seat.person.name),
            vacant.position,
            url_for("approval_seats.name_another", chain_id=vacant.chain.public_id, seat_id=vacant.seat.public_id),
            _("Approvals"),
            since=vacant.chain.created_at,
        )
        for vacant in stuck_seats(person)
    ]
