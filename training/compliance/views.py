"""Pages of compliance: people × requirements as of a day, its export, and the evidence for one person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import now, today
from core.errors import Conflict
from core.people.queries import find_employment
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import Page, wanted_page
from core.web.spreadsheets import XLSX, csv_text, xlsx_bytes
from training.accommodations.policy import can_accommodate
from training.auditing.sight import insist_on_day, last_day_within, lines_within, sees_course
from training.catalogue.queries import get_version
from training.certificates.documents import percent
from training.certificates.labels import STATES as CERTIFICATE_STATES
from training.certificates.policy import can_revoke
from training.completions.labels import SOURCES
from training.compliance import labels, queries
from training.compliance.asking import filter_of, state_of
from training.compliance.difference import summed
from training.compliance.export import compliance_rows
from training.compliance.filtering import ComplianceFilter
from training.compliance.matrix import cells_of, columns_of
from training.compliance.moment import Moment, asked_for
from training.compliance.sight import compare, fingerprint_of, look, look_at_page, totals_of
from training.compliance.standing import IN_ORDER, Standing
from training.equivalences.labels import STATES as EQUIVALENCE_STATES
from training.equivalences.labels import TONES as EQUIVALENCE_TONES
from training.equivalences.policy import can_hand_in
from training.equivalences.queries import equivalences_of
from training.exams.models import Attempt
from training.exams.queries import attempts_of
from training.exemptions.labels import STATES as EXEMPTION_STATES
from training.exemptions.labels import TONES as EXEMPTION_TONES
from training.exemptions.policy import can_ask
from training.exemptions.queries import exemptions_of
from training.learning.overview import Requirement, requirements_of
from training.locks.actions import grant_attempts
from training.locks.forms import GrantForm
from training.locks.policy import can_unlock
from training.marking.policy import amends
from training.regrading.queries import first_scores

bp = Blueprint("compliance", __name__, url_prefix="/compliance")
CHANGES_SHOWN = 50
MOST_OF_A_WORKBOOK = 20_000  # lines
SHOWN_WHOLE = 8  # requirements of one person whose evidence is shown at once


def _moment(prefix: str = "") -> Moment:
    moment = asked_for(request.args, today=last_day_within(g.person, today(g.person.time_zone)), prefix=prefix)
    insist_on_day(g.person, moment.on)
    return moment


def _told(moment: Moment) -> dict[str, Any]:
    """What every page says of the days it is asked for."""
    return {"moment": moment, "day": moment.on, "is_today": moment.on == today(g.person.time_zone), "is_settled": moment.is_settled(at=now())}


def _wanted() -> tuple[ComplianceFilter, Standing | None]:
    return filter_of(request.args), state_of(request.args)


@bp.route("")
@access(Right.SEE_TEAM_COMPLIANCE)
def matrix() -> ResponseReturnValue:
    """People × requirements as of a day."""
    moment, (wanted, state) = _moment(), _wanted()
    sight, shown = look_at_page(g.person, wanted, state=state, moment=moment, number=wanted_page())
    columns = columns_of(sight.lines)
    return page(
        "training/compliance/matrix.html",
        sight=sight,
        columns=columns,
        rows=[(sight.people[row.person_id], cells_of(row, columns, sight.lines)) for row in shown.rows],
        asked={**moment.address, **wanted.address},
        shown=shown,
        wanted=wanted,
        state=state,
        choices=queries.filter_choices(g.person, on=moment.on),
        regulations=[(name, name) for name in sight.regulations],
        labels=labels,
        **_told(moment),
    )


@bp.route("/totals")
@access(Right.SEE_TEAM_COMPLIANCE)
def totals() -> ResponseReturnValue:
    """How many people and requirements stand how: everybody is judged, so the page of people does not wait for it."""
    moment, (wanted, _state) = _moment(), _wanted()
    counted, sight = totals_of(g.person, wanted, moment=moment)
    template = "training/compliance/totals_part.html" if "Hx-Request" in request.headers else "training/compliance/totals.html"
    told = {"totals": counted, "asked": {**moment.address, **wanted.address}, "labels": labels, "Standing": Standing, **_told(moment)}
    return page(template, fingerprint=None if sight is None else fingerprint_of(sight, moment, wanted), **told)


@bp.route("/hash")
@access(Right.SEE_TEAM_COMPLIANCE)
def fingerprint() -> ResponseReturnValue:
    """The hash of a report: everybody is judged for it, so it is worked out when asked for."""
    moment, (wanted, _state) = _moment(), _wanted()
    found = fingerprint_of(look(g.person, wanted, state=None, moment=moment), moment, wanted)
    template = "training/compliance/hash_part.html" if "Hx-Request" in request.headers else "training/compliance/hash.html"
    return page(template, fingerprint=found, asked={**moment.address, **wanted.address}, **_told(moment))


@bp.route("/difference")
@access(Right.SEE_TEAM_COMPLIANCE)
def difference() -> ResponseReturnValue:
    """Who stands otherwise in one report than in another, and why."""
    (wanted, _state), after = _wanted(), _moment()
    before = _moment("from_") if request.args.get("from_as_of") else _a_month_before(after)
    first, second, found = compare(g.person, wanted, before, after)
    number = wanted_page()
    begin = (number - 1) * CHANGES_SHOWN
    shown = Page(found[begin : begin + CHANGES_SHOWN], number, len(found) > begin + CHANGES_SHOWN)
    return page(
        "training/compliance/difference.html",
        before=before,
        after=after,
        people=first.people | second.people,
        lines={line.fact.lineage: line for line in [*first.lines, *second.lines]},
        shown=shown,
        count=len(found),
        ways=summed(found),
        wanted=wanted,
        choices=queries.filter_choices(g.person, on=after.on),
        labels=labels,
    )


def _a_month_before(after: Moment) -> Moment:
    return Moment(last_day_within(g.person, after.on - timedelta(days=30)), after.known_on)


@bp.route("/export.csv")
@access(Right.SEE_TEAM_COMPLIANCE)
def export() -> ResponseReturnValue:
    """The same people and requirements as CSV."""
    moment, (wanted, state) = _moment(), _wanted()
    rows = compliance_rows(look(g.person, wanted, state=state, moment=moment), moment)
    return _file(csv_text(rows), "text/csv", f"compliance-{moment.on.isoformat()}.csv")


@bp.route("/export.xlsx")
@access(Right.SEE_TEAM_COMPLIANCE)
def export_workbook() -> ResponseReturnValue:
    """The same as a workbook, as long as it is of a size that a spreadsheet is pleasant with."""
    moment, (wanted, state) = _moment(), _wanted()
    rows = compliance_rows(look(g.person, wanted, state=state, moment=moment), moment)
    if len(rows) > MOST_OF_A_WORKBOOK:
        raise Conflict(_("That would be %(count)s lines. Narrow the filter for a workbook, or take them as CSV.", count=len(rows) - 1))
    return _file(xlsx_bytes(_("Compliance"), rows), XLSX, f"compliance-{moment.on.isoformat()}.xlsx")


def _file(content: str | bytes, kind: str, name: str) -> Response:
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@bp.route("/people/<uuid:person_id>")
@access(Right.SEE_TEAM_COMPLIANCE)
def person(person_id: UUID) -> ResponseReturnValue:
    """The evidence for one person as of a day: each requirement, why, and what it was met by."""
    moment = _moment()
    day, known_at = moment.on, moment.known_at
    found = queries.get_person_in_sight(person_id, viewer=g.person, on=day)
    attempts = [attempt for attempt in attempts_of(found) if attempt.started_at.astimezone(ZoneInfo(found.time_zone)).date() <= day]
    requirements = [one for one in requirements_of(found, on=day, known_at=known_at) if lines_within(g.person, [one.line])]
    return page(
        "training/compliance/person.html",
        person=found,
        employment=find_employment(found, on=day),
        requirements=requirements,
        folded=_folded(requirements, wanted=request.args.get("rule", type=int), everything=request.args.get("show") == "all"),
        completions=_by_course((row[0].course_id, row) for row in queries.completions_for_evidence(found, on=day, known_at=known_at)),
        attempts=_by_course((attempt.course_id, attempt) for attempt in attempts),
        attempts_by_key={attempt.id: attempt for attempt in attempts},
        first_scores={key: percent(score) for key, score in first_scores(found).items()},
        exemptions=[one for one in exemptions_of(found) if sees_course(g.person, one.course_id, on=day)],
        labels=labels,
        sources=SOURCES,
        certificate_states=CERTIFICATE_STATES,
        score=_score,
        equivalences=equivalences_of(found),
        equivalence_states=EQUIVALENCE_STATES,
        equivalence_tones=EQUIVALENCE_TONES,
        may_hand_in=can_hand_in(g.person, found),
        exemption_states=EXEMPTION_STATES,
        exemption_tones=EXEMPTION_TONES,
        may_exempt=can_ask(g.person, found, leads=not g.person.may(Right.SEE_COMPLIANCE)),
        may_unlock=can_unlock(g.person, found),
        may_accommodate=can_accommodate(g.person, found),
        may_amend=amends(g.person) and found.id != g.person.id,
        may_revoke=lambda certificate: can_revoke(g.person, certificate, holder_id=found.id),
        **_told(moment),
    )


def _folded(requirements: Sequence[Requirement], *, wanted: int | None, everything: bool) -> set[int]:
    """The rules, by number, whose evidence is a link away: of somebody with many requirements those in order that nobody asked for."""
    if everything or len(requirements) <= SHOWN_WHOLE:
        return set()
    return {one.line.fact.number for one in requirements if one.judged.state in IN_ORDER and one.line.fact.number != wanted}


def _by_course(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for course_id, thing in pairs:
        found[course_id].append(thing)
    return found


def _score(attempt: Attempt) -> str:
    return "–" if attempt.percent is None else percent(attempt.percent)


@bp.route("/people/<uuid:person_id>/attempts/<uuid:version_id>/grant", methods=["GET", "POST"])
@access(Right.SEE_COMPLIANCE)
def grant(person_id: UUID, version_id: UUID) -> ResponseReturnValue:
    """Grant a person more attempts."""
    found = queries.get_person_in_sight(person_id, viewer=g.person, on=today(g.person.time_zone))
    version = get_version(version_id, viewer=g.person)
    form = GrantForm()
    if form.validate_on_submit():
        grant_attempts(found, version, attempts=form.attempts.data or 0, reason=form.reason.data or "", by=g.person)
        flash(_("More attempts are granted."), "success")
        return redirect(url_for(".person", person_id=found.public_id))
    return page("training/compliance/grant.html", form=form, person=found, version=version)
