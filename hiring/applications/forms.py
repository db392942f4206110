"""What every form that changes an application, or what hangs on it, carries: which state was seen."""

from wtforms import IntegerField
from wtforms.validators import StopValidation
from wtforms.widgets import HiddenInput

from core.web.forms import Form
from core.web.i18n import _


class SeenForm(Form):
    """A form on something as it was seen. Without that nobody could tell that somebody else was faster."""

    version = IntegerField(widget=HiddenInput())

    def validate_version(self, field: IntegerField) -> None:
        """Refuse what does not say what was seen, also where it was tampered with."""
        if not field.raw_data or field.data is None:
            del field.errors[:]
            raise StopValidation(_("The page does not say which state you saw. Load it again and repeat what you did."))
