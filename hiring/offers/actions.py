"""What is done to offers by the company: drafted, approved, sent, taken back."""

from dataclasses import fields

from sqlalchemy.exc import IntegrityError

from core.accounts.links import revoke_links
from core.accounts.models import Purpose
from core.audit.record import record
from core.clock import now, today
from core.db import hold, session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.models import Application, ApplicationState
from hiring.approvals.actions import decide
from hiring.approvals.algebra import ChainState
from hiring.blind.reading import insist_on_known_name
from hiring.offers import letters, mails, policy
from hiring.offers.approving import ask_those_in_turn, begin_approval, give_up_approval, has_turn, live_chain, tell_of_refusal
from hiring.offers.merge_fields import resolved_values
from hiring.offers.models import WORKFLOW, Offer, OfferMove, OfferState, OfferTemplate
from hiring.offers.queries import next_number, past_their_last_day
from hiring.offers.revoking import REPLACED, WITHDRAWN, revoke_letter
from hiring.offers.terms import Terms
from hiring.offers.versions import keep_version
from hiring.requisitions.queries import has_free_opening

COPIED = (
    "language",
    "salary",
    "currency",
    "starts_on",
    "expires_on",
    "location_id",
    "manager_id",
    "buddy_id",
    "approver_id",
    "benefits",
    "bonus",
    "probation_days",
    "letter",
)


def save_template(template: OfferTemplate | None, *, name: str, language: str, body: str, by: Person) -> OfferTemplate:
    """Write a letter template, a new one when `template` is None. Raises Invalid for a field no letter knows, or a name another has."""
    if not policy.can_write(by):
        raise NotAllowed(_("Only those who write offers change letters."))
    _insist_on_known_fields(body, field="body")
    template = template or OfferTemplate()
    try:
        with session.begin_nested():
            template.name, template.language, template.body = name, language, body
            session.add(template)
    except IntegrityError:
        raise Invalid(_("Another letter has this name already. Please choose another one."), field="name") from None
    record("hiring.offer_template.saved", template, by=by)
    return template


def draft_offer(application: Application, *, terms: Terms, by: Person) -> Offer:
    """Begin an offer to an active application. Raises Conflict when another one is open, Invalid for terms that cannot be."""
    _insist_on_writer(by)
    _insist_on_active(application)
    insist_on_known_name(application)
    insist_on_sound(terms, by=by)
    offer = Offer(application_id=application.id, number=next_number(application), state=OfferState.DRAFT, author_id=by.id, **_columns(terms))
    session.add(offer)
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict(_("There is an open offer for this application already. Change or withdraw that one.")) from error
    session.add(OfferMove(offer_id=offer.id, to_state=OfferState.DRAFT, by_id=by.id))
    record("hiring.offer.drafted", offer, by=by, person=application.candidate.person, changes={"number": offer.number})
    return offer


def change_offer(offer: Offer, *, terms: Terms, by: Person, version: int) -> Offer:
    """Change the terms of a draft. Raises Conflict when somebody else changed it since `version`."""
    _insist_on_writer(by)
    offer = _hold(offer, version)
    if offer.state is not OfferState.DRAFT:
        raise WrongState(_("Only a draft can be changed. Take it back into draft first; it then needs a new approval."))
    insist_on_sound(terms, by=by)
    for column, value in _columns(terms).items():
        setattr(offer, column, value)
    if not policy.wrote(by, offer):  # from then on the terms are theirs too: they have no say in the approval
        offer.moves.append(OfferMove(from_state=offer.state, to_state=offer.state, by_id=by.id))
    session.flush()
    record("hiring.offer.changed", offer, by=by, person=offer.application.candidate.person)
    return offer


def ask_for_approval(offer: Offer, *, by: Person, version: int) -> None:
    """Hand a draft to its approver. Raises Invalid while a merge field of the letter has no value."""
    _insist_on_writer(by)
    offer = _hold(offer, version)
    _insist_on_active(offer.application)
    insist_on_step(offer, OfferState.IN_APPROVAL)
    if offer.expires_on < today(offer.location.time_zone):
        raise Invalid(_("The last day to accept is over already."))
    resolved_values(offer, offer.application)
    keep_version(offer, by=by)
    chain = begin_approval(offer, by=by)
    _move(offer, OfferState.IN_APPROVAL, by=by)
    ask_those_in_turn(offer, chain)


