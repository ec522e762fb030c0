import contextlib
import http.client
import socket

from sqlalchemy import Engine

from base.clock import now_ms
from people.live import new_link
from tests.factories import SLUG
from tests.phones import HOST, Answer, Desk, record
from tests.serving import Served


def test_nothing_the_server_prints_holds_a_key_a_token_or_a_name(
    served: Served, far_desk: Desk, engine: Engine
) -> None:
    far_desk.start()
    phone, marshal, keys = far_desk.phone("1"), far_desk.marshal("33"), far_desk.keys
    link = new_link(engine, now_ms())
    for path in (f"/T/{keys.card('1')}", f"/C/{keys.sign('31')}", f"/M/{keys.station('33')}", link, "/C/%00%ff"):
        served.line.ask("GET", path)
        served.line.ask("POST", path, b"x" * 10)
    phone.punch("31")
    phone.get(f"/api/v1/play?token={phone.token}")
    marshal.station()
    served.line.ask("POST", "/api/v1/join", {"key": keys.card("2")})
    served.line.ask("GET", f"/r/{SLUG}/live?key={keys.card('3')}")
    served.stop()
    log = served.said()
    secrets = [keys.card(entry) for entry in "123"] + [keys.sign("31"), keys.station("33")]
    secrets += [phone.token, marshal.token, far_desk.token, link.rpartition("/")[2], "白鹭", "13800000001"]
    assert [secret for secret in secrets if secret in log] == []
    assert "Traceback" not in log


def raw(port: int, *pieces: bytes) -> Answer:
    """Send bytes as they are and return the answer."""
    with socket.create_connection((HOST, port), timeout=20) as line:
        with contextlib.suppress(OSError):  # who is refused early is hung up on
            for piece in pieces:
                line.sendall(piece)
        response = http.client.HTTPResponse(line)
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers, response.read())


CLIMBING = (
    "/static/../app.py",
    "/static/..%2fapp.py",
    "/static/%2e%2e/%2e%2e/etc/passwd",
    "/static//etc/passwd",
    "/static/..\\app.py",
    "/static/build/../../server.py",
    "/static/%00",
    "/r/../../etc/passwd",
    "/r/%2e%2e/map",
    "/organize/../static/../app.py",
    "//evil.example/",
    "/C/..%2f..%2fetc%2fpasswd",
)


def test_a_path_that_climbs_finds_nothing(served: Served) -> None:
    for path in CLIMBING:
        answer = raw(served.port, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert answer.status in {200, 302, 308, 404, 400}, path
        assert b"root:" not in answer.body, path
        assert b"create_app" not in answer.body, path
        if answer.status in {302, 308}:
            assert not answer.headers["location"].startswith(("//", "http://evil")), path


def test_a_huge_upload_is_refused_before_it_is_read(served: Served, far_desk: Desk) -> None:
    head = (
        f"POST /api/v1/facts HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {far_desk.phone('1').token}\r\nContent-Length: {1 << 40}\r\n\r\n"
    )
    answer = raw(served.port, head.encode(), b"{" + b" " * 300_000)
    assert answer.status == 413
    assert served.line.ask("GET", "/healthz").status == 200


def test_a_huge_upload_in_pieces_of_unknown_length_is_refused(served: Served, far_desk: Desk) -> None:
    head = (
        f"POST /api/v1/facts HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {far_desk.phone('1').token}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    answer = raw(served.port, head.encode(), *[piece] * 8, b"0\r\n\r\n")
    assert answer.status in {400, 413}
    assert served.line.ask("GET", "/healthz").status == 200


def test_a_form_of_many_megabytes_is_refused(served: Served) -> None:
    body = b"code=" + b"a" * (33 << 20)
    head = (
        f"POST /go HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    assert raw(served.port, head.encode(), body).status == 413


def test_a_record_over_a_socket_counts_as_over_the_test_client(far_desk: Desk) -> None:
    far_desk.start()
    phone = far_desk.phone("1")
    scan = record("punch", key=phone.keys.sign("31"))
    assert [phone.report(scan)[0]["verdict"] for _ in range(2)] == ["accepted", "accepted"]
