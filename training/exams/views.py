"""Pages of an exam: starting, answering, handing in, the result."""

from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID

from flask import Blueprint, flash, g, jsonify, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from core.clock import now, today
from core.db import keep_changes
from core.errors import Invalid, Refusal
from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.uploads import takes_files
from training.accommodations.policy import time_allowed
from training.accommodations.queries import extra_percent_of
from training.appeals import labels as appeal_labels
from training.appeals.actions import settled_at
from training.appeals.policy import may_appeal
from training.appeals.queries import appeals_of
from training.catalogue.labels import SHOWN
from training.catalogue.queries import find_version_in_force
from training.certificates.documents import percent
from training.exams import actions, answers, policy, queries
from training.exams.forms import AnswersForm, StartForm
from training.exams.labels import points
from training.exams.models import Attempt
from training.exams.results import result_lines
from training.exams.seats import SatElsewhere, insist_on_seat, sits_elsewhere, take_seat
from training.exams.showing import shows
from training.learning.opening import insist_open
from training.learning.taking import version_to_take
from training.marking.handing_in import keep_files
from training.marking.results import file_names, hand_results
from training.openings.actions import TooManyCodes
from training.openings.queries import window_for
from training.regrading import labels as words
from training.regrading.corrections import corrections_of
from training.regrading.queries import regrades_of
from training.sections.queries import sections_of
from training.sections.results import section_results

bp = Blueprint("exams", __name__, url_prefix="/exams")
BY_SCRIPT = "exam"


@bp.route("/start/<uuid:course_id>", methods=["GET", "POST"])
@access(Right.WORK)
def start(course_id: UUID) -> ResponseReturnValue:
    """What an exam asks for before it begins; then begin an attempt, or come back to the one that is open, on this device."""
    version, form = version_to_take(g.person, course_id, on=today(g.person.time_zone)), StartForm()
    status = None
    if form.validate_on_submit():
        if queries.find_open_attempt(g.person, version.course_id) is None:
            insist_open(g.person, version.course_id, on=today(g.person.time_zone))
        entry = actions.Entry(code=form.code.data or "", honour=bool(form.honour.data), seat=_seat(begin=True))
        try:
            attempt = actions.start_attempt(version, by=g.person, entry=entry)
        except (Invalid, TooManyCodes) as refusal:
            keep_changes()  # the count of wrong codes
            form.refuse(refusal)
            status = refusal.status
        else:
            return redirect(url_for(".sit", attempt_id=attempt.public_id))
    window = window_for(g.person, version.course_id, on=today(g.person.time_zone), at=now())
    minutes = time_allowed(version.minutes, extra_percent_of(g.person)) // timedelta(minutes=1)
    opening = window.opening if window.is_open else None
    form.code.flags.required = opening is not None and opening.asks_code
    return page("training/exams/begin.html", form=form, status=status, version=version, opening=opening, minutes=minutes)


def _seat(*, begin: bool = False) -> str:
    """The random word of this browser, kept in its cookie; empty before it has begun an exam."""
    if begin and "seat" not in cookie:
        cookie["seat"] = token_urlsafe(12)
    return str(cookie.get("seat", ""))


@bp.route("/<uuid:attempt_id>")
@access(Right.WORK)
def sit(attempt_id: UUID) -> ResponseReturnValue:
    """The questions, with what has been answered; once time is up only the way to the result."""
    attempt = queries.get_attempt(attempt_id, viewer=g.person)
    if not attempt.is_open:
        return redirect(url_for(".result", attempt_id=attempt.public_id))
    if policy.has_run_out(attempt, at=now()):
        return page("training/exams/time_up.html", form=AnswersForm(), attempt=attempt)
    if sits_elsewhere(attempt, _seat()):
        return _elsewhere(attempt, [])
    return _paper(attempt, AnswersForm())


def _paper(attempt: Attempt, form: AnswersForm) -> ResponseReturnValue:
    newer = find_version_in_force(attempt.course, on=today(g.person.time_zone))
    paper = queries.question_paper(attempt)
    is_superseded = newer is not None and newer.id != attempt.version_id
    return page("training/exams/sit.html", form=form, attempt=attempt, paper=paper, now_at=now(), is_superseded=is_superseded)


def _elsewhere(attempt: Attempt, typed: list[tuple[str, str]], *, status: int = 200) -> ResponseReturnValue:
    return page("training/exams/elsewhere.html", form=AnswersForm(formdata=None), status=status, attempt=attempt, typed=typed)


def _typed() -> list[tuple[str, str]]:
    """What a form brought along, to be sent once more."""
    names = [name for name in request.form if name == "sequence" or name.startswith(answers.PREFIX)]
    return [(name, value) for name in names for value in request.form.getlist(name)]


