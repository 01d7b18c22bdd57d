"""Requests, timed: a few clients that each keep a connection, and what their waiting amounts to."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

CLIENTS = 2
TIMEOUT = 30


@dataclass(frozen=True)
class Request:
    """One request of a signed-in person; with a form it is a POST."""

    path: str
    session: str
    form: dict[str, str] | None = None


@dataclass
class Timings:
    """What one kind of request took."""

    seconds: list[float] = field(default_factory=list)
    wall: float = 0.0

    @property
    def median(self) -> float:
        return 1000 * statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return 1000 * statistics.quantiles(self.seconds, n=20)[18]

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.wall


class Client(threading.Thread):
    """Sends its requests one after the other over one connection."""

    def __init__(self, port: int, requests: list[Request], expect: int) -> None:
        super().__init__(daemon=True)
        self.port, self.requests, self.expect = port, requests, expect
        self.seconds: list[float] = []
        self.failure: str = ""

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        for request in self.requests:
            begun = time.perf_counter()
            status = send(connection, request)
            self.seconds.append(time.perf_counter() - begun)
            if status != self.expect:
                self.failure = f"{request.path} answered {status}, not {self.expect}"
                break
        connection.close()


def send(connection: http.client.HTTPConnection, request: Request) -> int:
    """One request and its whole response; the status."""
    headers = {"Cookie": f"sessionid={request.session}; csrftoken={'c' * 32}", "Accept-Encoding": "identity"}
    if request.form is None:
        connection.request("GET", request.path, headers=headers)
    else:
        body = urlencode({"csrfmiddlewaretoken": "c" * 32, **request.form})
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST", request.path, body=body, headers=headers)
    response = connection.getresponse()
    response.read()
    return response.status


def burst(port: int, requests: list[Request], expect: int, into: Timings) -> None:
    """A burst of requests shared among the clients; its times are added to those so far."""
    clients = [Client(port, requests[n::CLIENTS], expect) for n in range(CLIENTS)]
    begun = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    into.wall += time.perf_counter() - begun
    for client in clients:
        if client.failure:
            raise SystemExit(client.failure)
        into.seconds += client.seconds


def interleaved(
    port: int,
    kinds: dict[str, tuple[Iterator[Request], int]],
    floor: Callable[[], Request],
    *,
    rounds: int,
    size: int,
) -> dict[str, tuple[Timings, Timings]]:
    """Bursts of each kind, each with a burst of the floor beside it, round after round.

    The machine's speed drifts, so a ratio is taken only of what ran next to each other.
    """
    results = {name: (Timings(), Timings()) for name in kinds}
    for turn in range(rounds):
        for name, (requests, expect) in kinds.items():
            mine, beside = results[name] if turn else (Timings(), Timings())  # the first round warms up
            burst(port, [next(requests) for _ in range(size)], expect, mine)
            burst(port, [floor() for _ in range(size)], 200, beside)
    return results
