"""Who may do what to an offer."""

from collections.abc import Set

from core.people.models import Person
from core.people.rights import Right
from hiring.applications.models import ApplicationState
from hiring.approvals.models import ApprovalChain
from hiring.approvals.policy import seat_of
from hiring.offers.models import Offer, OfferState
from hiring.postings.models import Posting, SalaryPeriod

PERIODS_A_YEAR = {SalaryPeriod.MONTH: 12, SalaryPeriod.YEAR: 1}


def can_write(person: Person) -> bool:
    """Whether the person writes offers. That they see the application has been settled by the query."""
    return person.may(Right.WRITE_OFFERS)


def wrote(person: Person, offer: Offer) -> bool:
    """Whether the person wrote the offer or changed its terms. Needs `moves`."""
    changed = {move.by_id for move in offer.moves if move.from_state is move.to_state}
    return person.id == offer.author_id or person.id in changed


def can_approve(person: Person, offer: Offer, chain: ApprovalChain | None, *, stands_in_for: Set[int]) -> bool:
    """Whether it is the person's turn to decide on this offer; never that of who wrote or changed it."""
    if offer.state is not OfferState.IN_APPROVAL or chain is None or wrote(person, offer):
        return False
    return seat_of(chain, person, stands_in_for=stands_in_for) is not None


def is_out_of_band(salary: int, posting: Posting) -> bool:
    """Whether monthly pay lies outside what the posting names, or cannot be compared with it."""
    if posting.salary_from is None or posting.salary_to is None or posting.salary_period not in PERIODS_A_YEAR:
        return True
    year = salary * PERIODS_A_YEAR[SalaryPeriod.MONTH]
    times = PERIODS_A_YEAR[posting.salary_period]
    return not posting.salary_from * times <= year <= posting.salary_to * times


def can_renew(person: Person, offer: Offer, *, is_newest: bool) -> bool:
    """Whether another version may take the place of an offer that is out, or lapsed while the application is undecided."""
    lapsed = offer.state is OfferState.EXPIRED and is_newest and offer.application.state is ApplicationState.ACTIVE
    return can_write(person) and (offer.state is OfferState.SENT or lapsed)


def can_edit(person: Person, offer: Offer) -> bool:
    """Whether the terms may be changed now."""
    return can_write(person) and offer.state is OfferState.DRAFT
