"""What follows when an application ends without a hire: others say here what they have to end with it."""

from typing import Protocol

from core.people.models import Person
from hiring.applications.models import Application


class Ending(Protocol):
    """Ends what hangs on an application. Returns whether the candidate learns of it by that. Raises WrongState where a person has to act first."""

    def __call__(self, application: Application, *, by: Person | None, withdrawn: bool) -> bool: ...


_endings: list[Ending] = []


def ends_with_application(ending: Ending) -> None:
    """Call this whenever an application is declined or withdrawn, within the same transaction."""
    _endings.append(ending)


def end_what_hangs_on(application: Application, *, by: Person | None, withdrawn: bool) -> bool:
    """End it all. Returns whether the candidate learns of something by that."""
    told = [ending(application, by=by, withdrawn=withdrawn) for ending in _endings]
    return any(told)
