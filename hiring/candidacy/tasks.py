"""What happens in the background around applications and postings."""

from datetime import timedelta

from core.jobs.queue import task, timetable
from hiring.applying.actions import forget_held_resumes
from hiring.applying.drafts import forget_old_drafts
from hiring.candidacy.actions import send_new_link
from hiring.postings.queries import past_their_deadline
from hiring.publishing.actions import end_at_deadline


@task("hiring.send_new_link")
def send_link(email: str) -> None:
    """Mail fresh private links to an address."""
    send_new_link(email)


@timetable("hiring.close_postings", every=timedelta(hours=1))
def close_postings() -> None:
    """Take what is past its deadline off the careers pages, and close it where nobody waits for an answer."""
    for posting in past_their_deadline():
        end_at_deadline(posting)


@timetable("hiring.forget_held_resumes", every=timedelta(days=1))
def forget() -> None:
    """Let go of files and words of forms that were never sent."""
    forget_held_resumes()
    forget_old_drafts()
