"""Who may do and see what around an interview."""

from collections.abc import Iterable

from core.clock import now
from core.people.models import Person
from core.people.rights import Right
from hiring.interviews.models import Interview, InterviewState, Scorecard, ScorecardState, SeatPart


def can_schedule(person: Person) -> bool:
    """Whether the person schedules interviews. That they see the application has been settled by the query."""
    return person.may(Right.SCHEDULE_INTERVIEWS)


def has_seat(person: Person, interview: Interview) -> bool:
    """Whether the person sits in the interview, also to learn. Needs `seats` to be loaded."""
    return any(seat.person_id == person.id for seat in interview.seats)


def is_member(person: Person, interview: Interview) -> bool:
    """Whether what the person finds counts. Needs `seats` to be loaded."""
    return any(seat.person_id == person.id and not seat.declined for seat in interview.members)


def is_in_training(person: Person, interview: Interview) -> bool:
    """Whether the person sits in the interview to learn. Needs `seats` to be loaded."""
    return any(seat.person_id == person.id and seat.part is not SeatPart.MEMBER for seat in interview.seats)


def writes_card(person: Person, interview: Interview) -> bool:
    """Whether the person sits in the interview and has not said that they do not come. Needs `seats` to be loaded."""
    return any(seat.person_id == person.id and not seat.declined for seat in interview.seats)


def owes_card(person: Person, interviews: Iterable[Interview]) -> bool:
    """Whether the person sits in a standing interview of the application and has not sent their card. Needs bookings, seats and scorecards.

    Who declined the invitation owes none once the interview is over: until then they may still come. Who is in training owes one before they
    read those of the others.
    """
    for interview in interviews:
        if interview.state is InterviewState.PLANNED and _may_yet_write(person, interview):
            own = [card for card in interview.scorecards if card.person_id == person.id]
            if not any(card.state is ScorecardState.SENT for card in own):
                return True
    return False


def _may_yet_write(person: Person, interview: Interview) -> bool:
    return writes_card(person, interview) or (has_seat(person, interview) and interview.booking.ends_at > now())


def visible_cards(viewer: Person, interviews: Iterable[Interview]) -> list[Scorecard]:
    """The sent cards that count, of one application, that the viewer may read: none while they owe one of their own, always their own.

    Who sees the application only because they were asked to interview, and did not come, reads none.
    """
    interviews = list(interviews)
    blind = owes_card(viewer, interviews) or not (viewer.may(Right.SEE_APPLICATIONS) or any(writes_card(viewer, each) for each in interviews))
    sent = [card for interview in interviews for card in interview.counted_cards]
    return [card for card in sent if not blind or card.person_id == viewer.id]


def training_cards(viewer: Person, interview: Interview) -> list[Scorecard]:
    """The sent cards of people in training, for themselves, for the members of this interview and for those who schedule: nobody decides by them."""
    written = [card for card in interview.scorecards if card.state is ScorecardState.SENT and card.in_training]
    if owes_card(viewer, [interview]) or not (has_seat(viewer, interview) or can_schedule(viewer)):
        return []
    mine = next((seat for seat in interview.seats if seat.person_id == viewer.id), None)
    teaches = mine.part is SeatPart.MEMBER if mine is not None else can_schedule(viewer)
    return [card for card in written if teaches or card.person_id == viewer.id]
