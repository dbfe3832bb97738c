"""A small organisation that vouches for people: OpenID Connect with real keys, and lies where a test wants them."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey

CLIENT, SECRET = "fitintel", "a secret between the two of them"


@dataclass
class Provider:
    """The organisation."""

    port: int = 0
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "k1"}))
    subject: str = "person-1"
    amr: tuple[str, ...] = ("pwd", "otp")
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    lie: Callable[[dict[str, Any]], None] = lambda claims: None
    """changes the claims of an ID token"""
    sign: Callable[[dict[str, Any]], str] | None = None
    """signs otherwise"""
    describe: dict[str, str] = field(default_factory=dict)
    """changes of its description"""
    asked: list[str] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def discovery(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        made = {name: f"{self.issuer}/{path}" for name, path in places.items()}
        return {"issuer": self.issuer, **made, **self.describe}

    def keys(self) -> dict[str, Any]:
        return KeySet([self.key]).as_dict(private=False)

    def authorise(self, address: str) -> str:
        """What a person does there: say yes. The address to which the browser is sent back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"], "iss": self.issuer})

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form.get("client_secret") != SECRET or form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        )
        if challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 300,
                  "nonce": asked["nonce"], "amr": list(self.amr)}  # fmt: skip
        self.lie(claims)
        signed = self.sign or (lambda said: jwt.encode({"alg": "ES256", "kid": "k1"}, said, self.key))
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": signed(claims)}


def with_the_clients_secret(claims: dict[str, Any]) -> str:
    """A signature that the client itself could have made."""
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))


def unsigned(claims: dict[str, Any]) -> str:
    """No signature at all."""
    parts = (json.dumps({"alg": "none"}), json.dumps(claims))
    return ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts) + "."


def with_another_key(claims: dict[str, Any]) -> str:
    """A key that says that it is the organisation's."""
    return jwt.encode({"alg": "ES256", "kid": "k1"}, claims, ECKey.generate_key("P-256", {"kid": "k1"}))


@contextmanager
def provider() -> Iterator[Provider]:
    """It answers until the block ends."""
    made = Provider()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            said = {"/.well-known/openid-configuration": made.discovery, "/keys": made.keys}.get(self.path)
            self._say(*((200, said()) if said else (404, {})))

        def do_POST(self) -> None:
            made.asked.append(self.path)
            text = self.rfile.read(int(self.headers["content-length"])).decode()
            self._say(*made.token({name: values[0] for name, values in parse_qs(text).items()}))

        def _say(self, status: int, said: dict[str, Any]) -> None:
            data = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        made.port = int(server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield made
        server.shutdown()
