"""Pages of rules."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Invalid, NotFound, Refusal
from core.groups.queries import tags
from core.people.queries import departments, job_roles, locations
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from training.auditing.sight import lines_within
from training.catalogue.queries import courses_in_force
from training.compliance.labels import RECURRENCES, rule_sentence
from training.requirements import actions, policy, queries, wording
from training.requirements.choosing import Choosable
from training.requirements.forms import (
    EndForm,
    ReviseForm,
    RuleForm,
)
from training.requirements.models import Rule
from training.requirements.simulating import simulate

USUAL_NOTICE = 14  # days, so that nobody is late on the day a rule begins
bp = Blueprint("requirements", __name__, url_prefix="/training-rules")


@bp.route("")
@access(Right.SEE_COMPLIANCE)
def rules() -> ResponseReturnValue:
    """Every rule: in effect, coming, ended."""
    day = today(g.person.time_zone)
    lines = lines_within(g.person, queries.rule_lines(on=day, with_future=True))
    regulations = sorted({line.regulation for line in lines if line.regulation})
    regulation = request.args.get("regulation", "")
    shown = [line for line in lines if not regulation or line.regulation == regulation]
    told: dict[str, Any] = {"lines": shown, "regulations": [(name, name) for name in regulations], "regulation": regulation, "day": day}
    return page("training/requirements/rules.html", **told, sentence=rule_sentence, can_write=policy.can_write_rules(g.person))


def _chosen(rows: Any, public_id: str) -> Any:
    return next((row for row in rows if str(row.public_id) == public_id), None)


@bp.route("/new", methods=["GET", "POST"])
@access(Right.WRITE_RULES)
def add() -> ResponseReturnValue:
    """Write a rule; first, if one wants, see what it would do."""
    form, simulation = RuleForm(), None
    choosable, courses = Choosable(job_roles(), departments(), locations(), tags()), courses_in_force()
    form.offer(choosable=choosable, courses=courses)
    if not form.is_submitted():
        form.effective_from.data, form.minimum_notice_days.data = today(g.person.time_zone), USUAL_NOTICE
    if form.validate_on_submit():
        draft = form.draft(choosable, courses)
        try:
            if "look" in request.form:
                simulation = simulate(draft, on=today(g.person.time_zone))
            else:
                rule = actions.write_draft(draft, by=g.person)
                flash(_("The rule is written. Assignments follow in the background."), "success")
                return redirect(url_for(".show", rule_id=rule.public_id))
        except Invalid as refusal:
            form.refuse(refusal)
    return page("training/requirements/new.html", form=form, simulation=simulation)


@bp.route("/<uuid:rule_id>")
@access(Right.SEE_COMPLIANCE)
def show(rule_id: UUID) -> ResponseReturnValue:
    """One rule with all its revisions."""
    return _show(queries.get_rule(rule_id), EndForm(formdata=None))


def _show(rule: Rule, ending: EndForm) -> ResponseReturnValue:
    revisions = queries.revisions_of(rule)
    line = next(line for line in queries.rule_lines(on=today(g.person.time_zone), with_future=True) if line.fact.lineage == rule.lineage)
    if not lines_within(g.person, [line]):
        raise NotFound
    can_write = policy.can_write_rules(g.person) and revisions[0].effective_to is None
    return page(
        "training/requirements/rule.html",
        form=ending,
        rule=rule,
        line=line,
        sentence=rule_sentence(line),
        recurrences=RECURRENCES,
        words=wording,
        round=queries.last_round(rule),
        revisions=revisions,
        can_write=can_write,
    )


@bp.route("/<uuid:rule_id>/progress")
@access(Right.SEE_COMPLIANCE)
def progress(rule_id: UUID) -> ResponseReturnValue:
    """How far the assignments that follow from a rule have come: the part of the page that asks again by itself."""
    rule = queries.get_rule(rule_id)
    return page("training/requirements/progress.html", rule=rule, round=queries.last_round(rule))


@bp.route("/<uuid:rule_id>/revise", methods=["GET", "POST"])
@access(Right.WRITE_RULES)
def revise(rule_id: UUID) -> ResponseReturnValue:
    """Change what a rule asks, from a day on."""
    rule = queries.get_rule(rule_id)
    form = ReviseForm(data=_terms(rule))
    if form.validate_on_submit():
        try:
            following = actions.revise_rule(
                rule,
                due_days=form.due_days.data,
                valid_months=form.valid_months.data,
                window_days=form.window_days.data,
                source=form.regulation.data or "",
                clause=form.clause.data or "",
                effective_from=form.effective_from.data,
                clock=form.clock(),
                terms=form.terms(rule.combines),
                reason=form.reason.data or "",
                by=g.person,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The change is written. What held before stays on record."), "success")
            return redirect(url_for(".show", rule_id=following.public_id))
    return page("training/requirements/revise.html", form=form, rule=queries.get_rule(rule_id))


def _terms(rule: Rule) -> dict[str, Any]:
    return {
        "due_days": rule.due_days,
        "valid_months": rule.valid_months,
        "window_days": rule.window_days,
        "grace_days": rule.grace_days,
        "recurrence": rule.recurrence,
        "calendar_from": rule.calendar_from,
        "regulation": rule.regulation,
        "clause": rule.clause,
        **vars(queries.terms_of(rule)),
        "effective_from": today(g.person.time_zone),
    }


@bp.route("/<uuid:rule_id>/end", methods=["POST"])
@access(Right.WRITE_RULES)
def end(rule_id: UUID) -> ResponseReturnValue:
    """Let a rule end after a day."""
    rule = queries.get_rule(rule_id)
    form = EndForm()
    if form.validate_on_submit() and form.last_day.data is not None:
        try:
            actions.end_rule(rule, last_day=form.last_day.data, reason=form.reason.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The rule ends on that day. What was completed under it stays."), "success")
            return redirect(url_for(".show", rule_id=rule.public_id))
    return _show(queries.get_rule(rule_id), form)
