"""Addresses: absolute ones, the same inside a request and in a background job, and those of many rows at once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import current_app, has_request_context, url_for

from core.settings import Settings

_NOBODY = UUID(int=0)


def absolute_url(endpoint: str, **values: Any) -> str:
    """The address of an endpoint under TRILHA_BASE_URL, whatever Host a request claimed."""
    settings: Settings = current_app.extensions["settings"]
    if has_request_context():
        return settings.base_url + url_for(endpoint, **values, _external=False)
    with current_app.test_request_context(base_url=settings.base_url):
        return settings.base_url + url_for(endpoint, **values, _external=False)


def each_url(endpoint: str, argument: str, **values: Any) -> Callable[[UUID], str]:
    """What gives an endpoint's address for one public id after the other. The address is built once: for the rows of a list."""
    wanted: dict[str, Any] = {argument: _NOBODY, **values}
    before, after = url_for(endpoint, **wanted).split(str(_NOBODY))
    return lambda public_id: f"{before}{public_id}{after}"
