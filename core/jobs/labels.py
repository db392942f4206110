"""What the states of a job are called."""

from typing import Any

from core.jobs.models import JobState
from core.web.i18n import _l

JOB_STATE_LABELS: dict[JobState, Any] = {
    JobState.WAITING: _l("Waiting"),
    JobState.RUNNING: _l("Running"),
    JobState.DONE: _l("Done"),
    JobState.PARKED: _l("Given up"),
}
