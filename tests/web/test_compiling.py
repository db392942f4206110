"""Templates as Python: fixed texts are looked up at once and everything else is escaped as ever, in pages and in plain texts."""

import pytest
from flask import Flask
from flask.ctx import RequestContext
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from core.web.i18n import force_locale


def _rendered(app: Flask, source: str, *, name: str = "one.html", **given: object) -> str:
    templates = app.jinja_env.overlay(loader=DictLoader({name: source}))
    assert isinstance(templates, Environment)
    return templates.get_template(name).render(**given)


@pytest.fixture
def request_context(app: Flask) -> RequestContext:
    return app.test_request_context("/")


def test_a_fixed_text_is_said_in_the_language_being_spoken(app: Flask, request_context: RequestContext) -> None:
    source = "{{ _('Save') }}{% for each in (1, 2) %}{{ _('Save') }}{% endfor %}{% set word = _('Save') %}{{ word }}"
    with request_context:
        assert _rendered(app, source) == "Save" * 4
        with force_locale("pt_BR"):
            assert _rendered(app, source) == "Salvar" * 4
        assert _rendered(app, source) == "Save" * 4


def test_what_is_not_fixed_is_filled_in_and_escaped(app: Flask, request_context: RequestContext) -> None:
    evil = "<script>&"
    with request_context:
        assert _rendered(app, "{{ evil }}|{{ _(evil) }}", evil=evil).startswith("&lt;script&gt;&amp;|")
        assert _rendered(app, "{{ _('Screen %(name)s', name=evil) }}", evil=evil) == "Screen &lt;script&gt;&amp;"
        assert _rendered(app, "{{ evil }}", evil=Markup("<b>ours</b>")) == "<b>ours</b>"
        assert _rendered(app, "{{ 1 }}{{ none }}") == "1None"


def test_a_part_that_does_not_escape_keeps_what_it_is_given(app: Flask, request_context: RequestContext) -> None:
    with request_context:
        assert _rendered(app, "{{ evil }} {{ _('Save') }}", name="one.txt", evil="<a&b>") == "<a&b> Save"
        assert _rendered(app, "{% autoescape false %}{{ evil }} {{ _('Save') }}{% endautoescape %}{{ evil }}", evil="<") == "< Save&lt;"
        assert _rendered(app, "{% autoescape off %}{{ evil }}{% endautoescape %}", off=False, evil="<") == "<"


def test_a_doubled_percent_sign_in_a_fixed_text_is_shown_once(app: Flask, request_context: RequestContext) -> None:
    with request_context:
        assert _rendered(app, "{{ _('70 %% of all') }}") == "70 % of all"
