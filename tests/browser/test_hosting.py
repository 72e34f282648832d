"""The hosted link: two replicas behind HAProxy, killed and restarted while visitors work, who lose nothing."""

import http.client
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from itertools import islice
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, Page, expect
from websockets.exceptions import ConnectionClosedError

from pages.state.url import LONGEST_URL
from tests.benchmarks.hostile import links, status, wrong
from tests.browser.canvases import network_texts
from tests.browser.hosting import got, knock, sessions, shout, trainings
from tests.browser.playground import (
    assert_none,
    click_cell,
    edited_cells,
    expect_query,
    query,
    type_cell,
    wait_for_stage,
)
from tests.browser.replicas import Replica, hosted
from tests.browser.stillness import a_run, wait_for
from tests.browser.tab import Tab
from tests.deadline import wait_until

Hosted = tuple[str, list[Replica]]
MEGABYTE = 2**20
PASTED = [["0", "0", "1", "0"], ["1", "1", "1", "1"], ["1", "0", "1", "1"], ["1", "0", "0", "1"], ["0", "1", "0", "0"]]


@pytest.fixture(scope="module")
def hosting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosted(tmp_path_factory.mktemp("host")) as found:
        yield found


@pytest.fixture
def host(hosting: Hosted) -> Hosted:
    """The link with both its replicas up, also after a test that failed while one was down."""
    for replica in hosting[1]:
        if not replica.is_up:
            replica.start()
            replica.wait()
    return hosting


def test_a_server_that_says_it_is_healthy_has_run_the_page(host: Hosted) -> None:
    assert (sessions(host[1][0]), trainings(host[1][0])) == (0, 1)


def test_a_class_that_opens_one_link_at_once_has_it_trained_once(host: Hosted) -> None:
    _, (_, b) = host
    tabs = [Tab(b.base) for _ in range(35)]
    before = trainings(b)
    with ThreadPoolExecutor(len(tabs)) as together:
        list(together.map(lambda tab: tab.open("x=0,1_1,0.25&y=0_1&seed=1"), tabs))
    assert trainings(b) == before + 1
    assert [tab.wrong for tab in tabs] == len(tabs) * [[]]
    for tab in tabs:
        tab.leave()


def test_counts_are_for_the_host_alone(host: Hosted) -> None:
    for path in ("_stcore/metrics", "metrics"):
        with pytest.raises(HTTPError, match="403") as refused:
            got(f"{host[0]}/{path}")
        refused.value.close()


def test_the_front_end_arrives_compressed_and_replicas_send_it_once(host: Hosted) -> None:
    base, _ = host
    with got(base) as page:
        script = page.read().decode().partition('src="./')[2].partition('"')[0]
    sizes = {}
    for encoding in ("gzip", "identity"):
        with got(f"{base}/{script}", **{"Accept-Encoding": encoding}) as answer:
            sizes[encoding] = len(answer.read())
    assert sizes["gzip"] < 0.5 * sizes["identity"]
    for replica in host[1]:
        replica.pause()
    try:
        with got(f"{base}/{script}") as answer:
            assert len(answer.read()) == sizes["identity"]
    finally:
        for replica in host[1]:
            replica.resume()


def test_the_longest_link_arrives(host: Hosted) -> None:
    with got(f"{host[0]}/?{'x' * LONGEST_URL}") as answer:
        assert answer.status == 200


def test_every_tab_keeps_its_replica_and_its_experiment_when_one_is_killed(host: Hosted) -> None:
    base, (a, _) = host
    tabs = [Tab(base) for _ in range(6)]
    for seed, tab in enumerate(tabs, 2):
        tab.open(f"x=0,1_1,{seed}&y=0_1&seed={seed}")
    addresses, cookies = [tab.address for tab in tabs], [tab.cookie for tab in tabs]
    assert sorted(Counter(cookies).values()) == [3, 3]
    for tab in tabs:
        tab.reconnect()
    assert [tab.cookie for tab in tabs] == cookies
    a.kill()
    for tab in tabs:
        tab.reconnect()
        tab.leave()
    assert len({tab.cookie for tab in tabs}) == 1
    assert [tab.address for tab in tabs] == addresses
    assert [tab.wrong for tab in tabs] == 6 * [[]]
    a.start()
    a.wait()


