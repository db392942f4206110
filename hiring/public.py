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
from hiring.closing.queries import ended_with_undecided
from hiring.interviews.models import Interview
from hiring.messages.queries import waiting_messages
from hiring.notes.queries import unread_mentions
from hiring.offers.models import OfferState
from hiring.offers.queries import awaiting_approval_by, offers_to_follow_up
from hiring.postings.queries import postings_awaiting
from hiring.requisitions.queries import requisitions_awaiting
from hiring.scheduling.queries import interviews_waiting_for
from hiring.screening.queries import MANY, waiting_count
from hiring.waiting import may_wait as may_wait


def waiting_for(person: Person, *, on: date, among: Collection[str] | None = None) -> list[Waiting]:
    """What waits for the person in hiring: first looks, scorecards, seats to fill, mentions, messages, ended postings, approvals.

    `among` are the names of what `may_wait` said may hold something; without it everything is looked for.
    """
    sources: dict[str, Callable[[], list[Waiting]]] = {
        "first looks": lambda: _first_looks(person),
        "interviews": lambda: _interviews(person),
        "mentions": lambda: _mentions(person),
        "messages": lambda: _messages(person),
        "unanswered": lambda: _unanswered(person),
        "offers to approve": lambda: _offers_to_approve(person),
        "requisitions to approve": lambda: _requisitions_to_approve(person),
        "postings to approve": lambda: _postings_to_approve(person),
        "offers": lambda: _offers(person),
        "vacant seats": lambda: _vacant_seats(person),
    }
    return read_waiting(sources, among)


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


def _mentions(person: Person) -> list[Waiting]:
    if not person.may(Right.SEE_APPLICATIONS):
        return []
    return [
        Waiting(
            _("%(who)s mentioned you in a note", who=mention.note.author.name),
            mention.note.application.posting.title,
            url_for("screening.show", application_id=mention.note.application.public_id, _anchor="notes"),
            _("Applications"),
            since=mention.note.created_at,
        )
        for mention in unread_mentions(person)
    ]


def _messages(person: Person) -> list[Waiting]:
    if not person.may(Right.DECIDE_APPLICATIONS):
        return []
    return [
        Waiting(
            _("Answer a candidate"),
            _("%(name)s, %(posting)s", name=message.application.shown_name, posting=message.application.posting.title),
            url_for("messages.thread", application_id=message.application.public_id),
            _("Applications"),
            since=message.sent_at,
        )
        for message in waiting_messages(person)
    ]


def _unanswered(person: Person) -> list[Waiting]:
    if not person.may(Right.WRITE_POSTINGS):
        return []
    return [
        Waiting(
            ngettext("%(num)d candidate waits for an answer", "%(num)d candidates wait for an answer", posting.count),
            posting.title,
            url_for("closing.close", posting_id=posting.public_id),
            _("Applications"),
            since=posting.since,
        )
        for posting in ended_with_undecided(person)
    ]


def _offers_to_approve(person: Person) -> list[Waiting]:
    if not person.may(Right.APPROVE_OFFERS):
        return []
    return [
        Waiting(
            _("Decide on an offer"),
            _("%(name)s, %(posting)s", name=offer.application.shown_name, posting=offer.application.posting.title),
            url_for("offers.show", offer_id=offer.public_id),
            _("Approvals"),
            since=offer.created_at,
        )
        for offer in awaiting_approval_by(person)
    ]


def _requisitions_to_approve(person: Person) -> list[Waiting]:
    if not person.may(Right.APPROVE_POSTINGS):
        return []
    return [
        Waiting(
            _("Decide on a requisition"),
            requisition.title,
            url_for("requisitions.show", requisition_id=requisition.public_id),
            _("Approvals"),
            since=requisition.changed_at,
        )
        for requisition in requisitions_awaiting(person)
    ]


def _postings_to_approve(person: Person) -> list[Waiting]:
    if not person.may(Right.APPROVE_POSTINGS):
        return []
    return [
        Waiting(
            _("Decide on a posting"),
            posting.title,
            url_for("postings.show", posting_id=posting.public_id),
            _("Approvals"),
            since=posting.changed_at,
        )
        for posting in postings_awaiting(person)
    ]


def _offers(person: Person) -> list[Waiting]:
    """Offers that lapsed, and those nobody can accept any more: somebody has to say what follows."""
    if not person.may(Right.WRITE_OFFERS):
        return []
    lapsed = _("An offer lapsed: make another, or decide on the application")
    too_many = _("The position is filled: withdraw this offer, or add an opening")
    found = [(lapsed if offer.state is OfferState.EXPIRED else too_many, offer) for offer in offers_to_follow_up(person)]
    return [
        Waiting(
            title,
            _("%(name)s, %(posting)s", name=offer.application.shown_name, posting=offer.application.posting.title),
            url_for("offers.show", offer_id=offer.public_id),
            _("Offers"),
            since=offer.sent_at,
        )
        for title, offer in found
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
