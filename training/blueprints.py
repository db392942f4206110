"""What training adds to the application: its blueprints, navigation, tasks and audit sentences."""

from flask import Blueprint
from flask.cli import AppGroup
from flask_babel import LazyString

from core.calendars.answering import let_answers_mean
from core.calendars.models import BookingKind
from core.people.rights import Right
from core.web.i18n import _l
from core.web.navigation import NavigationEntry
from training.accommodations.events import EVENTS as ACCOMMODATION_EVENTS
from training.accommodations.views import bp as accommodations
from training.analysis.views import bp as analysis
from training.appeals.events import EVENTS as APPEAL_EVENTS
from training.appeals.views import bp as appeals
from training.auditing.events import EVENTS as AUDITING_EVENTS
from training.auditing.looking import bp as looking
from training.auditing.views import bp as auditing
from training.bundles.events import EVENTS as BUNDLE_EVENTS
from training.bundles.views import bp as bundles
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
from training.equivalences.events import EVENTS as EQUIVALENCE_EVENTS
from training.equivalences.kind_views import bp as equivalence_kinds
from training.equivalences.views import bp as equivalences
from training.evidence.events import EVENTS as EVIDENCE_EVENTS
from training.evidence.report_views import bp as evidence_reports
from training.evidence.views import bp as evidence
from training.exams.events import EVENTS as EXAM_EVENTS
from training.exams.views import bp as exams
from training.exemptions.events import EVENTS as EXEMPTION_EVENTS
from training.exemptions.views import bp as exemptions
from training.external_results.events import EVENTS as EXTERNAL_RESULT_EVENTS
from training.external_results.views import bp as external_results
from training.findings.events import EVENTS as FINDING_EVENTS
from training.findings.views import bp as findings
from training.insight.views import bp as compliance_insight
from training.interchange.views import bp as interchange
from training.invigilation.views import bp as invigilation
from training.items.events import EVENTS as ITEM_EVENTS
from training.items.views import bp as items
from training.learning.events import EVENTS as LEARNING_EVENTS
from training.learning.module_views import bp as reading
from training.learning.views import bp as learning
from training.locks.events import EVENTS as LOCK_EVENTS
from training.locks.views import bp as locks
from training.marking.events import EVENTS as MARKING_EVENTS
from training.marking.views import bp as marking
from training.marking.views import own_files as exam_files
from training.modules.events import EVENTS as MODULE_EVENTS
from training.modules.file_views import bp as module_files
from training.modules.views import bp as modules
from training.openings.events import EVENTS as OPENING_EVENTS
from training.openings.views import bp as openings
from training.practicals.events import EVENTS as PRACTICAL_EVENTS
from training.practicals.standard_views import bp as standards
from training.practicals.views import bp as practicals
from training.records.views import bp as records
from training.regrading.events import EVENTS as REGRADING_EVENTS
from training.regrading.views import bp as regrading
from training.reminders.views import bp as training_reminders
from training.requirements.events import EVENTS as REQUIREMENT_EVENTS
from training.requirements.views import bp as requirements
from training.sampling.events import EVENTS as SAMPLE_EVENTS
from training.sampling.views import bp as sampling
from training.sections.events import EVENTS as SECTION_EVENTS
from training.sections.views import bp as sections
from training.sessions.answering import answer_session
from training.sessions.events import EVENTS as SESSION_EVENTS
from training.sessions.views import bp as sessions
from training.upkeep.events import EVENTS as UPKEEP_EVENTS
from training.upkeep.views import bp as upkeep

let_answers_mean(BookingKind.SESSION, answer_session)

