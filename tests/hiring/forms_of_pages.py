"""Reading forms out of pages, and sending them as a browser does."""

import re
from html import unescape
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.situations import a_pdf


def hidden(html: str, name: str) -> str:
    """The value of a hidden field on a page."""
    found = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', html)
    if not found:
        return ""
    value = re.search(r'value="([^"]*)"', found.group(0))
    return unescape(value.group(1)) if value else ""


def press(client: FlaskClient, page: str, address: str, **fields: Any) -> TestResponse:
    """Open `page`, take its token, and send `fields` to `address`."""
    return client.post(address, data={"csrf_token": hidden(client.get(page).text, "csrf_token"), **fields})


class ApplyForm:
    """The application form of one posting, opened in a browser."""

    def __init__(self, client: FlaskClient, slug: str) -> None:
        self.client, self.address = client, f"/careers/{slug}/apply"
        self.html = client.get(self.address).text
        names = dict.fromkeys(re.findall(r'name="(answer_[0-9a-f]{32})"', self.html))
        self.knock_out, self.mission = list(names)[:2]

    def fields(self, **changes: Any) -> dict[str, Any]:
        """Everything filled in; a field changed to None is left out."""
        fields = {
            "csrf_token": hidden(self.html, "csrf_token"),
            "submission_key": hidden(self.html, "submission_key"),
            "consent_version": hidden(self.html, "consent_version"),
            "name": "Ana Souza",
            "email": "ana@example.test",
            "phone": "+55 11 99999-0000",
            self.knock_out: "yes",
            self.mission: "Porque quero ajudar.",
            "consent": "y",
            "resume": (BytesIO(a_pdf()), "curriculo.pdf"),
            **changes,
        }
        return {name: value for name, value in fields.items() if value is not None}

    def send(self, **changes: Any) -> TestResponse:
        """Send the form."""
        return self.client.post(self.address, data=self.fields(**changes), content_type="multipart/form-data")
