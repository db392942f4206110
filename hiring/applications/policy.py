"""Who may do what to an application."""

from core.people.models import Person
from core.people.rights import Right
from hiring.applications.models import Application, ApplicationState
from hiring.postings.models import Posting, StageKind
from hiring.postings.policy import can_see


def can_decide(person: Person, posting: Posting) -> bool:
    """Whether the person advances and declines applications to this posting. Needs `posting.members` to be loaded."""
    return person.may(Right.DECIDE_APPLICATIONS) and can_see(person, posting)


def can_enter_by_hand(kind: StageKind) -> bool:
    """Whether a colleague may move an application to a stage of this kind; the last one is entered by an accepted offer."""
    return kind is not StageKind.HIRED


def is_open(application: Application) -> bool:
    """Whether the application is still being considered."""
    return application.state is ApplicationState.ACTIVE


def is_open_for_candidate(application: Application) -> bool:
    """Whether the candidate may believe so, and withdraw: a letter that says otherwise has not gone out."""
    return is_open(application) or (application.state is ApplicationState.DECLINED and not application.is_declined_for_candidate)
