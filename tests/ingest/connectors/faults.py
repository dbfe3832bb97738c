"""Ways in which a service goes wrong."""

from __future__ import annotations

import gzip
import socket
import struct
import time
import zlib
from collections.abc import Callable
from typing import Any

from tests.ingest.connectors.servers import Fault, Handler

PAGE = b"<!doctype html><html><title>Log in</title><form action=/login></form></html>"


def says(status: int, value: Any = b"", kind: str = "application/json", **headers: str) -> Fault:
    return lambda request: request.say(status, value, kind, **headers)


def login_page(request: Handler) -> None:
    request.say(200, PAGE, "text/html; charset=utf-8")


def no_content(request: Handler) -> None:
    request.send_response(204)
    request.end_headers()


def silence_after_headers(request: Handler) -> None:
    request.send_response(200)
    request.send_header("content-type", "application/json")
    request.send_header("content-length", "1000")
    request.end_headers()
    request.wfile.flush()
    time.sleep(3.0)


def reset(request: Handler) -> None:
    linger = struct.pack("ii", 1, 0)
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    request.connection.close()
    request.close_connection = True


def drip(request: Handler) -> None:
    """One byte at a time, each in time for the limit of a single read."""
    request.send_response(200)
    request.send_header("content-type", "application/json")
    request.send_header("content-length", "100000")
    request.end_headers()
    for _ in range(100):
        request.wfile.write(b" ")
        request.wfile.flush()
        time.sleep(0.1)


def drip_headers(request: Handler) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 200:
        request.connection.sendall(bytes([byte]))
        time.sleep(0.1)
    request.close_connection = True


def redirect(to: str) -> Fault:
    return lambda request: request.say(302, b"", location=to)


def bomb(request: Handler) -> None:
    """60 MB of blanks in 60 KB."""
    request.say(200, gzip.compress(b" " * 60_000_000), content_encoding="gzip")


def unasked_packing(request: Handler) -> None:
    request.say(200, zlib.compress(b"[]"), content_encoding="br")


def shorter_than_said(request: Handler) -> None:
    request.send_response(200)
    request.send_header("content-type", "application/json")
    request.send_header("content-length", "5000")
    request.end_headers()
    request.wfile.write(b"[]")
    request.close_connection = True


def endless(request: Handler) -> None:
    request.send_response(200)
    request.send_header("content-type", "application/json")
    request.send_header("transfer-encoding", "chunked")
    request.end_headers()
    chunk = b"[" * 65536
    for _ in range(200):
        request.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))


def truncated(whole: Callable[[], Any]) -> Fault:
    import json

    return lambda request: request.say(200, json.dumps(whole()).encode()[:-20])