BLUEPRINTS: list[Blueprint] = [
    learning,
    catalogue,
    versions,
    items,
    sections,
    interchange,
    exams,
    locks,
    openings,
    invigilation,
    marking,
    exam_files,
    analysis,
    requirements,
    certificates,
    badges,
    designs,
    bundles,
    compliance,
    compliance_insight,
    regrading,
    external_results,
    practicals,
    standards,
    appeals,
    accommodations,
    sessions,
    evidence,
    evidence_reports,
    auditing,
    looking,
    sampling,
    findings,
    exemptions,
    upkeep,
    equivalences,
    equivalence_kinds,
    training_reminders,
    modules,
    module_files,
    reading,
    records,
]
NAVIGATION: list[NavigationEntry] = [
    NavigationEntry(_l("My training"), "learning.mine", Right.WORK, "mortarboard", _l("Training")),
    NavigationEntry(_l("Compliance"), "compliance.matrix", Right.SEE_TEAM_COMPLIANCE, "shield-check", _l("Training")),
    NavigationEntry(_l("Training rules"), "requirements.rules", Right.SEE_COMPLIANCE, "list-check", _l("Training")),
    NavigationEntry(_l("Evidence packs"), "evidence.packs", Right.SEE_COMPLIANCE, "patch-check", _l("Training")),
    NavigationEntry(_l("Courses"), "catalogue.courses", Right.WORK, "journal-bookmark", _l("Training")),
    NavigationEntry(_l("Training sessions"), "sessions.ahead", Right.WORK, "easel", _l("Training")),
    NavigationEntry(_l("Practical assessments"), "practicals.assessments", Right.WORK, "clipboard-check", _l("Training")),
    NavigationEntry(_l("Locked exams"), "locks.index", Right.WRITE_COURSES, "lock", _l("Training")),
    NavigationEntry(_l("Marking"), "marking.worklist", Right.WRITE_COURSES, "pencil-square", _l("Training")),
    NavigationEntry(_l("Exemptions"), "exemptions.index", Right.SEE_COMPLIANCE, "shield-minus", _l("Training")),
    NavigationEntry(_l("Certificates from elsewhere"), "equivalences.index", Right.WORK, "patch-check", _l("Training")),
    NavigationEntry(_l("Results from elsewhere"), "external_results.imports", Right.WRITE_RULES, "box-arrow-in-down", _l("Training")),
    NavigationEntry(_l("Certificates in bulk"), "bundles.index", Right.REVOKE_CERTIFICATES, "files", _l("Training")),
    NavigationEntry(_l("Certificate designs"), "designs.index", Right.REVOKE_CERTIFICATES, "award", _l("Training")),
    NavigationEntry(_l("Samples"), "sampling.samples", Right.SEE_COMPLIANCE, "shuffle", _l("Training")),
    NavigationEntry(_l("Audit findings"), "findings.findings", Right.SEE_COMPLIANCE, "flag", _l("Training")),
    NavigationEntry(_l("Auditor access"), "auditing.grants", Right.WRITE_RULES, "eye", _l("Training")),
]
COMMANDS: list[AppGroup] = []
EVENTS: dict[str, LazyString] = {
    **CATALOGUE_EVENTS,
    **ITEM_EVENTS,
    **SECTION_EVENTS,
    **LEARNING_EVENTS,
    **EXAM_EVENTS,
    **LOCK_EVENTS,
    **OPENING_EVENTS,
    **REQUIREMENT_EVENTS,
    **COMPLETION_EVENTS,
    **CERTIFICATE_EVENTS,
    **REGRADING_EVENTS,
    **EXTERNAL_RESULT_EVENTS,
    **PRACTICAL_EVENTS,
    **APPEAL_EVENTS,
    **ACCOMMODATION_EVENTS,
    **SESSION_EVENTS,
    **DESIGN_EVENTS,
    **BUNDLE_EVENTS,
    **EVIDENCE_EVENTS,
    **AUDITING_EVENTS,
    **SAMPLE_EVENTS,
    **FINDING_EVENTS,
    **EXEMPTION_EVENTS,
    **UPKEEP_EVENTS,
    **MODULE_EVENTS,
    **MARKING_EVENTS,
    **EQUIVALENCE_EVENTS,
}
TASKS: list[str] = [
    "training.catalogue.tasks",
    "training.requirements.tasks",
    "training.exams.tasks",
    "training.locks.tasks",
    "training.certificates.tasks",
    "training.regrading.tasks",
    "training.external_results.tasks",
    "training.standings.tasks",
    "training.sessions.tasks",
    "training.bundles.tasks",
    "training.evidence.tasks",
]
