"""What hiring adds to the application: its blueprints, navigation and commands."""

from flask import Blueprint
from flask.cli import AppGroup
from flask_babel import LazyString

from core.people.concealing import Concealing
from core.people.rights import Right
from core.web.i18n import _l
from core.web.navigation import NavigationEntry
from hiring.applications.ending import ends_with_application
from hiring.applications.views import bp as applications
from hiring.applying.views import bp as applying
from hiring.approval_seats.views import bp as approval_seats
from hiring.approvals.events import EVENTS as APPROVAL_EVENTS
from hiring.approvals.views import bp as approvals
from hiring.blind.events import EVENTS as BLIND_EVENTS
from hiring.blind.queries import hidden_people
from hiring.blind.views import bp as blind
from hiring.board.views import bp as board
from hiring.bulk.events import EVENTS as BULK_EVENTS
from hiring.bulk.views import bp as bulk
from hiring.candidacy.views import bp as my_application
from hiring.careers.views import bp as careers
from hiring.closing.views import bp as closing
from hiring.criteria.views import bp as criteria
from hiring.debrief.events import EVENTS as DEBRIEF_EVENTS
from hiring.debrief.views import bp as debrief
from hiring.erasure.events import EVENTS as ERASURE_EVENTS
from hiring.erasure.views import bp as my_data
from hiring.events import EVENTS as INTAKE_EVENTS
from hiring.fairness.views import bp as fairness
from hiring.handing_over.events import EVENTS as HANDING_OVER_EVENTS
from hiring.handing_over.views import bp as handing_over
from hiring.holding.views import bp as holding
from hiring.insight.views import bp as insight
from hiring.interviewers.events import EVENTS as INTERVIEWER_EVENTS
from hiring.interviewers.views import bp as interviewers
from hiring.interviews.card_views import bp as scorecards
from hiring.interviews.ending import cancel_what_is_planned
from hiring.interviews.events import EVENTS as INTERVIEW_EVENTS
from hiring.interviews.planning_views import bp as interview_planning
from hiring.interviews.views import bp as interviews
from hiring.merging.events import EVENTS as MERGING_EVENTS
from hiring.merging.views import bp as merging
from hiring.messages.events import EVENTS as MESSAGE_EVENTS
from hiring.messages.own_views import bp as my_messages
from hiring.messages.views import bp as messages
from hiring.not_starting.views import bp as not_starting
from hiring.notes.events import EVENTS as NOTE_EVENTS
from hiring.notes.views import bp as notes
from hiring.offers.ending import end_open_offer
from hiring.offers.events import EVENTS as OFFER_EVENTS
from hiring.offers.preview_views import bp as offer_preview
from hiring.offers.private_views import bp as my_offer
from hiring.offers.version_views import bp as offer_versions
from hiring.offers.views import bp as offers
from hiring.plans.events import EVENTS as PLAN_EVENTS
from hiring.plans.views import bp as plans
from hiring.pools.events import EVENTS as POOL_EVENTS
from hiring.pools.views import bp as pools
from hiring.postings.views import bp as postings
from hiring.profiles.events import EVENTS as PROFILE_EVENTS
from hiring.profiles.views import bp as profiles
from hiring.publishing.views import bp as publishing
from hiring.references.events import EVENTS as REFERENCE_EVENTS
from hiring.references.views import bp as references
from hiring.referrals.events import EVENTS as REFERRAL_EVENTS
from hiring.referrals.views import bp as referrals
from hiring.requisitions.events import EVENTS as REQUISITION_EVENTS
from hiring.requisitions.views import bp as requisitions
from hiring.rules.views import bp as rules
from hiring.scheduling.actions import withdraw_open_times
from hiring.scheduling.day_views import bp as interview_days
from hiring.scheduling.events import EVENTS as SCHEDULING_EVENTS
from hiring.scheduling.own_views import bp as my_times
from hiring.scheduling.seat_views import bp as seats
from hiring.scheduling.views import bp as scheduling
from hiring.screening.desk import bp as desk
from hiring.screening.events import EVENTS as SCREENING_EVENTS
from hiring.screening.views import bp as screening
from hiring.search.commands import search as search_commands
from hiring.search.events import EVENTS as SEARCH_EVENTS
from hiring.search.views import bp as search
from hiring.stages.events import EVENTS as STAGE_EVENTS
from hiring.stages.views import bp as stages
from hiring.survey.views import bp as survey
from hiring.tags.events import EVENTS as TAG_EVENTS
from hiring.tags.views import bp as tags
from hiring.timeline.views import bp as timeline
from hiring.wording.views import bp as wording

