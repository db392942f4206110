"""Taking demonstration applications through interviews to an offer, each act on its own day."""

from datetime import date, datetime, timedelta
from typing import Any

from core.calendars.free_slots import Interval
from core.clock import standing_at
from core.db import session
from core.people.models import Person
from core.world import World
from hiring.applications.actions import advance_application
from hiring.applications.models import Application
from hiring.applications.queries import get_application
from hiring.debrief.actions import decide_as_panel
from hiring.debrief.models import PanelVerdict
from hiring.debrief.record import cards_of, fingerprint
from hiring.interviews.actions import Plan, schedule_interview
from hiring.interviews.cards import Findings, send_card
from hiring.interviews.models import InterviewKind, Recommendation
from hiring.interviews.queries import interviews_of
from hiring.offers.actions import approve_offer, ask_for_approval, draft_offer
from hiring.offers.answering import Signature, accept_offer
from hiring.offers.queries import get_offer
from hiring.offers.sending import send_offer
from hiring.offers.terms import Terms
from hiring.plans.kits import kit_text
from hiring.plans.models import PlanRound
from hiring.plans.planning import as_planned
from hiring.plans.queries import plan_of
from hiring.postings.models import Posting, Stage, StageKind
from hiring.scheduling.actions import Frame, offer_times
from hiring.scheduling.finding import Finder, Wanted
from hiring.screening.queries import criteria_of


