"""Pages of marking by hand: what waits, one answer with its rubric, and what is done about it. Nothing in them says whose answer it is."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from core.errors import NotFound, Refusal
from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from training.exams.labels import points
from training.exams.queries import get_attempt
from training.items.by_hand import criteria_of, neutral_name
from training.marking import actions, labels, policy, queries
from training.marking.amending import amend_mark
from training.marking.forms import AgreeForm, AmendForm, AnswerForm, MarkForm, sheet_of
from training.marking.judging import Sheet
from training.marking.models import Script
from training.marking.results import counting
from training.marking.showing import answer_shown

bp = Blueprint("marking", __name__, url_prefix="/marking")


@bp.route("")
@access(Right.WRITE_COURSES)
def worklist() -> ResponseReturnValue:
    """Answers that wait for me, longest waiting first."""
    found = queries.worklist_page(g.person, course_id=request.args.get("course", type=UUID), number=wanted_page())
    return page("training/marking/worklist.html", scripts=found, labels=labels, own_mark=policy.own_mark)


@bp.route("/marked")
@access(Right.WRITE_COURSES)
def marked() -> ResponseReturnValue:
    """Answers that are marked, the latest first."""
    found = queries.marked_page(g.person, number=wanted_page())
    return page("training/marking/marked.html", scripts=found, labels=labels, points=points)


@bp.route("/<uuid:script_id>", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def mark(script_id: UUID) -> ResponseReturnValue:
    """One answer with its rubric; sending a mark leads to the next answer, to the same question first."""
    script = queries.get_script(script_id, viewer=g.person)
    agreeing = policy.can_propose(g.person, script)
    form = AgreeForm() if agreeing else MarkForm()
    if form.validate_on_submit():
        try:
            script = actions.send_mark(script, _sheet(script), comment=form.comment.data or "", by=g.person)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            return _on(script)
    return _page(queries.get_script(script_id, viewer=g.person), form)


def _sheet(script: Script) -> Sheet:
    return sheet_of(request.form, len(script.item.criteria))


def _on(script: Script) -> ResponseReturnValue:
    following = queries.next_to_mark(g.person, script)
    if following is None:
        flash(_("Your mark is on record. Nothing else waits for you."), "success")
        return redirect(url_for(".worklist"))
    flash(_("Your mark is on record. Here is the next answer."), "success")
    return redirect(url_for(".mark", script_id=following.public_id))


def _page(
    script: Script, form: MarkForm | AgreeForm | AmendForm, *, template: str = "training/marking/mark.html", chosen: Sheet | None = None
) -> ResponseReturnValue:
    person = g.person
    seen = [one for one in script.marks if policy.sees_mark(person, script, one)]
    return page(
        template,
        form=form,
        script=script,
        criteria=criteria_of(script.item.criteria),
        answer=answer_shown(script),
        marks=seen,
        chosen=_sheet(script) if form.is_submitted() else chosen,
        may_mark=policy.can_mark(person, script) or policy.can_decide(person, script) or policy.can_propose(person, script),
        decides=policy.can_decide(person, script),
        proposes=policy.can_propose(person, script),
        proposal=policy.proposal(script),
        may_answer=policy.can_answer(person, script),
        may_amend=policy.can_amend(person, script),
        answering=AnswerForm(formdata=None),
        labels=labels,
        points=points,
    )


@bp.route("/attempts/<uuid:attempt_id>")
@access(Right.REVOKE_CERTIFICATES)
def of_attempt(attempt_id: UUID) -> ResponseReturnValue:
    """The marks of a graded exam, for those who may amend one."""
    attempt = queries.get_marked_attempt(attempt_id, viewer=g.person)
    return page("training/marking/attempt.html", attempt=attempt, scripts=queries.scripts_of(attempt), labels=labels, points=points)


@bp.route("/<uuid:script_id>/file")
@access(Right.WRITE_COURSES)
def file(script_id: UUID) -> Response:
    """The file somebody answered with, under a name that does not tell who."""
    script = queries.get_script(script_id, viewer=g.person)
    shown = answer_shown(script)
    if shown.file is None:
        raise NotFound
    response = send_stored_file(shown.file)
    response.headers.set("Content-Disposition", "attachment", filename=neutral_name(shown.file.content_type))
    return response


@bp.route("/<uuid:script_id>/agree", methods=["POST"], defaults={"agrees": True})
@bp.route("/<uuid:script_id>/disagree", methods=["POST"], defaults={"agrees": False})
@access(Right.WRITE_COURSES)
def answer(script_id: UUID, *, agrees: bool) -> ResponseReturnValue:
    """Say whether I agree on the mark the other of the two proposes."""
    script = actions.answer_proposal(queries.get_script(script_id, viewer=g.person), agrees=agrees, by=g.person)
    if agrees:
        return _on(script)
    flash(_("You do not agree. The marks differ as before; a third person may decide, or one of you proposes another mark."), "info")
    return redirect(url_for(".mark", script_id=script_id))


@bp.route("/<uuid:script_id>/amend", methods=["GET", "POST"])
@access(Right.REVOKE_CERTIFICATES)
def amend(script_id: UUID) -> ResponseReturnValue:
    """Amend a mark that stands; the exam is judged again."""
    script = queries.get_script(script_id, viewer=g.person)
    form = AmendForm(seen=str(script.version))
    if form.validate_on_submit():
        try:
            seen = int(form.seen.data) if (form.seen.data or "").isdigit() else 0
            amend_mark(script, _sheet(script), seen=seen, reason=form.reason.data or "", keeps_passed=bool(form.keeps_passed.data), by=g.person)
        except Refusal as refusal:
            if refusal.status not in (409, 422):
                raise
            form.refuse(refusal)
        else:
            flash(_("The mark is amended, and the exam judged again."), "success")
            return redirect(url_for(".mark", script_id=script_id))
    script = queries.get_script(script_id, viewer=g.person)
    sheets = counting(script)
    return _page(script, form, template="training/marking/amend.html", chosen=sheets[0] if len(sheets) == 1 else None)


own_files = Blueprint("exam_files", __name__, url_prefix="/exams")


@own_files.route("/<uuid:attempt_id>/files/<uuid:item_id>")
@access(Right.WORK)
def own_file(attempt_id: UUID, item_id: UUID) -> Response:
    """The file I answered a question with."""
    return send_stored_file(queries.file_of_item(get_attempt(attempt_id, viewer=g.person), item_id))
