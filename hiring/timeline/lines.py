"""What happened to an application, as lines of one timeline. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from core.mail.models import MailState, OutgoingMail
from core.web.i18n import _, ngettext
from hiring.applications.models import Application, ApplicationMove
from hiring.debrief.labels import VERDICT_LABELS, VERDICT_TONES
from hiring.debrief.models import PanelDecision
from hiring.interviews.labels import INTERVIEW_KIND_LABELS, RECOMMENDATION_LABELS
from hiring.interviews.models import Interview, InterviewState, Scorecard
from hiring.notes.models import Note
from hiring.offers.models import Offer
from hiring.references.models import Reference
from hiring.screening.models import ScreeningMark
from hiring.screening.telling import line_of


@dataclass(frozen=True)
class Line:
    """One thing that happened, as the timeline shows it."""

    when: datetime
    who: str
    text: str
    detail: str = ""
    icon: str = ""
    tone: str = "neutral"


def newest_first(*lines: Iterable[Line]) -> list[Line]:
    """All lines in one list, what happened last first."""
    return sorted((line for some in lines for line in some), key=lambda line: line.when, reverse=True)


def of_moves(moves: Iterable[ApplicationMove], application: Application) -> Iterator[Line]:
    """Stages and decisions."""
    for move in moves:
        told = line_of(move, application)
        yield Line(told["when"], str(told["who"]), str(told["text"]), told["detail"], icon="arrow-right-circle", tone="info")


def of_marks(marks: Iterable[ScreeningMark]) -> Iterator[Line]:
    """Screening: one line for what somebody marked in one sitting."""

    def sitting(mark: ScreeningMark) -> tuple[int, int]:
        return mark.by_id, int(mark.marked_at.timestamp()) // 3600

    for _sitting, some in groupby(sorted(marks, key=lambda mark: (*sitting(mark), mark.marked_at)), key=sitting):
        given = list(some)
        text = ngettext("Marked %(num)d criterion", "Marked %(num)d criteria", len(given))
        yield Line(given[-1].marked_at, given[-1].by.name, text, "; ".join(mark.note for mark in given if mark.note), icon="list-check")


def of_interviews(interviews: Iterable[Interview]) -> Iterator[Line]:
    """Interviews at the time they begin."""
    for interview in interviews:
        text = str(INTERVIEW_KIND_LABELS[interview.kind])
        if interview.state is InterviewState.CANCELLED:
            text = str(_("%(interview)s, cancelled", interview=text))
        elif interview.state is InterviewState.NO_SHOW:
            text = str(_("%(interview)s: the candidate did not come", interview=text))
        yield Line(interview.booking.starts_at, ", ".join(seat.person.name for seat in interview.members), text, icon="people", tone="accent")


def of_cards(cards: Iterable[Scorecard]) -> Iterator[Line]:
    """Scorecards that the viewer may read."""
    for card in cards:
        if card.sent_at is not None and card.recommendation is not None:
            text = _("Sent a scorecard: %(recommendation)s", recommendation=RECOMMENDATION_LABELS[card.recommendation])
            yield Line(card.sent_at, card.person.name, str(text), icon="clipboard-check")


def of_decisions(decisions: Iterable[PanelDecision]) -> Iterator[Line]:
    """What the panel decided, to those who owe no card."""
    for decision in decisions:
        text = _("The panel's decision: %(verdict)s", verdict=VERDICT_LABELS[decision.verdict])
        yield Line(decision.decided_at, decision.decided_by.name, str(text), decision.reason, icon="people", tone=VERDICT_TONES[decision.verdict])


def of_offers(offers: Iterable[Offer]) -> Iterator[Line]:
    """Offers when they went out and were answered."""
    for offer in offers:
        if offer.sent_at is not None:
            yield Line(offer.sent_at, "", str(_("Offer %(number)d was sent", number=offer.number)), icon="envelope-paper", tone="success")
        if offer.asked_to_change_at is not None:
            yield Line(offer.asked_to_change_at, "", str(_("The candidate asked for other terms")), icon="chat-square-text")
        if offer.decided_at is not None:
            yield Line(offer.decided_at, "", str(_("Offer %(number)d was decided on", number=offer.number)), icon="envelope-paper")


def of_mails(mails: Iterable[OutgoingMail]) -> Iterator[Line]:
    """Mails to the candidate, with when those that wait go out."""
    for mail in mails:
        words = {
            MailState.WAITING: _("Mail waits to go out: %(subject)s", subject=mail.subject),
            MailState.SENT: _("Mail sent: %(subject)s", subject=mail.subject),
            MailState.PARKED: _("Mail could not be sent: %(subject)s", subject=mail.subject),
            MailState.CANCELLED: _("Mail called back: %(subject)s", subject=mail.subject),
        }
        tone = {MailState.PARKED: "danger", MailState.WAITING: "warning"}.get(mail.state, "neutral")
        yield Line(mail.sent_at or mail.send_at or mail.created_at, "", str(words[mail.state]), icon="envelope", tone=tone)


def of_notes(notes: Iterable[Note]) -> Iterator[Line]:
    """Notes of the team that stand."""
    for note in notes:
        if note.withdrawn_at is None:
            yield Line(note.created_at, note.author.name, str(_("Wrote a note")), note.text, icon="pencil")


def of_references(references: Iterable[Reference]) -> Iterator[Line]:
    """References that were noted."""
    for reference in references:
        yield Line(reference.noted_at, reference.by.name, str(_("Noted a reference by %(name)s", name=reference.referee)), icon="chat-quote")
