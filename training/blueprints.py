"""What training adds to the application: its blueprints, navigation, tasks and audit sentences."""

from flask import Blueprint
from flask.cli import AppGroup
from flask_babel import LazyString

from core.people.rights import Right
from core.web.i18n import _l
from core.web.navigation import NavigationEntry
from training.catalogue.events import EVENTS as CATALOGUE_EVENTS
from training.catalogue.version_views import bp as versions
from training.catalogue.views import bp as catalogue
from training.certificates.badge_views import bp as badges
from training.certificates.events import EVENTS as CERTIFICATE_EVENTS
from training.certificates.views import bp as certificates
from training.completions.events import EVENTS as COMPLETION_EVENTS
from training.compliance.views import bp as compliance
from training.designs.events import EVENTS as DESIGN_EVENTS
from training.designs.views import bp as designs
from training.exams.events import EVENTS as EXAM_EVENTS
from training.exams.views import bp as exams
from training.learning.events import EVENTS as LEARNING_EVENTS
from training.learning.views import bp as learning
from training.requirements.events import EVENTS as REQUIREMENT_EVENTS
from training.requirements.views import bp as requirements

BLUEPRINTS: list[Blueprint] = [learning, catalogue, versions, exams, requirements, certificates, badges, designs, compliance]
NAVIGATION: list[NavigationEntry] = [
    NavigationEntry(_l("My training"), "learning.mine", Right.WORK, "mortarboard", _l("Training")),
    NavigationEntry(_l("Courses"), "catalogue.courses", Right.WORK, "journal-bookmark", _l("Training")),
    NavigationEntry(_l("Training rules"), "requirements.rules", Right.SEE_COMPLIANCE, "list-check", _l("Training")),
    NavigationEntry(_l("Certificate designs"), "designs.index", Right.REVOKE_CERTIFICATES, "award", _l("Training")),
    NavigationEntry(_l("Compliance"), "compliance.matrix", Right.SEE_TEAM_COMPLIANCE, "shield-check", _l("Training")),
]
COMMANDS: list[AppGroup] = []
EVENTS: dict[str, LazyString] = {
    **CATALOGUE_EVENTS,
    **LEARNING_EVENTS,
    **EXAM_EVENTS,
    **REQUIREMENT_EVENTS,
    **COMPLETION_EVENTS,
    **CERTIFICATE_EVENTS,
    **DESIGN_EVENTS,
}
TASKS: list[str] = ["training.catalogue.tasks", "training.requirements.tasks", "training.exams.tasks", "training.certificates.tasks"]