for ending in (cancel_what_is_planned, withdraw_open_times, end_open_offer):
    ends_with_application(ending)
BLUEPRINTS: list[Blueprint] = [
    requisitions,
    postings,
    publishing,
    profiles,
    criteria,
    closing,
    careers,
    applying,
    applications,
    my_application,
    my_messages,
    my_data,
    messages,
    merging,
    screening,
    desk,
    board,
    bulk,
    stages,
    references,
    referrals,
    blind,
    holding,
    timeline,
    interviews,
    interview_planning,
    debrief,
    scorecards,
    plans,
    interviewers,
    scheduling,
    my_times,
    seats,
    interview_days,
    offers,
    offer_preview,
    my_offer,
    offer_versions,
    not_starting,
    handing_over,
    survey,
    wording,
    fairness,
    approvals,
    approval_seats,
    insight,
    rules,
    tags,
    notes,
    search,
    pools,
]
NAVIGATION: list[NavigationEntry] = [
    NavigationEntry(_l("Requisitions"), "requisitions.index", Right.SEE_POSTINGS, "clipboard-check", _l("Hiring")),
    NavigationEntry(_l("Postings"), "postings.index", Right.SEE_POSTINGS, "megaphone", _l("Hiring")),
    NavigationEntry(_l("Role profiles"), "profiles.index", Right.WRITE_POSTINGS, "person-vcard", _l("Hiring")),
    NavigationEntry(_l("Applications"), "screening.inbox", Right.SEE_APPLICATIONS, "inbox", _l("Hiring")),
    NavigationEntry(_l("Search candidates"), "search.index", Right.SEE_APPLICATIONS, "search", _l("Hiring")),
    NavigationEntry(_l("Talent pools"), "pools.index", Right.SEE_APPLICATIONS, "people", _l("Hiring")),
    NavigationEntry(_l("Interviews"), "interviews.mine", Right.INTERVIEW, "chat-square-text", _l("Hiring")),
    NavigationEntry(_l("Offers"), "offers.listing", Right.SEE_OFFERS, "envelope-paper", _l("Hiring")),
    NavigationEntry(_l("Refer somebody"), "referrals.index", Right.WORK, "person-plus", _l("Hiring")),
    NavigationEntry(_l("My stand-in"), "approvals.stand_in", Right.APPROVE_OFFERS, "person-up", _l("Hiring")),
    NavigationEntry(_l("Approval chains"), "approvals.templates", Right.WRITE_APPROVAL_CHAINS, "list-check", _l("Administration")),
    NavigationEntry(_l("Who runs postings"), "handing_over.listing", Right.ADMINISTER, "person-gear", _l("Administration")),
    NavigationEntry(_l("Insight"), "insight.show", Right.SEE_POSTINGS, "graph-up", _l("Hiring")),
    NavigationEntry(_l("Automatic rules"), "rules.index", Right.SEE_POSTINGS, "gear-wide-connected", _l("Hiring")),
    NavigationEntry(_l("Adverse impact"), "fairness.show", Right.SEE_FAIRNESS, "bar-chart", _l("Hiring")),
]
COMMANDS: list[AppGroup] = [search_commands]
CONCEALING: list[Concealing] = [hidden_people]
EVENTS: dict[str, LazyString] = {
    **INTAKE_EVENTS,
    **PROFILE_EVENTS,
    **REQUISITION_EVENTS,
    **HANDING_OVER_EVENTS,
    **SCREENING_EVENTS,
    **STAGE_EVENTS,
    **REFERENCE_EVENTS,
    **REFERRAL_EVENTS,
    **BLIND_EVENTS,
    **BULK_EVENTS,
    **INTERVIEW_EVENTS,
    **PLAN_EVENTS,
    **DEBRIEF_EVENTS,
    **INTERVIEWER_EVENTS,
    **SCHEDULING_EVENTS,
    **OFFER_EVENTS,
    **APPROVAL_EVENTS,
    **TAG_EVENTS,
    **NOTE_EVENTS,
    **MERGING_EVENTS,
    **MESSAGE_EVENTS,
    **ERASURE_EVENTS,
    **SEARCH_EVENTS,
    **POOL_EVENTS,
}
TASKS: list[str] = [
    "hiring.bulk.tasks",
    "hiring.candidacy.tasks",
    "hiring.erasure.tasks",
    "hiring.offers.tasks",
    "hiring.scheduling.tasks",
    "hiring.fairness.tasks",
    "hiring.insight.tasks",
    "hiring.search.tasks",
]
