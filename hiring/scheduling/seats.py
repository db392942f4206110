"""Who sits in a planned interview, changed after it was booked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from core.audit.record import record
from core.calendars.booking import change_attendees
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.addresses import absolute_url
from core.web.i18n import _, force_locale
from hiring.interviews import policy
from hiring.interviews.actions import Trainee, attendees_of, insist_on_seats
from hiring.interviews.models import Interview, InterviewSeat, InterviewState, ScorecardState, SeatPart
from hiring.scheduling.queries import who_cannot_come


def change_interviewers(interview: Interview, people: Sequence[Person], *, trainees: Sequence[Trainee] = (), by: Person) -> None:
    """Make these the interviewers: new ones are invited, others told that they need not come, everybody's calendar keeps the same event.

    Raises Conflict naming who is busy and when, Invalid for nobody or for leaving out who has begun a card.
    """
    if not policy.can_schedule(by):
        raise NotAllowed(_("Only recruiters schedule interviews."))
    if interview.state is not InterviewState.PLANNED:
        raise WrongState(_("This interview does not stand any more."))
    insist_on_seats(interview.kind, people, trainees)
    wanted = {trainee.person.id: trainee for trainee in [*(Trainee(person, SeatPart.MEMBER) for person in people), *trainees]}
    declined = {seat.person_id for seat in interview.seats if seat.declined}
    _insist_on_begun_cards(interview, wanted, declined | who_cannot_come(interview))
    present = {seat.person_id: seat for seat in interview.seats}
    candidate = interview.application.candidate.person
    with force_locale(interview.application.posting.language):
        note = _("Candidate, questions and scorecard: %(link)s", link=absolute_url("interviews.show", interview_id=interview.public_id))
    # who declined and was chosen all the same is asked once more
    coming = [replace(each, ask_again=each.person.id in declined) for each in attendees_of(candidate, people, trainees, note=note)]
    change_attendees(interview.booking, coming, by=by)
    for key, seat in present.items():
        if key not in wanted:
            interview.seats.remove(seat)
            session.delete(seat)
        else:
            seat.part = wanted[key].part
    interview.seats += [InterviewSeat(person=each.person, part=each.part) for key, each in wanted.items() if key not in present]
    session.flush()
    for key in declined & wanted.keys():
        session.refresh(present[key], ["declined"])
    changes = {
        "added": [str(each.person.public_id) for key, each in wanted.items() if key not in present],
        "removed": [str(seat.person.public_id) for key, seat in present.items() if key not in wanted],
    }
    record("hiring.interview.people_changed", interview, by=by, person=candidate, changes=changes)


def _insist_on_begun_cards(interview: Interview, wanted: Mapping[int, Trainee], absent: Collection[int]) -> None:
    for card in interview.scorecards:
        if card.person_id not in wanted:
            if card.person_id in absent and card.state is ScorecardState.DRAFT:
                continue  # a draft kept before anybody knew that they cannot come
            raise Invalid(_("Somebody you left out has begun a scorecard. Leave them in."), field="interviewers")
        if card.in_training is (wanted[card.person_id].part is SeatPart.MEMBER):
            name = wanted[card.person_id].person.name
            raise Invalid(_("%(name)s has begun a scorecard. Leave them where they sit.", name=name), field="interviewers")
