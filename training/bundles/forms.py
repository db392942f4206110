"""The form of a bundle."""

from wtforms import DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from core.people.models import Department
from core.web.forms import Form, labelled, pairs
from core.web.i18n import _, _l
from training.bundles.labels import FORMS
from training.bundles.models import BundleForm
from training.bundles.queries import Wanted
from training.catalogue.models import Course


class BundleRequestForm(Form):
    """Which certificates, and in what."""

    completed_from = DateField(_l("Completed from"), [InputRequired(_l("Give the first day."))])
    completed_to = DateField(_l("to"), [InputRequired(_l("Give the last day."))])
    course = SelectField(_l("Course"))
    department = SelectField(_l("Department on that day"))
    form = RadioField(_l("What do you need?"), [InputRequired()], choices=labelled(FORMS), default=BundleForm.ZIP.value)

    def offer(self, courses: list[Course], departments: list[Department]) -> None:
        """Hand in what can be chosen."""
        self.course.choices = [SelectChoice("", _("Every course")), *pairs(courses, "title")]
        self.department.choices = [SelectChoice("", _("Every department")), *pairs(departments)]

    def wanted(self, courses: list[Course], departments: list[Department]) -> Wanted:
        """What was chosen, once the form is valid."""
        return Wanted(
            completed_from=self.completed_from.data,
            completed_to=self.completed_to.data,
            course=next((course for course in courses if str(course.public_id) == self.course.data), None),
            department=next((department for department in departments if str(department.public_id) == self.department.data), None),
        )


class FetchForm(Form):
    """Fetching the file."""
