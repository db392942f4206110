"""What candidates agree to, word by word. A changed text gets a new version; old ones stay, because people agreed to them."""

from typing import Any

from core.web.i18n import _l

CURRENT = "2026-11"
TEXTS: dict[str, Any] = {
    "2026-11": _l(
        "I agree that the company keeps and uses what I send here, and what it learns in interviews, to decide on this application. "
        "Only people who take part in hiring read it. I can see it, correct it and withdraw it at any time with the private link I get "
        "by e-mail. It is kept for two years after the decision and then erased."
    ),
}