class Progress:
    """Books each interview at an hour of its own, so that nobody is busy twice."""

    def __init__(self, world: World, vocabulary: dict[str, Any]) -> None:
        self.world, self.vocabulary = world, vocabulary
        self.recruiter = world.people["recruiter"]
        self.taken: dict[int, int] = {}  # interviews begun on each day, counted from today
        self.plans: dict[int, dict[InterviewKind, PlanRound]] = {}  # rounds by kind, of each posting
        self.offered = False  # whether somebody has been offered times for the panel

    def take_to(self, application: Application, step: str) -> None:
        """Take a screened application to its first interview, panel, offer or hire."""
        first, panel = [stage for stage in application.posting.stages if stage.kind is StageKind.INTERVIEW][:2]
        interviewer, manager = self.world.people["interviewer"], self.world.people["manager"]
        application = self._interview(application, first, [interviewer], day=4 if step == "first" else -16, kind=InterviewKind.FIRST)
        if step == "first":
            self._offer_panel(application, panel, [[interviewer], [manager]])
            return
        application = self._interview(application, panel, [interviewer, manager], day=4 if step == "panel" else -9, kind=InterviewKind.PANEL)
        if step != "panel":
            self._decide(application)
        if step in ("offer", "hired"):
            self._offer(application, accepted=step == "hired")

    def _interview(self, application: Application, stage: Stage, people: list[Person], *, day: int, kind: InterviewKind) -> Application:
        starts_at = self._free_hour(day)
        planned = self._round(application.posting, kind)
        plan = Plan(
            kind=kind,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=50),
            time_zone=application.posting.location.time_zone,
            interviewers=people,
            place=application.posting.location.name if kind is InterviewKind.PANEL else "",
            meeting_url="" if kind is InterviewKind.PANEL else "https://meet.demo.trilha.test/entrevista",
            questions=kit_text(planned, language=application.posting.language),
            **as_planned(planned),
        )
        with standing_at(min(starts_at, self.world.at(0)) - timedelta(days=3)):
            application = advance_application(application, to_stage=stage, by=self.recruiter)
            application = get_application(application.public_id, viewer=self.recruiter)
            interview = schedule_interview(application, stage=stage, plan=plan, by=self.recruiter)
        if starts_at < self.world.at(0):
            with standing_at(starts_at + timedelta(hours=2)):
                interview = next(each for each in interviews_of(application) if each.id == interview.id)
                interview.application = application
                for person in people:
                    self._send_card(interview, person, application, planned)
        return application

    def _decide(self, application: Application) -> None:
        """The manager writes down what the panel says."""
        with standing_at(self.world.at(-8, 15)):
            for held in interviews_of(application):
                session.expire(held, ["scorecards"])  # cards have come since it was booked
            interviews = interviews_of(application)
            reason = self.vocabulary[f"decision_{application.posting.language[:2]}"]
            seen = fingerprint(cards_of(interviews))
            decide_as_panel(application, interviews, verdict=PanelVerdict.RECOMMENDED, reason=reason, seen=seen, by=self.world.people["manager"])

    def _offer_panel(self, application: Application, stage: Stage, seats: list[list[Person]]) -> None:
        """Let the first who has a first interview ahead choose a time for the panel."""
        if self.offered:
            return
        self.offered, zone = True, application.posting.location.time_zone
        planned = self._round(application.posting, InterviewKind.PANEL)
        questions = kit_text(planned, language=application.posting.language)
        wanted = [Wanted(stage, InterviewKind.PANEL, 60, seats, questions, planned.id)]
        finder = Finder(wanted, guest=application.candidate.person, window=Interval(self.world.at(7), self.world.at(14)))
        times = [free.starts_at for free in finder.all(zone, most=30)][::5]
        if times:
            with standing_at(self.world.at(0)):
                offer_times(application, wanted, times, frame=Frame(zone, place=application.posting.location.name), by=self.recruiter)

    def _free_hour(self, day: int) -> datetime:
        while True:
            number = self.taken.get(day, 0)
            if number < 8 and (self.world.today + timedelta(days=day)).weekday() < 5:
                self.taken[day] = number + 1
                return self.world.at(day, 9 + number)
            day += 1 if day > 0 else -1

    def _round(self, posting: Posting, kind: InterviewKind) -> PlanRound:
        """The round of the posting's plan that is of this kind."""
        if posting.id not in self.plans:
            self.plans[posting.id] = {each.kind: each for each in plan_of(posting)}
        return self.plans[posting.id][kind]

    def _send_card(self, interview: Any, person: Person, application: Application, planned: PlanRound) -> None:
        dice, covered = self.world.random, {row.criterion_id for row in planned.covered}
        criteria = [criterion for criterion in criteria_of(application.posting_id) if criterion.id in covered]
        marks: dict[int, tuple[int | None, str]] = {criterion.id: (dice.choice([1, 2, 3, 3, 4, 4]), "") for criterion in criteria}
        language = application.posting.language[:2]
        evidence = dice.choice(self.vocabulary[f"heard_{language}"])
        still_open = dice.choice(["", "", self.vocabulary[f"still_open_{language}"]])
        recommendation = dice.choice([Recommendation.YES, Recommendation.YES, Recommendation.STRONG_YES])
        send_card(interview, findings=Findings(recommendation, evidence, "", marks, still_open), criteria=criteria, by=person)

    def _offer(self, application: Application, *, accepted: bool) -> None:
        world, posting = self.world, application.posting
        language = posting.language[:2]
        days = -6 if accepted else -2
        with standing_at(world.at(days)):
            terms = Terms(
                salary=posting.salary_to or 1_000_000,
                currency=posting.currency,
                starts_on=_monday_after(world.today + timedelta(days=10)),
                expires_on=world.today + timedelta(days=7),
                location=posting.location,
                manager=world.people["manager"],
                buddy=world.people["buddy"],
                approver=world.people["executive"],
                benefits=self.vocabulary[f"benefits_{language}"],
                letter=self.vocabulary[f"letter_{language}"].strip(),
                language=posting.language,
            )
            offer = draft_offer(application, terms=terms, by=self.recruiter)
            ask_for_approval(get_offer(offer.public_id, viewer=self.recruiter), by=self.recruiter, version=offer.version)
            if not accepted and offer.id % 3 == 0:
                return
            approve_offer(get_offer(offer.public_id, viewer=world.people["executive"]), by=world.people["executive"], version=offer.version)
            send_offer(get_offer(offer.public_id, viewer=self.recruiter), by=self.recruiter, version=offer.version)
        if accepted:
            with standing_at(world.at(-4, 20, 15)):
                offer = get_offer(offer.public_id, viewer=self.recruiter)
                sha256 = offer.document.sha256 if offer.document else ""
                accept_offer(offer, signature=Signature(application.candidate.person.name, "203.0.113.24", "Demonstration browser", sha256))


def _monday_after(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) % 7)
