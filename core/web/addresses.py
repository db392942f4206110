"""Absolute addresses, the same inside a request and in a background job."""

from typing import Any

from flask import current_app, has_request_context, url_for

from core.settings import Settings


def absolute_url(endpoint: str, **values: Any) -> str:
    """The address of an endpoint under TRILHA_BASE_URL, whatever Host a request claimed."""
    settings: Settings = current_app.extensions["settings"]
    if has_request_context():
        return settings.base_url + url_for(endpoint, **values, _external=False)
    with current_app.test_request_context(base_url=settings.base_url):
        return settings.base_url + url_for(endpoint, **values, _external=False)
