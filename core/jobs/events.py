"""What the audit trail says about background work."""

from core.web.i18n import _l

EVENTS = {"core.job.tried_again": _l("Background work that had been given up was tried again")}
