"""A half filled in application survives a reload, and a connection that is gone for a while."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor


def test_what_was_typed_is_there_again_with_and_without_a_connection(visitor: Visitor) -> None:
    page = visitor.goto("/careers")
    page = visitor.goto(str(page.locator("main a[href^='/careers/']").first.get_attribute("href")) + "/apply")
    status = page.locator("[data-autosave]")
    page.fill("[name=name]", "Ana Teste")
    expect(status).to_have_text(re.compile("Saved at"))
    page.reload()
    expect(page.locator("[name=name]")).to_have_value("Ana Teste")
    page.context.route("**/apply/draft", lambda route: route.abort())
    page.fill("[name=cover_letter]", "Written without a connection")
    page.locator("main [type=radio]").first.check()
    expect(status).to_have_text(re.compile("Trying again"))
    page.reload()
    expect(page.locator("[name=cover_letter]")).to_have_value("Written without a connection")
    expect(page.locator("main [type=radio]").first).to_be_checked()
    page.context.unroute("**/apply/draft")
    expect(status).to_have_text(re.compile("Saved at"), timeout=10_000)
    assert page.evaluate("localStorage.getItem(Object.keys(localStorage).find(key => key.startsWith('typed:')))") is None
    assert all("Failed to load resource" in problem for problem in visitor.problems)
    visitor.problems.clear()  # the connection was gone on purpose
