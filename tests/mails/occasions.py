"""Occasions that send each mail there is, brought about by the real actions, with everybody speaking one language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO

import time_machine
from sqlalchemy import select, update
from werkzeug.datastructures import FileStorage

from core.accounts.actions import ask_for_new_password
from core.accounts.models import Account
from core.calendars import booking
from core.calendars.booking import Attendee
from core.calendars.models import Answer, BookingKind
from core.clock import now, today
from core.db import session
from core.files.store import store_bytes
from core.mail.models import OutgoingMail
from core.people.actions import end_role
from core.people.models import Person
from core.people.queries import get_person, standing_employment
from core.people.rights import Role
from hiring.applications.actions import decline_application, mark_hired, withdraw_application
from hiring.applications.models import Application, DeclineReason
from hiring.applications.queries import get_application
from hiring.approval_seats.actions import name_approver
from hiring.approval_seats.queries import vacant_seats
from hiring.candidacy.actions import correct_contact, send_new_link
from hiring.erasure.actions import ask_for_erasure
from hiring.handing_over.actions import hand_over
from hiring.interviews.models import InterviewKind
from hiring.merging.actions import merge_candidates
from hiring.messages.actions import write_to_candidate, write_to_team
from hiring.not_starting.actions import note_not_started
from hiring.notes.actions import write_note
from hiring.offers.actions import expire_offers, renegotiate_offer, send_back, withdraw_offer
from hiring.offers.answering import ask_for_change, decline_offer
from hiring.offers.models import OfferState
from hiring.offers.reminding import remind_of_offers
from hiring.postings.models import Posting, StageKind
from hiring.postings.queries import get_posting
from hiring.publishing.actions import add_opening, approve_posting, ask_for_approval, open_posting, send_back_posting
from hiring.requisitions.approving import ask_for_approval as ask_for_people
from hiring.requisitions.approving import decide_requisition
from hiring.scheduling.actions import Frame, offer_times, pick_time
from hiring.scheduling.finding import Wanted
from hiring.scheduling.reminding import ask_for_cards, remind_of_interviews, tell_of_seats_to_fill
from hiring.search.actions import index_applications
from hiring.search.saving import save_search, tell_of_news
from home.people.changing import leave, move_start
from onboarding.board.queries import late_tasks_of
from onboarding.checklists.actions import hand_in, return_document
from onboarding.feedback.actions import ask_for_feedback, give_feedback
from onboarding.feedback.models import Sight
from onboarding.reminders.actions import write_digests
from onboarding.reminders.nudging import nudge
from onboarding.reviews.agreeing import consent_to_end
from onboarding.reviews.models import Outcome
from onboarding.reviews.tasks import follow_reviews
from onboarding.shadowing.actions import cancel as cancel_session
from onboarding.shadowing.queries import get_session
from tests.factories import make_employment
from tests.hiring.test_offers import Scene
from tests.hiring.test_requisitions import Scene as PeopleWanted
from tests.onboarding.reviewing import a_review_near
from tests.situations import (
    Onboarding,
    a_colleague,
    a_draft_posting,
    a_passed_exam,
    a_pdf,
    a_place,
    a_running_checklist,
    a_shadowing_session,
    an_application,
)
from tests.training.hand_marked import BEST, WORST, a_handed_in_exam, give, the_script
from tests.training.situations import a_failed_exam, a_learner, an_officer
from training.appeals.actions import decide_appeal, file_appeal
from training.appeals.queries import get_appeal
from training.catalogue.actions import ExamTerms
from training.catalogue.queries import get_course
from training.equivalences.actions import Certificate, accept
from training.equivalences.actions import hand_in as hand_in_certificate
from training.equivalences.cataloguing import write_kind
from training.equivalences.models import Validity
from training.equivalences.queries import get_kind
from training.equivalences.validity import Terms
from training.exams.queries import drawn_items, get_attempt
from training.exemptions.actions import Asked, approve_exemption, ask_exemption
from training.items.models import ItemKind
from training.locks.actions import grant_attempts
from training.marking.amending import amend_mark
from training.marking.judging import Sheet
from training.marking.queries import get_script
from training.regrading.actions import correct_key
from training.regrading.marks import Correction
from training.regrading.models import CorrectionKind
from training.regrading.queries import get_item

BEGINS = datetime(2031, 12, 3, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class Occasions:
    """Everything that makes Trilha write to somebody, in the language `locale`."""

    locale: str
    run_jobs: Callable[[], int]

    def mails(self) -> dict[str, OutgoingMail]:
        """The first mail of each name."""
        for occasion in (
            self._postings,
            self._applications,
            self._ends,
            self._meetings,
            self._offers,
            self._joining,
            self._reviewing,
            self._training,
        ):
            occasion()
            session.flush()
        found: dict[str, OutgoingMail] = {}
        for mail in session.scalars(select(OutgoingMail).where(OutgoingMail.locale == self.locale).order_by(OutgoingMail.id)):
            found.setdefault(mail.name, mail)
        return found

    def _speak(self) -> None:
        session.flush()
        session.execute(update(Person).values(locale=self.locale))
        session.expire_all()

    def _open_posting(self) -> Posting:
        recruiter, manager = a_colleague("Renata Lopes", Role.RECRUITER), a_colleague("Marcos Prado", Role.MANAGER)
        keys = recruiter.public_id, manager.public_id, a_draft_posting(by=recruiter, hiring_manager=manager).public_id
        self._speak()
        recruiter, manager = get_person(keys[0]), get_person(keys[1])
        posting = get_posting(keys[2], viewer=recruiter)
        ask_for_approval(posting, by=recruiter)
        send_back_posting(posting, by=manager, reason="O prazo é curto.")
        ask_for_approval(posting, by=recruiter)
        approve_posting(posting, by=manager)
        open_posting(posting, by=recruiter)
        return posting

    def _postings(self) -> None:
        self._open_posting()
        people = PeopleWanted()
        keys = people.recruiter.public_id, people.manager.public_id
        self._speak()
        for approve in (False, True):
            ask_for_people(people.found(), by=get_person(keys[0]))
            decide_requisition(people.found(), approve=approve, reason="O orçamento ainda não saiu.", by=get_person(keys[1]))
        self._another_approver()

    def _another_approver(self) -> None:
        people, executive = PeopleWanted(), a_colleague("Elisa Tavares", Role.EXECUTIVE)
        keys = people.recruiter.public_id, people.manager.public_id, executive.public_id
        self._speak()
        ask_for_people(people.found(), by=get_person(keys[0]))
        end_role(get_person(keys[1]), Role.MANAGER, by=None)
        (vacant,) = vacant_seats(get_person(keys[0]))
        name_approver(vacant, to=get_person(keys[2]), reason="Mudou de área.", by=get_person(keys[0]))

    def _applied(self, posting: Posting, name: str) -> Application:
        recruiter = posting.recruiter.public_id
        applied = an_application(posting, name=name, email=f"{name.split()[0].lower()}.{self.locale}@example.test", locale=self.locale)
        return get_application(applied.public_id, viewer=get_person(recruiter))

    def _applications(self) -> None:
        posting = self._open_posting()
        saved = save_search("Pessoas novas", "-state:hired", by=get_person(posting.recruiter.public_id))
        applied = self._applied(posting, "Ana Souza")
        index_applications([applied.id])
        tell_of_news(saved.id)
        self._applied(posting, "Ana Souza")
        send_new_link(applied.candidate.person.email)
        correct_contact(applied, name="Ana Souza", email=f"ana.nova.{self.locale}@example.test", phone="")
        again, recruiter = self._applied(posting, "Anita Souza"), get_person(posting.recruiter.public_id)
        contact = {field: getattr(applied.candidate.person, field) for field in ("name", "email", "phone")}
        merge_candidates(applied.candidate, again.candidate, contact=contact, reason="Ela contou.", by=recruiter)

    def _ends(self) -> None:
        posting = self._open_posting()
        decline_application(self._applied(posting, "Bia Lemos"), by=None, reason=DeclineReason.MINIMUM_QUALIFICATIONS)
        applied = self._applied(posting, "Caio Prates")
        write_to_candidate(applied, "Quando podemos falar?", by=get_person(posting.recruiter.public_id))
        write_to_team(applied, "Amanhã.")
        self._times(applied, get_person(posting.recruiter.public_id))
        withdraw_application(applied, by=applied.candidate.person)
        ask_for_erasure(applied)
        recruiter, other = get_person(posting.recruiter.public_id), a_colleague("Rita Moraes", Role.RECRUITER).public_id
        add_opening(posting, reason="São muitos clientes.", by=recruiter)
        self._speak()
        posting = get_posting(posting.public_id, viewer=get_person(other))
        by, manager = posting.recruiter, posting.hiring_manager
        hand_over(posting, recruiter=get_person(other), hiring_manager=manager, reason="Férias", by=get_person(by.public_id), version=posting.version)
        posting = self._open_posting()
        hired, _waiting = self._applied(posting, "Davi Serra"), self._applied(posting, "Eva Torres")
        mark_hired(hired, by=None)

    def _times(self, application: Application, recruiter: Person) -> None:
        stage = next(stage for stage in application.posting.stages if stage.kind is StageKind.INTERVIEW)
        rounds = [Wanted(stage, InterviewKind.FIRST, 60, [[recruiter]])]
        proposal = offer_times(application, rounds, [BEGINS, BEGINS + HOUR], frame=Frame("America/Sao_Paulo"), by=recruiter)
        pick_time(proposal, BEGINS, application=application)
        session.add(Account(person_id=recruiter.id, email=recruiter.email.casefold(), closed_at=now()))
        session.flush()
        tell_of_seats_to_fill()
        with time_machine.travel(BEGINS - 20 * HOUR, tick=False):
            remind_of_interviews()
        with time_machine.travel(BEGINS + 30 * HOUR, tick=False):
            ask_for_cards()

    def _meetings(self) -> None:
        host, guest = a_colleague("Davi Reis", Role.RECRUITER), a_colleague("Lia Prates", Role.INTERVIEWER)
        keys = host.public_id, guest.public_id
        self._speak()
        host, guest = get_person(keys[0]), get_person(keys[1])
        held = booking.book(
            "Gerente 7",
            kind=BookingKind.INTERVIEW,
            starts_at=BEGINS,
            ends_at=BEGINS + HOUR,
            time_zone="Europe/Lisbon",
            attendees=[Attendee(host), Attendee(guest)],
            organiser=host,
            place="Sala 2",
            meeting_url="https://meet.example.test/abc",
            description="1234",
            by=host,
        )
        booking.move(held, starts_at=BEGINS + HOUR, ends_at=BEGINS + 2 * HOUR, by=host)
        booking.answer_booking(held, guest, answer=Answer.DECLINED, by=guest)
        booking.release(held, reason="Chuva", by=host)

    def _scene(self) -> Scene:
        scene = Scene()
        keys = scene.recruiter.public_id, scene.executive.public_id, scene.manager.public_id, scene.application.public_id
        self._speak()
        scene.recruiter, scene.executive, scene.manager = (get_person(key) for key in keys[:3])
        scene.application = get_application(keys[3], viewer=scene.recruiter)
        return scene

    def _offers(self) -> None:
        scene = self._scene()
        write_note(scene.application, f"@{scene.manager.name}, o que acha?", by=scene.recruiter)
        refused = scene.offer(OfferState.IN_APPROVAL)
        send_back(refused, by=scene.executive, reason="Comece em maio", version=refused.version)
        withdraw_offer(scene.found(refused), by=scene.recruiter, reason="Corte")
        withdraw_offer(scene.offer(OfferState.SENT), by=scene.recruiter, reason="Corte")
        revised = scene.offer(OfferState.SENT)
        ask_for_change(revised, wish="Duas semanas a mais")
        with time_machine.travel(now() + timedelta(days=5), tick=False):
            remind_of_offers()
        revised = scene.found(revised)
        later = renegotiate_offer(revised, by=scene.recruiter, reason="Começo mais tarde", version=revised.version)
        withdraw_offer(scene.found(later), by=scene.recruiter, reason="Corte")
        decline_offer(scene.offer(OfferState.SENT), reason="Fico onde estou")
        scene.offer(OfferState.SENT)
        with time_machine.travel(now() + timedelta(days=9), tick=False):
            expire_offers()
        scene = self._scene()
        scene.accept(scene.offer(OfferState.SENT))
        note_not_started(get_application(scene.application.public_id, viewer=scene.recruiter), reason="Outra empresa", by=scene.recruiter)

    def _reviewing(self) -> None:
        near = a_review_near()
        self._speak()
        follow_reviews()
        near.both_send()
        near.put_forward(Outcome.END, end_reason="Não deu certo.")
        consent_to_end(near.review, by=near.hr)
        give_feedback(near.manager, text="Você ouve.", sight=Sight.PRIVATE, by=near.new_hire)
        ask_for_feedback(near.manager, question="E eu?", by=near.new_hire)
        session.flush()
        session.expire_all()

    def _joining(self) -> None:
        onboarding = a_running_checklist(manager=a_colleague("Marcos Vidal", Role.MANAGER))
        self._speak()
        again = a_running_checklist(manager=get_person(onboarding.manager.public_id), hr=get_person(onboarding.hr.public_id))
        self._speak()
        new_hire, hr = get_person(again.new_hire.public_id), get_person(again.hr.public_id)
        hand_in(again.task("document"), FileStorage(BytesIO(a_pdf("RG")), filename="rg.pdf"), by=new_hire)
        session.flush()
        session.expire_all()
        return_document(again.task("document"), reason="Falta o verso.", version=again.task("document").version, by=get_person(hr.public_id))
        called_off = a_shadowing_session(again, starts_in=timedelta(days=6))
        cancel_session(get_session(called_off.public_id, viewer=get_person(again.manager.public_id)), reason="O cliente adiou.", by=again.hr)
        self._changes(again)
        session.add(Account(person_id=new_hire.id, email=new_hire.email.casefold(), password_hash="x"))
        session.flush()
        ask_for_new_password(email=new_hire.email)

    def _changes(self, found: Onboarding) -> None:
        """The first day moves, somebody is reminded, the mail of the day is written, and the manager leaves."""
        hr, manager = get_person(found.hr.public_id), get_person(found.manager.public_id)
        employment = standing_employment(get_person(found.new_hire.public_id), on=today())
        assert employment is not None
        move_start(employment, today() + timedelta(days=3), by=hr)
        talk = found.task("talk")
        talk.due_on = today() - timedelta(days=9)
        session.flush()
        nudge(manager, late_tasks_of(manager, hr, on=today()), by=hr)
        write_digests([manager.id, found.new_hire.id])
        make_employment(manager, location=a_place())
        a_colleague("Iris Melo", Role.HR)
        self._speak()
        own = standing_employment(get_person(found.manager.public_id), on=today())
        assert own is not None
        leave(
            own,
            last_day=today() - timedelta(days=2),
            successor=get_person(found.buddy.public_id),
            reason="Muda de cidade.",
            by=get_person(found.hr.public_id),
        )
        session.expire_all()

    def _training(self) -> None:
        learner, attempt = a_passed_exam(a_learner(terms=ExamTerms(pass_mark=99)))
        drawn = next(item for item in drawn_items(attempt) if item.kind is ItemKind.SINGLE)
        self._speak()
        self.run_jobs()
        officer = an_officer("Olavo Dias")
        item = get_item(drawn.public_id, viewer=officer)
        wrong = [option.id for option in item.options if not option.correct][:1]
        wanted = Correction(CorrectionKind.KEY, {"right": wrong})
        correct_key(item, wanted, keeps_passed=False, reason="The second answer is the right one.", by=officer)
        self.run_jobs()
        sitter = get_person(learner.person.public_id)
        made = file_appeal(get_attempt(attempt.public_id, viewer=sitter), None, text="Please look again.", by=sitter)
        decide_appeal(get_appeal(made.public_id), upheld=True, answer="You are right.", grants_attempt=True, by=an_officer("Otto Reis"))
        self.run_jobs()
        self._locked()
        self._marking()
        self._stand_ins()

    def _locked(self) -> None:
        """The last attempt failed, and another is granted."""
        learner, _attempt = a_failed_exam(a_learner(terms=ExamTerms(attempts_allowed=1), name="Nilo Paz"))
        self._speak()
        grant_attempts(get_person(learner.person.public_id), learner.version, reason="A second chance.", by=an_officer("Oto Vale"))
        self.run_jobs()

    def _marking(self) -> None:
        """An essay is marked by hand, and its mark amended."""
        _learner, attempt = a_handed_in_exam(name="Nara Lima")
        self._speak()
        script, officer = the_script(attempt), an_officer("Oto Vaz")
        give(script, BEST, by=an_officer("Tadeu Luz"))
        found = get_script(script.public_id, viewer=get_person(officer.public_id))
        amend_mark(found, Sheet(WORST, ("", "")), seen=found.version, reason="Copied.", keeps_passed=False, by=get_person(officer.public_id))
        self.run_jobs()

    def _stand_ins(self) -> None:
        """An exemption and a certificate from elsewhere are asked for, and decided by a second person."""
        learner = a_learner(name="Noé Braga")
        kind = write_kind(f"CPA-20 {self.locale}", "ANBIMA", Terms(Validity.MONTHS, 60), by=an_officer("Vera Keeper"))
        file = store_bytes(b"%PDF-1.7", name="cpa.pdf", content_type="application/pdf", by=learner.person, person=learner.person)
        keys = learner.person.public_id, an_officer("Odete Lins").public_id
        self._speak()
        person, officer = get_person(keys[0]), get_person(keys[1])
        course = get_course(learner.course.public_id, viewer=officer)
        day = today(person.time_zone)
        asked = ask_exemption(person, course, Asked(day, day + timedelta(days=30), "Gives lectures on it."), by=person)
        approve_exemption(asked, by=officer)
        certificate = Certificate("123", day - timedelta(days=30))
        accept(hand_in_certificate(person, get_kind(kind.public_id), certificate, file=file, by=person), by=officer)
