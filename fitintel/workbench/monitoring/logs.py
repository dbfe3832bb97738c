"""Logs of a process as lines of JSON, with nothing in them that is somebody's: redacted before a line is written."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping, MutableMapping
from typing import Any

from fitintel.core.spans import trace_id

SETTING = "FITINTEL_LOGS"
"""variable of the environment: `json` for lines of JSON"""
GONE = "[left out]"
NAMES = re.compile(
    r"authorization|cookie|passw|secret|token|api_?key|credential|session|note|comment|text|reason|e?mail|"
    r"name$|lat|lon|position|body|parameters|args", re.I)  # fmt: skip
"""names of values that are left out whatever they hold"""
PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"(?i)\b(?:bearer|basic)\s+\S+"), "[credential]"),
    (re.compile(r"(?i)\b(password|passwd|secret|token|key|code|note|comment)(\s*[=:]\s*)(?:\"[^\"]*\"|'[^']*'|\S+)"),
     r"\1\2" + GONE),
    (re.compile(r"\beyJ[\w-]+(?:\.[\w-]+)+"), "[token]"),
    (re.compile(r"://[^/\s:@]+:[^/\s@]+@"), "://" + GONE + "@"),
    (re.compile(r"-?\b\d{1,3}\.\d{3,}\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}\b"), "[position]"),
    # tokens, keys and digests: long, of letters and digits, and no word has that
    (re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{24,}\b"), "[token]"),
    # what was asked for may say anything; the route is enough
    (re.compile(r"(?<=\S)\?[^\s\"']+"), "?" + GONE),
)  # fmt: skip
"""what is left out wherever it stands in a text"""


def redacted(value: Any, name: str = "") -> Any:
    """A value without what is somebody's.

    >>> redacted("GET /x?day=1 by ann@example.org at 52.52001, 13.40495")
    'GET /x?[left out] by [e-mail] at [position]'
    >>> redacted({"token": "abc", "rows": 3})
    {'token': '[left out]', 'rows': 3}
    """
    if name and NAMES.search(name):
        return GONE
    if isinstance(value, Mapping):
        return {key: redacted(held, str(key)) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [redacted(one) for one in value]
    if isinstance(value, bool | int | float) or value is None:
        return value
    said = str(value)
    for pattern, instead in PATTERNS:
        said = pattern.sub(instead, said)
    return said


def install(stream: Any = None) -> None:
    """Write everything that is logged in this process as redacted JSON, if FITINTEL_LOGS asks for that."""
    if os.environ.get(SETTING) != "json":
        return
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for name in list(logging.Logger.manager.loggerDict):
        # servers bring handlers of their own, which would write the line as it is
        one = logging.getLogger(name)
        one.handlers, one.propagate = [], True
    # the gateway has a log of requests, without queries
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)


def formatter() -> logging.Formatter:
    """Of lines of JSON: time, level, logger, event, trace, and whatever was given, redacted last."""
    import structlog

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.ExtraAdder(), structlog.stdlib.add_logger_name],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True), structlog.processors.format_exc_info, _traced,
            _redacted, structlog.processors.JSONRenderer(),
        ],
    )  # fmt: skip


def _traced(_: Any, __: str, said: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if found := trace_id():
        said["trace"] = found
    return said


def _redacted(_: Any, __: str, said: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    ours = ("event", "level", "logger", "timestamp", "trace")
    return {name: held if name in ("level", "logger", "timestamp", "trace") else
            redacted(held, "" if name in ours else name) for name, held in said.items()}  # fmt: skip
