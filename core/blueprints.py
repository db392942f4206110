"""What the kernel adds to the application: its blueprints, navigation and commands."""

from click import Command
from flask import Blueprint
from flask_babel import LazyString

from core.accounts.events import EVENTS as ACCOUNT_EVENTS
from core.accounts.views import bp as accounts
from core.audit.commands import audit
from core.audit.views import bp as audit_trail
from core.calendars.events import EVENTS as CALENDAR_EVENTS
from core.calendars.views import bp as calendar
from core.documents.events import EVENTS as DOCUMENT_EVENTS
from core.documents.views import bp as documents
from core.files.events import EVENTS as FILE_EVENTS
from core.groups.events import EVENTS as GROUP_EVENTS
from core.health.views import bp as health
from core.jobs.commands import worker
from core.jobs.events import EVENTS as JOB_EVENTS
from core.jobs.views import bp as jobs
from core.leaves.events import EVENTS as LEAVE_EVENTS
from core.mail.events import EVENTS as MAIL_EVENTS
from core.mail.views import bp as mails
from core.operations.commands import backup, doctor
from core.people.events import EVENTS as PEOPLE_EVENTS
from core.people.rights import Right
from core.photos.events import EVENTS as PHOTO_EVENTS
from core.photos.views import bp as photos
from core.web.frame import bp as frame
from core.web.gallery import bp as gallery
from core.web.i18n import _l
from core.web.navigation import NavigationEntry

BLUEPRINTS: list[Blueprint] = [frame, health, gallery, accounts, audit_trail, calendar, documents, mails, jobs, photos]
NAVIGATION: list[NavigationEntry] = [
    NavigationEntry(_l("My calendar"), "calendar.agenda", Right.WORK, "calendar3"),
    NavigationEntry(_l("Mails"), "mails.index", Right.ADMINISTER, "envelope", _l("Administration")),
    NavigationEntry(_l("Background work"), "jobs.standing", Right.ADMINISTER, "cpu", _l("Administration")),
    NavigationEntry(_l("Audit trail"), "audit_trail.trail", Right.SEE_AUDIT, "journal-check", _l("Administration")),
]
COMMANDS: list[Command] = [audit, worker, doctor, backup]
TASKS: list[str] = ["core.files.tasks", "core.files.pages", "core.files.erasing", "core.jobs.tasks", "core.mail.tasks", "core.operations.tasks"]
EVENTS: dict[str, LazyString] = {**PEOPLE_EVENTS, **ACCOUNT_EVENTS, **CALENDAR_EVENTS, **FILE_EVENTS, **DOCUMENT_EVENTS, **MAIL_EVENTS, **JOB_EVENTS}
EVENTS |= PHOTO_EVENTS | LEAVE_EVENTS
EVENTS |= GROUP_EVENTS
