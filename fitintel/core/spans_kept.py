"""Spans by OpenTelemetry, as lines of JSON in a folder: one file a day, kept for a week."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from fitintel.core.spans import attributes

DAYS = 7
"""d that files of spans are kept"""


class Lines(SpanExporter):
    """Each span is one line, added with one write: processes share a file and no line is torn."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._day = folder, ""

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Add them; a disk that is full costs spans, never the work that they are about."""
        try:
            file = os.open(self._today(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(file, b"".join(map(line, spans)))
            finally:
                os.close(file)
        except OSError:
            return SpanExportResult.FAILURE
        return SpanExportResult.SUCCESS

    def _today(self) -> Path:
        day = datetime.now(UTC).date().isoformat()
        if day != self._day:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for old in sorted(self._folder.glob("spans-*.jsonl"))[:-DAYS]:
                old.unlink(missing_ok=True)
            self._day = day
        return self._folder / f"spans-{day}.jsonl"


def line(one: ReadableSpan) -> bytes:
    """A span as it is kept: times in ns since 1970-01-01 UTC."""
    at = one.get_span_context()
    return json.dumps({
        "trace": trace.format_trace_id(at.trace_id) if at else "",
        "span": trace.format_span_id(at.span_id) if at else "",
        "parent": trace.format_span_id(one.parent.span_id) if one.parent else None, "name": one.name,
        "begun": one.start_time, "ended": one.end_time, "failed": not one.status.is_ok,
        **attributes(one.attributes or {}),
    }).encode() + b"\n"  # fmt: skip


@contextmanager
def opened(folder: str, name: str, parent: str | None, held: dict[str, str | int]) -> Iterator[None]:
    """A span around the block, with what `held` says at its end."""
    context = TraceContextTextMapPropagator().extract({"traceparent": parent}) if parent else None
    # a message may hold what a person wrote; the kind of the error is enough
    with tracer(folder).start_as_current_span(name, context, record_exception=False,
                                              set_status_on_exception=False) as one:  # fmt: skip
        try:
            yield
        except BaseException as error:
            one.set_status(trace.StatusCode.ERROR, type(error).__name__)
            held["error"] = type(error).__name__
            raise
        finally:
            one.set_attributes({**held})


def current_trace() -> str:
    """Of the span that is open here; empty where there is none."""
    at = trace.get_current_span().get_span_context()
    return trace.format_trace_id(at.trace_id) if at.is_valid else ""


@cache
def tracer(folder: str) -> Tracer:
    """One for each folder; not OpenTelemetry's own global one, which cannot be set twice."""
    made = TracerProvider(shutdown_on_exit=False)
    made.add_span_processor(SimpleSpanProcessor(Lines(Path(folder))))
    return made.get_tracer("fitintel")