def approve_offer(offer: Offer, *, by: Person, version: int) -> None:
    """Approve the terms as they are, for one's own seat in the chain; with the last one needed the offer is approved."""
    offer = _hold(offer, version)
    insist_on_step(offer, OfferState.APPROVED)
    _insist_on_other_than_author(offer, by)
    chain = live_chain(offer)
    if decide(chain, approve=True, by=by) is ChainState.APPROVED:
        _move(offer, OfferState.APPROVED, by=by)
    else:
        ask_those_in_turn(offer, chain)


def send_back(offer: Offer, *, by: Person, reason: str, version: int) -> None:
    """Say no for one's seat in the chain, or take the offer back to change it: who writes offers may, and the approvals are given up.

    One no among several does not send it back while the others can still approve.
    """
    offer = _hold(offer, version)
    if not reason.strip():
        raise Invalid(_("Say what should change."), field="reason")
    insist_on_step(offer, OfferState.DRAFT)
    if offer.state is OfferState.IN_APPROVAL and has_turn(offer, by):
        chain = live_chain(offer)
        if decide(chain, approve=False, reason=reason, by=by) is not ChainState.REJECTED:
            return
        tell_of_refusal(offer, chain, by=by, reason=reason.strip())
    elif policy.can_write(by):
        give_up_approval(offer, reason=reason.strip(), by=by)
    else:
        raise NotAllowed(_("It is not your turn to decide on this offer, and only who writes offers takes one back."))
    _move(offer, OfferState.DRAFT, by=by, reason=reason.strip())


def withdraw_offer(offer: Offer, *, by: Person | None, reason: str, version: int | None = None) -> None:
    """Take an offer back for good; its private link stops accepting."""
    if by is not None:
        _insist_on_writer(by)
    if not reason.strip():
        raise Invalid(_("Say why the offer is withdrawn."), field="reason")
    offer = _hold(offer, version if version is not None else offer.version)
    was_sent = offer.state is OfferState.SENT
    if offer.state is OfferState.ACCEPTED:
        raise WrongState(_("The offer was accepted. If the person does not start, note that on their application."))
    insist_on_step(offer, OfferState.WITHDRAWN)
    give_up_approval(offer, reason=reason.strip(), by=by)
    _move(offer, OfferState.WITHDRAWN, by=by, reason=reason.strip())
    if was_sent:
        revoke_letter(offer, WITHDRAWN, by=by)
        mails.offer_withdrawn(offer, filled=not has_free_opening(offer.application.posting))


def renegotiate_offer(offer: Offer, *, by: Person, reason: str, version: int) -> Offer:
    """Put a new draft with the same terms in the place of an offer that was sent, which no longer can be accepted, or lapsed. Returns the draft."""
    _insist_on_writer(by)
    if not reason.strip():
        raise Invalid(_("Say what is to be changed."), field="reason")
    offer = _hold(offer, version)
    _insist_on_active(offer.application)
    if offer.state is not OfferState.EXPIRED:
        give_up_approval(offer, reason=reason.strip(), by=by)
        _move(offer, OfferState.SUPERSEDED, by=by, reason=reason.strip())
        revoke_links(Purpose.OFFER, subject_id=offer.public_id)
    elif next_number(offer.application) != offer.number + 1:
        raise Conflict(_("Another offer was made since. Go on with that one."))
    revoke_letter(offer, REPLACED, by=by)
    columns = {column: getattr(offer, column) for column in COPIED}
    later = Offer(application_id=offer.application_id, number=next_number(offer.application), state=OfferState.DRAFT, author_id=by.id, **columns)
    session.add(later)
    session.flush()
    session.add(OfferMove(offer_id=later.id, to_state=OfferState.DRAFT, by_id=by.id, reason=reason.strip()))
    changes = {"number": later.number, "instead_of": offer.number}
    record("hiring.offer.drafted", later, by=by, person=offer.application.candidate.person, changes=changes)
    mails.offer_being_revised(offer)
    return later


