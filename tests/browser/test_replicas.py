"""Replicas come and go: the balancer learns of them from the name server, and compose.yaml starts what it expects."""

import re
from pathlib import Path

from tests.browser.launch import ROOT
from tests.browser.replicas import CONFIGURATION, HOSTS, cookies_of, hosted
from tests.browser.tab import Tab
from tests.deadline import wait_until


def test_a_replica_that_comes_is_given_visitors_and_one_that_goes_is_left_without_loss(tmp_path: Path) -> None:
    known = [HOSTS[0]]
    with hosted(tmp_path, known) as (base, replicas):
        first = Tab(base)
        first.open("x=0,1_1,7&y=0_1&seed=7")
        known.append(HOSTS[1])
        wait_until(lambda: cookies_of(base) == 2, "The second replica is given visitors")
        second = Tab(base)
        second.open("seed=5")
        assert second.cookie != first.cookie
        known.remove(HOSTS[0])
        replicas[0].kill()
        wait_until(lambda: cookies_of(base) == 1, "The first replica is given none")
        before = first.address
        first.reconnect()
        assert (first.address, first.cookie) == (before, second.cookie)
        assert [first.wrong, second.wrong] == [[], []]
        first.leave()
        second.leave()


def test_compose_starts_what_the_balancer_expects() -> None:
    """Its words are read as they are: no Docker is needed to see that the two files speak of the same."""
    compose, balancer = (ROOT / "deploy/compose.yaml").read_text(), CONFIGURATION.read_text()
    services = re.findall(r"(?m)^  (\w+):$", compose)
    assert services == ["page", "balancer"]
    assert set(re.findall(r"server-template page \d+ (\w+):8501", balancer)) == {"page"}
    (port,) = re.findall(r"(?m)^    bind :(\d+)", balancer)
    assert f'"{port}:{port}"' in compose
    for build, name in re.findall(r"context: (\S+)\n +dockerfile: (\S+)", compose):
        assert ((ROOT / "deploy" / build).resolve() / name).is_file()
    (mounted,) = re.findall(r"- (\./\S+):/usr/local/etc/haproxy/haproxy.cfg:ro", compose)
    assert (ROOT / "deploy" / mounted).resolve() == CONFIGURATION
