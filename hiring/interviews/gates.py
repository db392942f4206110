"""What interviews still owe before an application goes on."""

from hiring.interviews.models import Interview, InterviewState


def missing_cards(interview: Interview) -> list[str]:
    """Names of the members who owe a required card of a standing interview. Needs seats with their people, and scorecards."""
    if interview.state is not InterviewState.PLANNED or not interview.cards_required:
        return []
    sent = {card.person_id for card in interview.counted_cards}
    return [seat.person.name for seat in interview.members if not seat.declined and seat.person_id not in sent]
