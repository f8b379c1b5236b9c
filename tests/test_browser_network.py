"""The page where the network takes what is sent, and gives nothing back."""

from playwright.sync_api import Browser, Request, Route, expect

from tests.browser import BROWSER, SLOW, Opener, ask

pytestmark = BROWSER


def stalled(route: Route) -> None:
    """Neither answered nor refused."""


def test_a_network_that_stalls_is_asked_once_at_a_time_and_told(open_page: Opener) -> None:
    page = open_page()
    page.route("**/healthz", stalled)
    open_now: list[Request] = []
    at_once: list[int] = []

    def begun(request: Request) -> None:
        if request.url.endswith("/healthz"):
            open_now.append(request)
            at_once.append(len(open_now))

    page.on("request", begun)
    page.on("requestfailed", lambda r: open_now.remove(r) if r in open_now else None)
    ask(page, SLOW)
    said = page.locator("#announcer p", has_text="La connexion avec le programme est perdue")
    expect(said.first).to_be_attached(timeout=30_000)
    # The first one that is missed is not told: a slow network misses one now and then.
    assert at_once == [1, 1]
    page.click("#stop")


def test_one_request_that_fails_is_not_told_as_a_lost_connection(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(locale="fr-FR")
    page.goto(address)
    page.route("**/healthz", lambda route: route.fulfill(status=200))
    page.route("**/healthz", lambda route: route.abort(), times=1)
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/healthz")):
        ask(page, SLOW)
    with page.expect_response("**/healthz"):
        pass
    expect(page.locator("#announcer")).not_to_contain_text("perdue")
    page.click("#stop")
    page.close()


def test_a_source_that_does_not_come_is_told_and_can_be_asked_for_again(open_page: Opener) -> None:
    page = open_page()
    page.wait_for_selector("#reader article")
    page.route("**/sources", stalled)
    link, reader = page.locator("#masthead a.document"), page.locator("#reader .reader-text")
    link.click()
    expect(reader).to_have_text("Le texte se charge…")
    expect(reader).to_contain_text("Vérifiez votre connexion", timeout=15_000)
    expect(reader).to_be_focused()
    page.unroute("**/sources")
    link.click()
    expect(reader.locator(".shelf")).to_be_visible()


def test_sources_that_hang_do_not_hold_up_the_one_that_is_opened_last(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    page.route("**/sources", stalled)
    given_up: list[str] = []
    page.on("requestfailed", lambda request: given_up.append(request.url))
    for _ in range(3):
        with page.expect_request("**/sources"):
            page.locator("#masthead a.document").click()
    page.locator("#current a.cite").first.click()
    expect(page.locator("#reader mark")).to_be_focused()
    page.wait_for_timeout(400)
    assert len(given_up) == 3
    expect(page.locator("#reader mark")).to_be_in_viewport()
