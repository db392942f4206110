"""Pages of what auditors ask for besides packs: the population, the change log of the rules, one person's transcript."""

from datetime import date, timedelta
from uuid import UUID

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from core.clock import today
from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from core.web.forms import YEARS
from core.web.pages import page
from core.web.spreadsheets import csv_text
from training.auditing.sight import last_day_within
from training.compliance.queries import get_person_in_sight
from training.evidence import reporting
from training.evidence.population import count_members
from training.evidence.queries import few_choices
from training.evidence.wanted import EvidenceFilter, Question

bp = Blueprint("evidence_reports", __name__, url_prefix="/evidence/reports")


def _day(name: str, otherwise: date) -> date:
    try:
        asked = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return otherwise
    return asked if asked.year in YEARS else otherwise


def _question() -> Question:
    last = _day("until", last_day_within(g.person, today(g.person.time_zone)))
    first = min(_day("since", last_day_within(g.person, last - timedelta(days=365))), last)
    wanted = EvidenceFilter(department=request.args.get("department", "")[:80], regulation=request.args.get("regulation", "")[:300])
    return reporting.question_now(wanted, since=first, until=last, by=g.person)


@bp.route("/population")
@access(Right.SEE_COMPLIANCE)
def population() -> ResponseReturnValue:
    """Who is in the population of a period, and why."""
    question = _question()
    after = request.args.get("after", 0, type=int)
    people = reporting.population_of(question, after=after)
    more = people[-1].member.key if len(people) == reporting.PEOPLE_AT_ONCE else None
    offered = few_choices(g.person, on=question.until)
    return page("training/evidence/population.html", question=question, people=people, count=count_members(question), more=more, choices=offered)


@bp.route("/population.csv")
@access(Right.SEE_COMPLIANCE)
def population_csv() -> ResponseReturnValue:
    """The whole population as CSV."""
    text = csv_text(reporting.population_rows(_question()))
    return Response(text, mimetype="text/csv", headers={"Content-Disposition": 'attachment; filename="population.csv"'})


@bp.route("/rule-changes")
@access(Right.SEE_COMPLIANCE)
def rule_changes() -> ResponseReturnValue:
    """Every revision of the rules, with who wrote it and why."""
    return page("training/evidence/rule_changes.html", changes=reporting.changes_of_rules(_question()))


@bp.route("/transcript/<uuid:person_id>", methods=["POST"])
@access(Right.SEE_COMPLIANCE)
def transcript(person_id: UUID) -> ResponseReturnValue:
    """One person's whole record, sealed; that it was printed is written down."""
    day = today(g.person.time_zone)
    person = get_person_in_sight(person_id, viewer=g.person, on=last_day_within(g.person, day))
    document = reporting.print_transcript(person, language=str(get_locale() or "en"), today=day, by=g.person)
    return send_stored_file(document.file)
