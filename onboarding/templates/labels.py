"""Words for phases, kinds of task, and the parts people play."""

from typing import Any

from core.files.rules import DOCUMENT, IMAGE, FileRule
from core.web.i18n import _l
from onboarding.moments import Moment
from onboarding.task_forms.fields import FieldKind
from onboarding.templates.models import DocumentRule, Part, Phase, TaskKind, TemplateState

PHASES: dict[Phase, Any] = {
    Phase.BEFORE_DAY_ONE: _l("Before day one"),
    Phase.DAY_ONE: _l("Day one"),
    Phase.FIRST_WEEK: _l("First week"),
    Phase.DAY_30: _l("First 30 days"),
    Phase.DAY_60: _l("First 60 days"),
    Phase.DAY_90: _l("First 90 days"),
}
KINDS: dict[TaskKind, Any] = {
    TaskKind.TICK: _l("To do"),
    TaskKind.FORM: _l("Form to fill in"),
    TaskKind.DOCUMENT: _l("Document to hand in"),
    TaskKind.POLICY: _l("Policy to read"),
    TaskKind.SIGNATURE: _l("Document to sign"),
    TaskKind.MEETING: _l("Meeting"),
    TaskKind.REQUEST: _l("Access or equipment"),
    TaskKind.TRAINING: _l("Course to complete"),
    TaskKind.SHADOWING: _l("Shadowing session"),
    TaskKind.REVIEW: _l("Review"),
}
KIND_ICONS: dict[TaskKind, str] = {
    TaskKind.TICK: "check2-square",
    TaskKind.FORM: "ui-checks",
    TaskKind.DOCUMENT: "file-earmark-arrow-up",
    TaskKind.POLICY: "journal-text",
    TaskKind.SIGNATURE: "pen",
    TaskKind.MEETING: "calendar-event",
    TaskKind.REQUEST: "key",
    TaskKind.TRAINING: "mortarboard",
    TaskKind.SHADOWING: "people",
    TaskKind.REVIEW: "clipboard-check",
}
PARTS: dict[Part, Any] = {
    Part.NEW_HIRE: _l("New hire"),
    Part.MANAGER: _l("Manager"),
    Part.BUDDY: _l("Buddy"),
    Part.HR: _l("Human resources"),
    Part.IT: _l("IT"),
    Part.PERSON: _l("A named person"),
    Part.TEAM: _l("A team"),
}
MOMENTS: dict[Moment, Any] = {
    Moment.DAY_30: _l("After 30 days"),
    Moment.DAY_60: _l("After 60 days"),
    Moment.DAY_90: _l("After 90 days"),
    Moment.PROBATION: _l("At the end of probation"),
}
FIELD_KINDS: dict[FieldKind, Any] = {
    FieldKind.SHORT: _l("Short text"),
    FieldKind.LONG: _l("Long text"),
    FieldKind.ONE_OF: _l("One of several"),
    FieldKind.YES_NO: _l("Yes or no"),
    FieldKind.DATE: _l("Date"),
    FieldKind.NUMBER: _l("Number"),
}
DOCUMENT_RULES: dict[DocumentRule, FileRule] = {DocumentRule.DOCUMENT: DOCUMENT, DocumentRule.IMAGE: IMAGE}
TEMPLATE_STATES: dict[TemplateState, Any] = {
    TemplateState.DRAFT: _l("Draft"),
    TemplateState.PUBLISHED: _l("In use"),
    TemplateState.SUPERSEDED: _l("Replaced"),
}
TEMPLATE_TONES: dict[TemplateState, str] = {
    TemplateState.DRAFT: "warning",
    TemplateState.PUBLISHED: "success",
    TemplateState.SUPERSEDED: "neutral",
}