def expire_offers() -> int:
    """Let sent offers end whose last day is over where the work is. Returns how many; the timetable calls it."""
    ended = 0
    for offer in past_their_last_day(today("Etc/GMT-14")):
        if offer.expires_on < today(offer.location.time_zone):
            _move(hold(offer), OfferState.EXPIRED, by=None)
            revoke_links(Purpose.OFFER, subject_id=offer.public_id)
            recruiter = offer.application.posting.recruiter
            for colleague in {offer.author_id: offer.author, recruiter.id: recruiter}.values():
                mails.offer_lapsed(offer, to=colleague)
            ended += 1
    return ended


def move_offer(offer: Offer, to: OfferState, *, by: Person | None, reason: str = "") -> None:
    """Change the state and write the line of history; the callers have checked who may."""
    _move(offer, to, by=by, reason=reason)


def insist_on_step(offer: Offer, to: OfferState) -> None:
    """Raise WrongState where the offer cannot go there from where it stands."""
    WORKFLOW.insist(offer.state, to, sentence=_("The offer has been decided or changed in the meantime. Reload the page to see where it stands."))


def _move(offer: Offer, to: OfferState, *, by: Person | None, reason: str = "") -> None:
    insist_on_step(offer, to)
    session.add(OfferMove(offer_id=offer.id, from_state=offer.state, to_state=to, by_id=None if by is None else by.id, reason=reason, at=now()))
    person = offer.application.candidate.person
    record("hiring.offer.moved", offer, by=by, person=person, changes={"state": [offer.state.value, to.value]}, reason=reason)
    offer.state = to
    session.flush()


def _hold(offer: Offer, version: int) -> Offer:
    offer = hold(offer)
    if offer.version != version:
        raise Conflict(_("Somebody else changed this offer in the meantime. Reload the page to see where it stands."))
    return offer


def _columns(terms: Terms) -> dict[str, object]:
    rows = ("location", "manager", "buddy", "approver")
    return {field.name: getattr(terms, field.name) for field in fields(terms) if field.name not in rows} | {
        "location_id": terms.location.id,
        "manager_id": terms.manager.id,
        "buddy_id": None if terms.buddy is None else terms.buddy.id,
        "approver_id": terms.approver.id,
    }


def _insist_on_writer(by: Person) -> None:
    if not policy.can_write(by):
        raise NotAllowed(_("Only recruiters write offers."))


def _insist_on_other_than_author(offer: Offer, by: Person) -> None:
    if policy.wrote(by, offer):
        raise NotAllowed(_("Whoever wrote the offer does not decide on it."))


def _insist_on_active(application: Application) -> None:
    if application.state is not ApplicationState.ACTIVE:
        raise WrongState(_("This application is closed. An offer can only be made to one that is open."))


def _insist_on_known_fields(letter: str, *, field: str) -> None:
    unknown = letters.unknown_fields(letter)
    if unknown:
        known = ", ".join("{{" + name + "}}" for name in letters.FIELDS)
        raise Invalid(_("Unknown in a letter: %(unknown)s. Known are %(known)s.", unknown=", ".join(unknown), known=known), field=field)


def insist_on_sound(terms: Terms, *, by: Person) -> None:
    """Raise Invalid for terms that cannot be offered."""
    _insist_on_known_fields(terms.letter, field="letter")
    if terms.salary <= 0:
        raise Invalid(_("The salary must be more than nothing."), field="salary")
    if terms.expires_on < today(terms.location.time_zone):
        raise Invalid(_("The last day to accept is over already."), field="expires_on")
    if terms.starts_on < terms.expires_on:
        raise Invalid(_("The first day comes after the last day to accept."), field="starts_on")
    if terms.probation_days is not None and not 0 <= terms.probation_days <= 365:
        raise Invalid(_("Probation lasts from 0 to 365 days."), field="probation_days")
    if terms.approver.id == by.id:
        raise Invalid(_("Somebody other than you approves the offer."), field="approver")
    if terms.buddy is not None and terms.buddy.id == terms.manager.id:
        raise Invalid(_("Choose a buddy other than the manager."), field="buddy")
