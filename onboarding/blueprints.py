"""What onboarding adds to the application: its blueprints, navigation and commands."""

from flask import Blueprint
from flask.cli import AppGroup
from flask_babel import LazyString

from core.calendars.answering import let_answers_mean
from core.calendars.models import BookingKind
from core.people.rights import Right
from core.web.i18n import _l
from core.web.navigation import NavigationEntry
from onboarding.board.views import bp as board
from onboarding.changes.events import EVENTS as CHANGE_EVENTS
from onboarding.changes.views import bp as changes
from onboarding.checkins.events import EVENTS as CHECK_IN_EVENTS
from onboarding.checkins.views import bp as check_ins
from onboarding.checklists.events import EVENTS as CHECKLIST_EVENTS
from onboarding.checklists.task_views import bp as tasks
from onboarding.checklists.views import bp as checklists
from onboarding.coverage.views import bp as coverage
from onboarding.development.events import EVENTS as DEVELOPMENT_EVENTS
from onboarding.development.views import bp as development
from onboarding.feedback.events import EVENTS as FEEDBACK_EVENTS
from onboarding.feedback.views import bp as feedback
from onboarding.goals.events import EVENTS as GOAL_EVENTS
from onboarding.goals.views import bp as goals
from onboarding.grants.views import bp as grants
from onboarding.insight.views import bp as insight
from onboarding.meetings.views import bp as meetings
from onboarding.mentors.client_time import bp as client_time
from onboarding.mentors.events import EVENTS as MENTOR_EVENTS
from onboarding.mentors.views import bp as mentors
from onboarding.policies.events import EVENTS as POLICY_EVENTS
from onboarding.policies.views import bp as policies
from onboarding.programmes.events import EVENTS as PROGRAMME_EVENTS
from onboarding.programmes.progress_views import bp as progress
from onboarding.programmes.views import bp as programmes
from onboarding.pulse.views import bp as pulse
from onboarding.readiness.views import bp as readiness
from onboarding.reminders.events import EVENTS as REMINDER_EVENTS
from onboarding.reminders.views import bp as reminders
from onboarding.reviews.agreement_views import bp as agreements
from onboarding.reviews.assessment_views import bp as assessments
from onboarding.reviews.events import EVENTS as REVIEW_EVENTS
from onboarding.reviews.meeting_views import bp as review_meetings
from onboarding.reviews.people_views import bp as ninety_days
from onboarding.reviews.views import bp as reviews
from onboarding.shadowing.answering import answer_session
from onboarding.shadowing.calendar_views import bp as shadowing_calendar
from onboarding.shadowing.events import EVENTS as SHADOWING_EVENTS
from onboarding.shadowing.session_views import shadowing
from onboarding.shadowing.summary_views import bp as summaries
from onboarding.signatures.views import bp as signatures
from onboarding.task_forms.views import bp as task_forms
from onboarding.teams.events import EVENTS as TEAM_EVENTS
from onboarding.teams.views import bp as teams
from onboarding.templates.events import EVENTS as TEMPLATE_EVENTS
from onboarding.templates.exchange_views import bp as template_exchange
from onboarding.templates.task_views import bp as template_tasks
from onboarding.templates.views import bp as templates
from onboarding.waivers.views import bp as waivers
from onboarding.words import lend_words

lend_words(checklists)
let_answers_mean(BookingKind.SHADOWING, answer_session)

BLUEPRINTS: list[Blueprint] = [templates, tasks, changes, board, reminders, checklists, policies, shadowing]
BLUEPRINTS += [template_tasks, template_exchange, teams, task_forms, signatures, meetings, grants, waivers]
BLUEPRINTS += [programmes, progress, mentors, client_time, shadowing_calendar, summaries, coverage]
BLUEPRINTS += [ninety_days, reviews, assessments, review_meetings, agreements, goals, feedback, check_ins, development]
BLUEPRINTS += [pulse, insight, readiness]
SECTION = _l("Onboarding")
NAVIGATION: list[NavigationEntry] = [
    NavigationEntry(_l("My onboarding"), "checklists.mine", Right.FOLLOW_ONBOARDING, "signpost-2", SECTION),
    NavigationEntry(_l("Onboarding"), "checklists.board", Right.SEE_ONBOARDING, "kanban", SECTION),
    NavigationEntry(_l("Tasks for others"), "checklists.tasks", Right.WORK, "check2-square", SECTION),
    NavigationEntry(_l("Shadowing"), "shadowing.index", Right.WORK, "people", SECTION),
    NavigationEntry(_l("Shadowing coverage"), "coverage.index", Right.SEE_ONBOARDING, "grid-3x3", SECTION),
    NavigationEntry(_l("My first ninety days"), "ninety_days.mine", Right.FOLLOW_ONBOARDING, "calendar3", SECTION),
    NavigationEntry(_l("First ninety days"), "ninety_days.index", Right.SEE_ONBOARDING, "calendar3", SECTION),
    NavigationEntry(_l("Feedback"), "feedback.index", Right.WORK, "chat-heart", SECTION),
    NavigationEntry(_l("Onboarding in figures"), "onboarding_insight.show", Right.SEE_ONBOARDING, "bar-chart", SECTION),
    NavigationEntry(_l("Policies"), "policies.index", Right.WORK, "journal-text", SECTION),
    NavigationEntry(_l("Competencies"), "development.competencies", Right.RUN_ONBOARDING, "bar-chart-steps", SECTION),
    NavigationEntry(_l("Onboarding templates"), "onboarding_templates.index", Right.RUN_ONBOARDING, "list-check", SECTION),
]
COMMANDS: list[AppGroup] = []
TASKS: list[str] = [
    "onboarding.reminders.tasks",
    "onboarding.changes.tasks",
    "onboarding.checklists.tasks",
    "onboarding.checkins.tasks",
    "onboarding.reviews.tasks",
    "onboarding.pulse.tasks",
]
EVENTS: dict[str, LazyString] = {**CHECKLIST_EVENTS, **TEMPLATE_EVENTS, **POLICY_EVENTS, **SHADOWING_EVENTS, **CHANGE_EVENTS, **REMINDER_EVENTS}
EVENTS |= {**TEAM_EVENTS, **PROGRAMME_EVENTS, **MENTOR_EVENTS}
EVENTS |= {**REVIEW_EVENTS, **GOAL_EVENTS, **FEEDBACK_EVENTS, **CHECK_IN_EVENTS, **DEVELOPMENT_EVENTS}
