"""Waiting on this machine for the browser to come back from a service."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, HTTPServer

from fitintel.core.errors import UsageError

PAGE = b"<!doctype html><meta charset=utf-8><title>fitintel</title><p>Done. You can close this page."
SECONDS = 600.0


def redirected(port: int, seconds: float = SECONDS) -> str:
    """The address with which a browser comes to a port of this machine; only loopback is listened on.

    Raises UsageError when the port is taken, or nobody comes.
    """
    import time

    came: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # a browser also asks for an icon
            if "state=" in self.path:
                came.append(f"http://localhost:{port}{self.path}")
            self.send_response(200 if came else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(PAGE if came else b"")

        def log_message(self, *_: object) -> None:
            # the address holds a code: it must not be printed
            pass

    try:
        server = HTTPServer(("127.0.0.1", port), Answer)
    except OSError as error:
        raise UsageError(f"Port {port} cannot be listened on", why=error.strerror,
                         next="choose another with --port, or use --paste") from error  # fmt: skip
    until = time.monotonic() + seconds
    with server:
        server.timeout = 1.0
        while not came:
            server.handle_request()
            if time.monotonic() > until:
                raise UsageError("Nobody came back", why=f"{seconds / 60:.0f} minutes have passed",
                                 next="begin again, or use --paste")  # fmt: skip
    return came[0]
