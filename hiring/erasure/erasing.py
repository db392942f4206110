"""What is deleted of an application: everything somebody wrote in it or about it. That it was there, its days, steps and marks stay."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

import onboarding.public
from core.accounts.erasing import erase_account
from core.accounts.links import revoke_links
from core.accounts.models import Purpose
from core.audit.record import forget_key, record
from core.calendars.models import Booking, BookingAttendee
from core.clock import now
from core.db import session
from core.documents.erasing import erase_documents_of
from core.files.erasing import erase_files_about
from core.mail.erasing import erase_mails
from core.people.erasing import erase_person
from core.photos.actions import remove_photo
from hiring.applications.models import Answer, Application, ApplicationMove, Resubmission
from hiring.approvals.models import ApprovalChain, ApprovalSeat, ApprovalStep
from hiring.debrief.models import PanelDecision
from hiring.interviews.models import Interview, Scorecard, ScorecardAmendment, ScorecardMark
from hiring.merging.erasing import erase_others_of
from hiring.messages.models import Message
from hiring.notes.models import Note
from hiring.offers.models import Offer, OfferMove, OfferSignature, OfferVersion
from hiring.pools.models import PoolMember
from hiring.references.models import Reference
from hiring.screening.models import ScreeningMark
from hiring.search.models import SearchDocument
from hiring.survey.actions import forget_response
from hiring.tags.models import CandidateTag


def erase_application(application: Application) -> None:
    """Delete what tells who applied, in one transaction. Needs `candidate.person`; the caller holds the row."""
    key, person = application.id, application.candidate.person
    interviews = session.scalars(select(Interview.public_id).where(Interview.application_id == key)).all()
    offers = session.scalars(select(Offer.public_id).where(Offer.application_id == key)).all()
    for purpose in (Purpose.APPLICATION, Purpose.SURVEY, Purpose.OFFER):
        for subject in (application.public_id, *offers):
            revoke_links(purpose, subject_id=subject)
    forget_response(application.public_id)
    notes = session.scalars(select(Note.public_id).where(Note.application_id == key)).all()
    erase_mails(to=person, about=[application.public_id, *notes, *interviews, *offers, *_bookings(interviews)])
    _erase_what_was_sent(application)
    _erase_what_was_written(key)
    _erase_interviews(key, interviews)
    _erase_offers(key, offers)
    onboarding.public.erase_what_was_written(person)
    erase_documents_of(person, reason="-")
    remove_photo(person, by=person)
    erase_files_about(person)
    erase_account(person)
    erase_person(person)
    forget_key(person)
    erase_others_of(application.candidate)
    application.erased_at = now()
    session.flush()
    record("hiring.application.erased", application, by=None)


def _values(table: Any, key: int, **values: object) -> None:
    session.execute(update(table).where(table.application_id == key).values(**values))


def _bookings(interviews: Sequence[UUID]) -> Sequence[UUID]:
    return session.scalars(select(Booking.public_id).where(Booking.subject_id.in_(interviews))).all()


def _erase_what_was_sent(application: Application) -> None:
    nobody = f"{application.public_id.hex}@erased.invalid"
    application.email = application.candidate.email = nobody
    application.cover_letter, application.submission_key, application.hold_reason, application.word_match = "", "", "", None
    session.flush()
    _values(Answer, application.id, text="")
    _values(Resubmission, application.id, name="-", phone="", cover_letter="", answers={}, submission_key="")
    session.execute(update(Message).where(Message.application_id == application.id, Message.text != "").values(text="-"))
    session.execute(delete(SearchDocument).where(SearchDocument.application_id == application.id))


def _erase_what_was_written(key: int) -> None:
    candidate = select(Application.candidate_id).where(Application.id == key).scalar_subquery()
    _values(Note, key, text="-")
    _values(Reference, key, referee="-", relation="", text="-")
    _values(ScreeningMark, key, note="")
    _values(ApplicationMove, key, reason="")
    _values(PanelDecision, key, reason="-")
    session.execute(delete(CandidateTag).where(CandidateTag.candidate_id == candidate))
    session.execute(delete(PoolMember).where(PoolMember.application_id == key))


def _erase_interviews(key: int, interviews: Sequence[UUID]) -> None:
    cards = select(Scorecard.id).join(Interview, Interview.id == Scorecard.interview_id).where(Interview.application_id == key)
    session.execute(update(ScorecardMark).where(ScorecardMark.scorecard_id.in_(cards)).values(evidence=""))
    session.execute(update(Scorecard).where(Scorecard.id.in_(cards)).values(evidence="", still_open="", private_note=""))
    session.execute(delete(ScorecardAmendment).where(ScorecardAmendment.scorecard_id.in_(cards)))
    held = select(Booking.id).where(Booking.subject_id.in_(interviews))
    session.execute(update(BookingAttendee).where(BookingAttendee.booking_id.in_(held)).values(note=""))
    session.execute(update(Booking).where(Booking.id.in_(held)).values(description="", note="", cancel_reason=""))


def _erase_offers(key: int, offers: Sequence[UUID]) -> None:
    ours = select(Offer.id).where(Offer.application_id == key)
    session.execute(update(OfferMove).where(OfferMove.offer_id.in_(ours)).values(reason=""))
    session.execute(delete(OfferSignature).where(OfferSignature.offer_id.in_(ours)))
    session.execute(update(OfferVersion).where(OfferVersion.offer_id.in_(ours)).values(terms={}))
    _values(Offer, key, letter="", benefits="", bonus="", asked_to_change="", decline_reason="")
    chains = select(ApprovalChain.id).where(ApprovalChain.subject_id.in_(offers))
    steps = select(ApprovalStep.id).where(ApprovalStep.chain_id.in_(chains))
    session.execute(update(ApprovalSeat).where(ApprovalSeat.step_id.in_(steps)).values(reason=""))
    session.execute(update(ApprovalChain).where(ApprovalChain.id.in_(chains)).values(end_reason=""))
