"""What every template may use."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask, current_app, g
from flask.templating import Environment
from flask_babel import format_decimal, format_timedelta, get_locale
from markupsafe import Markup

from core.web.addresses import each_url
from core.web.compiling import PageCode, shown
from core.web.dates import day_text, instant_text
from core.web.i18n import LOCALES, language_tag, said
from core.web.markdown import render_markdown
from core.web.money import format_money
from core.web.navigation import navigation


class Templates(Environment):
    """Flask's templates, each with what all may use in one plain mapping: a page looks through it for every component it imports."""

    code_generator_class = PageCode
    said = staticmethod(said)  # what its code calls
    shown = staticmethod(shown)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template may use: all that was given to the environment before the template was first asked for."""
        return {**self.globals, **(d or {})}


def start_rendering(app: Flask) -> None:
    """Add filters and globals: days, instants, money and Markdown as the viewer reads them."""
    app.add_template_filter(day_text, "day")
    app.add_template_filter(instant_text, "instant")
    app.add_template_filter(lambda value: format_timedelta(value, granularity="minute"), "duration")
    app.add_template_filter(lambda text: Markup(render_markdown(text)), "markdown")  # noqa: S704 - cleaned by nh3
    app.add_template_filter(lambda value: format_decimal(round(value, 1)), "decimal")
    app.add_template_filter(format_money, "money")
    app.jinja_env.globals.update(
        each_url=each_url,
        navigation=navigation,
        language_tag=language_tag,
        get_locale=get_locale,
        locales=LOCALES,
        viewer=lambda: g.get("person"),
        settings=lambda: current_app.extensions["settings"],
    )
