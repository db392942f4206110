"""Background work of certificates."""

from core.jobs.queue import task
from training.certificates import actions
from training.completions.queries import get_completion_by_key


@task("training.issue_certificate")
def issue_certificate(completion: int) -> None:
    """Print, keep and mail the certificate of a completion, unless it was taken back meanwhile."""
    found = get_completion_by_key(completion)
    if found.superseded_at is None:
        actions.issue_certificate(found)
