"""Keeping survey answers apart from who gave them."""

from uuid import UUID

from core.accounts.links import issue_link
from core.accounts.models import Purpose
from core.db import session
from core.web.addresses import absolute_url
from hiring.applications.models import Application
from hiring.survey.keys import survey_key
from hiring.survey.models import SurveyResponse
from hiring.survey.questions import BY_NAME, VERSION


def survey_link(application: Application) -> str:
    """A link to the survey, good for one answer. Needs the application's candidate with their person."""
    token = issue_link(Purpose.SURVEY, person=application.candidate.person, subject_id=application.public_id)
    return absolute_url("survey.answer", token=token)


def keep_response(application_id: UUID, answers: dict[str, str]) -> None:
    """Keep what was answered; questions left open are not kept, and a second response takes the first one's place.

    The audit trail says nothing of it: its order would tell whose answers they are.
    """
    kept = {name: answer for name, answer in sorted(answers.items()) if name in BY_NAME and answer in BY_NAME[name].answers}
    forget_response(application_id)
    if kept:
        session.add(SurveyResponse(key=survey_key(application_id), survey_version=VERSION, answers=kept))


def forget_response(application_id: UUID) -> None:
    """Delete what was answered, if anything was."""
    found = session.get(SurveyResponse, survey_key(application_id))
    if found is not None:
        session.delete(found)
        session.flush()
