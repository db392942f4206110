"""The forms of the public page that checks documents."""

from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import Length

from core.web.forms import Form
from core.web.i18n import _l


class CheckForm(Form):
    """A code as printed on a document, or the document's file itself."""

    code = StringField(
        _l("Code on the document"),
        validators=[Length(max=60)],
        description=_l("Sixteen letters and digits, such as 7Q4M-0ZKX-W3NT-98HD."),
    )
    document = FileField(_l("Or the PDF itself"), description=_l("It is compared with what was issued, and not kept."))
