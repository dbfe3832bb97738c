"""NET-03 to NET-08 and GQL-01 to GQL-04: requests that nobody sends in good faith, and what they are answered with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

V1 = "/api/v1"
REFUSED = (400, 413, 415, 422)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and what it may be answered with."""

    statuses: tuple[int, ...]
    method: str = "GET"
    path: str = f"{V1}/athletes/anna"
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    """of these `authorization` takes the place of anna's token"""
    says: str = ""
    """that the answer must hold"""
    silent: str = ""
    """that it must not hold"""
    variant: str = ""


def net_03() -> Iterator[Asked]:
    many = "bytes=" + ",".join(["0-"] * 10_000)
    yield Asked((200, 400, 416, 431), path=f"{V1}/athletes/anna/export", headers={"range": many[:16_000]})


def _multipart(parts: bytes, variant: str) -> Asked:
    return Asked(REFUSED, "POST", f"{V1}/athletes/anna/imports", parts,
                 {"content-type": "multipart/form-data; boundary=b"}, variant=variant)  # fmt: skip


def net_04() -> Iterator[Asked]:
    part = b'--b\r\ncontent-disposition: form-data; name="files"; filename="a.csv"\r\n\r\n\r\n'
    yield _multipart(part * 100_000 + b"--b--\r\n", "parts")
    yield _multipart(
        b"--b\r\ncontent-disposition: form-data; name=" + b"x" * 1_000_000 + b"\r\n\r\n\r\n--b--", "header"
    )
    yield _multipart(b'--b\r\ncontent-disposition: form-data; name="files"\r\n\r\n' + b"x" * 5_000_000 + b"\r\n--b--",
                     "field")  # fmt: skip
    yield _multipart(b"x" * 5_000_000, "preamble")


def net_05() -> Iterator[Asked]:
    head = "eyJhbGciOiJub25lIn0"
    for variant, token in {"none": f"{head}.eyJzdWIiOiJhbm5hIn0.", "unsigned": f"{head}.eyJzdWIiOiJhbm5hIn0",
                           "kid": "eyJraWQiOiIuLi8uLi9kZXYvbnVsbCJ9.e30.x", "other": "fia_" + "A" * 43,
                           "refresh": "fir_" + "A" * 43, "long": "x" * 60_000, "empty": ""}.items():  # fmt: skip
        yield Asked((401, 431), headers={"authorization": f"Bearer {token}"}, silent="Traceback", variant=variant)


def net_07() -> Iterator[Asked]:
    for name in ("x-forwarded-for", "x-remote-user", "x-fitintel-user", "x-forwarded-user", "forwarded"):
        yield Asked((404,), path=f"{V1}/athletes/bob", headers={name: "bob"}, variant=name)
        yield Asked((401,), headers={name: "127.0.0.1", "authorization": ""}, variant=f"{name}-alone")


def net_08() -> Iterator[Asked]:
    for path in (f"/{V1}/athletes/bob", "/api/%2e%2e/admin", "/api;x=1", f"{V1}/athletes/bob%00",
                 f"{V1}/athletes/%c0%ae", "/static../etc/passwd", f"{V1}/athletes/bob.", f"{V1}/athletes/..%2fbob",
                 f"{V1}/athletes/anna/../bob/workouts"):  # fmt: skip
        yield Asked((400, 404, 422), path=path, silent="BOBS", variant=path.replace("/", "|"))


def _query(query: str, variant: str, statuses: tuple[int, ...] = (400,), says: str = "", silent: str = "") -> Asked:
    body = json.dumps({"query": query}).encode()
    return Asked(statuses, "POST", f"{V1}/graphql", body, {"content-type": "application/json"}, says, silent, variant)


def gql_01() -> Iterator[Asked]:
    deep = "run { algorithm { id " * 25
    yield _query("{ athletes { items { brief { sections { lines { " + deep + "} }" * 25 + " } } } } } }", "depth")
    yield _query("{ " + " ".join(f'a{n}: athlete(id: "anna") {{ id }}' for n in range(1000)) + " }", "aliases")
    spread = " ".join(f"...f{n % 50}" for n in range(1000))
    fragments = " ".join(f'fragment f{n} on Query {{ a: athlete(id: "anna") {{ id }} }}' for n in range(50))
    yield _query("{ " + spread + " } " + fragments, "fragments")
    yield _query('{ athlete(id: "anna") { ' + "id " * 5000 + "} }", "duplicates")
    yield _query("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", "circle")
    yield _query("{ " + "athletes { next } " * 4000 + "}", "tokens")
    batch = json.dumps([{"query": "{ athletes { next } }"}] * 500).encode()
    yield Asked((400,), "POST", f"{V1}/graphql", batch, {"content-type": "application/json"}, variant="batch")


def gql_02() -> Iterator[Asked]:
    yield _query("{ __schema { types { name } } }", "introspection", silent="AthletePage")
    yield _query("{ athlets { next } }", "suggestion", silent="Did you mean")
    yield _query('{ athlete(id: "anna") { nam } }', "field", silent="Did you mean")


def gql_03() -> Iterator[Asked]:
    said = 'mutation { answer(athleteId: "anna", key: "k", action: "dismiss") }'
    yield Asked((400, 404, 405), path=f"{V1}/graphql?query=mutation%7B__typename%7D", variant="get")
    for kind, body in {"application/x-www-form-urlencoded": f"query={said}", "text/plain": json.dumps({"query": said}),
                       "multipart/form-data; boundary=b": f"--b\r\n\r\n{said}\r\n--b--"}.items():  # fmt: skip
        yield Asked((400, 415), "POST", f"{V1}/graphql", body.encode(), {"content-type": kind}, variant=kind[:9])


def gql_04() -> Iterator[Asked]:
    for other in ("bob", "nobody"):
        yield _query(f'{{ athlete(id: "{other}") {{ name workouts {{ items }} }} }}', other, (200,),
                     '{"data":{"athlete":null}}')  # fmt: skip
    yield _query('{ athlete(id: "anna") { coach { athletes { email } } } }', "nested")
    yield _query('{ athletes(filter: "notes") { next } }', "filter")
    for first in (-1, 0, 201, 10**9):
        yield _query(f'{{ athlete(id: "anna") {{ workouts(first: {first}) {{ next }} }} }}', str(first), (200, 400),
                     "A page has" if first < 2**31 else "", "BOBS")  # fmt: skip


def man_08() -> Iterator[Asked]:
    remark = b'{"text": "forged"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        yield Asked((400, 415, 422), "POST", f"{V1}/athletes/anna/comments", remark, {"content-type": kind},
                    variant=kind or "none")  # fmt: skip
    yield Asked((401,), "POST", f"{V1}/athletes/anna/comments", remark,
                {"content-type": "application/json", "authorization": "", "cookie": "session=fia_x", "origin": "null"},
                variant="cookie")  # fmt: skip