@bp.route("/<uuid:attempt_id>/take-over", methods=["POST"])
@access(Right.WORK)
def take_over(attempt_id: UUID) -> ResponseReturnValue:
    """Go on on this device, with what was typed here where the other one has saved nothing since."""
    attempt = queries.get_attempt(attempt_id, viewer=g.person)
    take_seat(attempt, _seat(begin=True), by=g.person)
    if any(name.startswith(answers.PREFIX) for name in request.form):
        sent, sequence = answers.from_form(request.form, queries.references(attempt))
        actions.save_answers(attempt, sent, sequence=sequence, by=g.person)
    flash(_("You go on here. The other device is told when it saves next."), "success")
    return redirect(url_for(".sit", attempt_id=attempt.public_id))


@bp.route("/<uuid:attempt_id>/items/<uuid:item_id>/<any(picture,sound):media>")
@access(Right.WORK)
def show_media(attempt_id: UUID, item_id: UUID, media: str) -> ResponseReturnValue:
    """The picture or sound of a question of one's own exam."""
    attempt = queries.get_attempt(attempt_id, viewer=g.person)
    return send_stored_file(queries.drawn_file(attempt, item_id, is_sound=media == "sound"), inline=True)


@bp.route("/<uuid:attempt_id>/answers", methods=["POST"])
@access(Right.WORK)
@takes_files
def save(attempt_id: UUID) -> ResponseReturnValue:
    """Keep answers as they come, from the page's script, as JSON, or by the Save button."""
    attempt = queries.get_attempt(attempt_id, viewer=g.person)
    by_script = request.is_json or request.headers.get("X-Requested-With") == BY_SCRIPT
    try:
        insist_on_seat(attempt, _seat())
        sent, sequence = _sent(attempt)
        saved = actions.save_answers(attempt, sent, sequence=sequence, by=g.person)
    except SatElsewhere as refusal:
        if not by_script:
            return _elsewhere(attempt, _typed(), status=refusal.status)
        return jsonify(saved=False, elsewhere=True, sentence=str(refusal.sentence)), refusal.status
    except Refusal as refusal:
        if not by_script:
            raise
        return jsonify(saved=False, sentence=str(refusal.sentence)), refusal.status
    if not by_script:
        refused = _keep_files(attempt)
        if refused is not None:
            return refused
        flash(_("Your answers are saved."), "success")
        return redirect(url_for(".sit", attempt_id=attempt.public_id))
    sentence = _("Newer answers had been saved already; these were not needed.") if saved.ignored and not saved.stored else _("Saved")
    return jsonify(saved=True, stored=saved.stored, ignored=saved.ignored, answered=saved.answered, sequence=saved.sequence, sentence=sentence)


def _keep_files(attempt: Attempt) -> ResponseReturnValue | None:
    """Keep the files sent; the page again, with what else was sent kept, when one is not taken."""
    try:
        keep_files(attempt, request.files, by=g.person)
    except Invalid as refusal:
        form = AnswersForm()
        form.refuse(refusal)
        keep_changes()
        return _paper(attempt, form)
    return None


def _sent(attempt: Attempt) -> tuple[dict[str, list[str]], int]:
    if request.is_json:
        return answers.from_json(request.get_json(silent=True))
    return answers.from_form(request.form, queries.references(attempt))


@bp.route("/<uuid:attempt_id>/submit", methods=["POST"])
@access(Right.WORK)
@takes_files
def submit(attempt_id: UUID) -> ResponseReturnValue:
    """Hand the attempt in and go to the result; once it is handed in, only go there."""
    attempt = queries.get_attempt(attempt_id, viewer=g.person)
    if policy.takes_answers(attempt, at=now()) and sits_elsewhere(attempt, _seat()):
        return _elsewhere(attempt, _typed(), status=409)
    sent, sequence = answers.from_form(request.form, queries.references(attempt))
    if request.files and attempt.is_open and policy.takes_answers(attempt, at=now()):
        actions.save_answers(attempt, sent, sequence=sequence, by=g.person)
        refused = _keep_files(attempt)
        if refused is not None:
            return refused
    handed_in = actions.hand_in(attempt, sent, sequence=sequence, by=g.person)
    return redirect(url_for(".result", attempt_id=handed_in.public_id))


@bp.route("/<uuid:attempt_id>/result")
@access(Right.WORK)
def result(attempt_id: UUID) -> ResponseReturnValue:
    """How it went, as far as the version's terms say that it is shown by now."""
    attempt = queries.get_attempt(attempt_id, viewer=g.person)
    if attempt.is_open:
        return redirect(url_for(".sit", attempt_id=attempt.public_id))
    held = corrections_of(attempt.version_id)
    shown, responses = shows(attempt, at=now()), queries.responses_of(attempt)
    lines = result_lines(attempt, queries.drawn_items(attempt), responses, held=held, shows=shown)
    score = "" if attempt.percent is None else percent(attempt.percent)
    return page(
        "training/exams/result.html",
        attempt=attempt,
        lines=lines,
        shows=shown,
        sections=section_results(sections_of(attempt.version_id), lines),
        shown_words=SHOWN,
        score=score,
        regrades=regrades_of(attempt),
        by_hand=hand_results(attempt),
        files=file_names(responses),
        points=points,
        words=words,
        appeals=appeals_of(attempt),
        appeal_labels=appeal_labels,
        may_appeal=may_appeal(g.person, attempt, since=settled_at(attempt), at=now()),
    )
