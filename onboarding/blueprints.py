"""What onboarding adds to the application: its blueprints, navigation and commands."""

from flask import Blueprint
from flask.cli import AppGroup
from flask_babel import LazyString

from core.people.rights import Right
from core.web.i18n import _l
from core.web.navigation import NavigationEntry
from onboarding.checklists.events import EVENTS as CHECKLIST_EVENTS
from onboarding.checklists.task_views import bp as tasks
from onboarding.checklists.views import bp as checklists
from onboarding.insight.views import bp as insight
from onboarding.policies.events import EVENTS as POLICY_EVENTS
from onboarding.policies.views import bp as policies
from onboarding.pulse.views import bp as pulse
from onboarding.readiness.views import bp as readiness
from onboarding.shadowing.events import EVENTS as SHADOWING_EVENTS
from onboarding.shadowing.views import bp as shadowing
from onboarding.templates.events import EVENTS as TEMPLATE_EVENTS
from onboarding.templates.views import bp as templates
from onboarding.words import lend_words

lend_words(checklists)

BLUEPRINTS: list[Blueprint] = [templates, tasks, checklists, policies, shadowing, pulse, insight, readiness]
SECTION = _l("Onboarding")
NAVIGATION: list[NavigationEntry] = [
    NavigationEntry(_l("My onboarding"), "checklists.mine", Right.FOLLOW_ONBOARDING, "signpost-2", SECTION),
    NavigationEntry(_l("Onboarding"), "checklists.board", Right.SEE_ONBOARDING, "kanban", SECTION),
    NavigationEntry(_l("Tasks for others"), "checklists.tasks", Right.WORK, "check2-square", SECTION),
    NavigationEntry(_l("Shadowing"), "shadowing.index", Right.WORK, "people", SECTION),
    NavigationEntry(_l("Onboarding in figures"), "onboarding_insight.show", Right.SEE_ONBOARDING, "bar-chart", SECTION),
    NavigationEntry(_l("Policies"), "policies.index", Right.WORK, "journal-text", SECTION),
    NavigationEntry(_l("Onboarding templates"), "onboarding_templates.index", Right.RUN_ONBOARDING, "list-check", SECTION),
]
COMMANDS: list[AppGroup] = []
TASKS: list[str] = ["onboarding.pulse.tasks"]
EVENTS: dict[str, LazyString] = {**CHECKLIST_EVENTS, **TEMPLATE_EVENTS, **POLICY_EVENTS, **SHADOWING_EVENTS}
