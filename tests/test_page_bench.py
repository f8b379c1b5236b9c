"""``make bench-page`` asks as the page does: its own test, since nobody runs it every day."""

import httpx

from tests.browser import BROWSER, served
from tests.page_server import answering, session

_, pytestmark = BROWSER


def test_a_session_of_the_bench_is_answered() -> None:
    with served(answering(0)) as address:
        french = {"accept-language": "fr"}
        with httpx.Client(base_url=address, headers=french, timeout=60) as client:
            session(client)
