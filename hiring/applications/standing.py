"""What somebody is told who was too late: where an application stands now, and who took it there. Pure."""

from core.web.i18n import _
from hiring.applications.models import ApplicationMove, ApplicationState


def changed_meanwhile(last: ApplicationMove | None) -> str:
    """The sentence, from the last line of the application's history with its stage and who did it."""
    who = _("the system") if last is None or last.by is None else last.by.name
    if last is None or last.from_state is None:
        return str(_("Somebody else changed this application in the meantime. Reload the page to see where it stands."))
    if last.to_state is ApplicationState.ACTIVE:
        return str(
            _(
                "Somebody else changed this application in the meantime: it is in “%(stage)s” now, where %(who)s put it. Reload the page.",
                stage=last.to_stage.name,
                who=who,
            )
        )
    if last.to_state is ApplicationState.DECLINED:
        return str(_("Somebody else changed this application in the meantime: %(who)s has declined it. Reload the page.", who=who))
    if last.to_state is ApplicationState.WITHDRAWN:
        return str(_("The candidate has withdrawn this application in the meantime. Reload the page."))
    return str(_("The candidate was hired in the meantime. Reload the page."))
