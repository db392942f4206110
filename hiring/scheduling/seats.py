"""Who sits in a planned interview, changed after it was booked."""

from collections.abc import Sequence

from core.audit.record import record
from core.calendars.booking import Attendee, change_attendees
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.addresses import absolute_url
from core.web.i18n import _, force_locale
from hiring.interviews import policy
from hiring.interviews.models import Interview, InterviewKind, InterviewSeat, InterviewState


def change_interviewers(interview: Interview, people: Sequence[Person], *, by: Person) -> None:
    """Make these the interviewers: new ones are invited, others told that they need not come, everybody's calendar keeps the same event.

    Raises Conflict naming who is busy and when, Invalid for nobody or for leaving out who has begun a card.
    """
    if not policy.can_schedule(by):
        raise NotAllowed(_("Only recruiters schedule interviews."))
    if interview.state is not InterviewState.PLANNED:
        raise WrongState(_("This interview does not stand any more."))
    if not people:
        raise Invalid(_("Choose at least one interviewer."), field="interviewers")
    if interview.kind is InterviewKind.PANEL and len(people) < 2:
        raise Invalid(_("A panel needs at least two interviewers."), field="interviewers")
    wanted = {person.id: person for person in people}
    writing = {card.person_id for card in interview.scorecards}
    if writing - wanted.keys():
        raise Invalid(_("Somebody you left out has begun a scorecard. Leave them in."), field="interviewers")
    present = {seat.person_id: seat for seat in interview.seats}
    candidate = interview.application.candidate.person
    with force_locale(interview.application.posting.language):
        note = _("Candidate, questions and scorecard: %(link)s", link=absolute_url("interviews.show", interview_id=interview.public_id))
    change_attendees(interview.booking, [Attendee(candidate), *(Attendee(person, note=note) for person in people)], by=by)
    for key, seat in present.items():
        if key not in wanted:
            interview.seats.remove(seat)
            session.delete(seat)
    interview.seats += [InterviewSeat(person=person) for key, person in wanted.items() if key not in present]
    session.flush()
    changes = {
        "added": [str(person.public_id) for key, person in wanted.items() if key not in present],
        "removed": [str(seat.person.public_id) for key, seat in present.items() if key not in wanted],
    }
    record("hiring.interview.people_changed", interview, by=by, person=candidate, changes=changes)