def test_a_browser_goes_on_when_its_replica_is_killed_and_when_all_are_started_again(
    browser: Browser, host: Hosted
) -> None:
    base, replicas = host
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(f"{base}/about?seed=7")
        expect(page.get_by_role("heading", name="About Glassbox")).to_be_visible()
        assert_none(page, page.get_by_role("dialog"))
        page.get_by_role("link", name="Playground").click()
        wait_for_stage(page)
        page.evaluate("navigator.clipboard.writeText('1\\t0\\t0\\t1\\n0\\t1\\t0\\t0')")
        click_cell(page, 3, 0)
        page.keyboard.press("Control+v")
        expect_query(page, "x=0,0,1_1,1,1_1,0,1_1,0,0_0,1,0")
        before = expect_experiment(page)
        wait_until(lambda: sum(map(sessions, replicas)) == 1, "The tabs of other tests are gone")
        (its,) = [replica for replica in replicas if sessions(replica)]
        with page.expect_websocket():
            its.kill()
        assert expect_experiment(page) == before
        for replica in replicas:
            replica.kill()
        app = page.get_by_test_id("stApp")
        expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
        assert expect_experiment(page) == before
        with a_run(page):  # as soon as it is connected again
            for replica in replicas:
                replica.start()
            expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
        assert expect_experiment(page) == before
        type_cell(page, 0, 1, "0.5")
        expect_query(page, "x=0,0.5,1_1,1,1_1,0,1_1,0,0_0,1,0")
        assert_none(page, page.get_by_test_id("stException"), page.get_by_role("dialog"))


def expect_experiment(page: Page) -> tuple[str, list[str]]:
    """Wait for the charts and the pasted table: the address, and the weights in the drawing."""
    wait_for_stage(page)
    wait_for(page, lambda: edited_cells(page), PASTED)
    return query(page), network_texts(page)


def test_damaged_links_show_no_error_and_leave_none_in_the_log(host: Hosted) -> None:
    _, (a, _) = host
    assert [link for link in islice(links(1), 200) if status(a.port, *link) >= 500] == []
    assert [(link, found) for link in islice(links(2), 15) if (found := wrong(a, *link))] == []
    assert "Traceback" not in a.said()


def test_an_upload_of_200_megabytes_is_refused(host: Hosted) -> None:
    _, (a, _) = host
    tab = Tab(a.base)
    tab.open("")
    headers = {"Content-Type": "multipart/form-data; boundary=-"}
    head = b'---\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
    for length in ({"Content-Length": str(200 * MEGABYTE)}, {"Transfer-Encoding": "chunked"}):
        connection = http.client.HTTPConnection("127.0.0.1", a.port, timeout=10)
        parts = iter([head, *(200 * [b"1" * MEGABYTE])])
        with suppress(OSError):  # the server may hang up on the rest
            connection.request(
                "PUT",
                f"/_stcore/upload_file/{tab.session}/f",
                parts,
                headers | length,
                encode_chunked="Transfer-Encoding" in length,
            )
        assert connection.getresponse().status == 413
        connection.close()
    assert a.megabytes() < 400
    tab.leave()


def test_a_flood_of_websockets_is_refused_and_ends_with_its_visitors(host: Hosted) -> None:
    _, (a, _) = host
    with ExitStack() as crowd:
        seated = -1
        answer = b" 101 "
        while b" 101 " in answer and seated < 1000:
            visitor, answer = knock(a.port)
            crowd.enter_context(visitor)
            seated += 1
        assert b" 403 " in answer
        assert 200 <= seated <= 250  # four classes have a seat
        assert a.megabytes() < 400
    tab = Tab(a.base)
    tab.open("seed=5")
    assert tab.address == "seed=5"
    with pytest.raises(ConnectionClosedError):  # too big a message
        shout(tab, 11 * MEGABYTE)
    tab.leave()
