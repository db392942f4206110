"""Every component on one page, for those who build pages and for the tests that look at them."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, abort, current_app, g
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, EmailField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from core.clock import now
from core.people.rights import Right
from core.web.access import public_page
from core.web.forms import Form
from core.web.i18n import _, _l
from core.web.pages import page
from core.web.paging import Page

bp = Blueprint("gallery", __name__)
DAY = date(2026, 11, 23)


class SampleForm(Form):
    """One field of each kind."""

    name = StringField(_l("Name"), [InputRequired(_l("Enter a name."))])
    email = EmailField(_l("E-mail"), description=_l("The answer goes there."))
    department = SelectField(_l("Department"), choices=[SelectChoice("retail", _l("Retail")), SelectChoice("business", _l("Business clients"))])
    starts_on = DateField(_l("First day"), [InputRequired(_l("Choose a day."))])
    workplace = RadioField(
        _l("Workplace"),
        [InputRequired(_l("Choose one."))],
        choices=[SelectChoice("on_site", _l("On site")), SelectChoice("hybrid", _l("Hybrid")), SelectChoice("remote", _l("Remote"))],
    )
    skills = SelectMultipleField(
        _l("Skills"),
        choices=[
            SelectChoice("sales", _l("Sales")),
            SelectChoice("analysis", _l("Financial analysis")),
            SelectChoice("service", _l("Customer service")),
        ],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    mark = RadioField(_l("Communication"), choices=[SelectChoice(mark) for mark in "1234"])
    note = TextAreaField(_l("Note"), description=_l("What you saw or heard, in a sentence or two."))
    resume = FileField(_l("Résumé"), description=_l("PDF or DOCX, up to 10 MB."))
    agreed = BooleanField(_l("I have read how my data is used"), [InputRequired(_l("Your agreement is needed."))])


@bp.route("/gallery", methods=["GET", "POST"])
@public_page
def components() -> ResponseReturnValue:
    """Every component; in production only for administrators, and for others it is not there."""
    if current_app.extensions["settings"].environment == "production" and not (g.person is not None and g.person.may(Right.ADMINISTER)):
        abort(404)
    form = SampleForm()
    form.validate_on_submit()
    return page("core/gallery.html", form=form, **_samples(now()))


def _samples(moment: datetime) -> dict[str, Any]:
    return {
        "people": _people(),
        "events": _events(moment),
        "steps_taken": [
            {"label": _("Received"), "state": "done", "note": _("Application of 9 November")},
            {"label": _("Screening"), "state": "done"},
            {"label": _("Interviews"), "state": "current", "note": _("Panel on Thursday")},
            {"label": _("Offer"), "state": "upcoming"},
            {"label": _("Start"), "state": "upcoming"},
        ],
        "columns": _columns(),
        "moment": moment,
        "deadline": moment + timedelta(minutes=24, seconds=30),
        "sample_page": Page([], 2, True),
    }


def _people() -> list[dict[str, Any]]:
    return [
        {"name": "Marina Sample", "role": _("Relationship manager"), "day": DAY, "done": 14, "state": _("On track"), "tone": "success"},
        {
            "name": "Tomás Example da Prova",
            "role": _("Account manager"),
            "day": DAY - timedelta(days=9),
            "done": 6,
            "state": _("Two days late"),
            "tone": "danger",
        },
        {
            "name": "Beatriz Demo",
            "role": _("Customer-service manager"),
            "day": DAY + timedelta(days=7),
            "done": 0,
            "state": _("Starts soon"),
            "tone": "info",
        },
    ]


def _events(moment: datetime) -> list[dict[str, Any]]:
    return [
        {"when": moment, "who": "Marina Sample", "text": _("The offer was accepted"), "tone": "success", "icon": "check-lg"},
        {"when": moment - timedelta(days=1), "who": "Tomás Example da Prova", "text": _("The offer was sent"), "tone": "accent", "icon": "send"},
        {
            "when": DAY - timedelta(days=5),
            "who": "Beatriz Demo",
            "text": _("The panel interview was held"),
            "detail": _("Three scorecards were sent."),
        },
        {"when": DAY - timedelta(days=14), "who": "", "text": _("The application was received")},
    ]


def _columns() -> list[dict[str, Any]]:
    names = ("Marina Sample", "Tomás Example da Prova", "Beatriz Demo", "Otávio Prova", "Clara Exemplo")
    stages = (
        ("new", _("New"), names[:2]),
        ("screening", _("Screening"), names[2:4]),
        ("interview", _("First interview"), names[4:]),
        ("offer", _("Offer"), ()),
    )
    return [{"key": key, "title": title, "cards": cards} for key, title, cards in stages]
