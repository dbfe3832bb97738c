"""Files in: uploaded, read by the same checks as everywhere, with a row of the ledger each."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, File, Form, Header, Request, UploadFile
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from fitintel.api.pages import Cursor, Limit, Page, page_of
from fitintel.api.plain import plain
from fitintel.api.rest.jobs import Job, described
from fitintel.api.who import SURFACE, Bench, workbench_of
from fitintel.core.errors import UsageError
from fitintel.ingest.report import ImportReport
from fitintel.workbench.door import Workbench
from fitintel.workbench.jobs import begin, work

router = APIRouter(prefix="/athletes/{athlete_id}", tags=["imports"])
CHUNK = 1024 * 1024
ASYNC = "respond-async"
"""of RFC 7240: the answer may come before the work is done"""
FILES = 50
"""files of one upload"""


class Report(BaseModel):
    """What became of a file: every row is counted once."""

    id: str
    file: str
    outcome: str
    source: str
    read: int
    imported: int
    warned: int
    duplicate: int
    quarantined: int
    error: str = ""
    """why the whole file waits in quarantine"""
    said: str
    """the same in words"""
    problems: list[dict[str, Any]]


@router.post(
    "/imports", status_code=201, response_model=list[Report],
    responses={202: {"model": Job, "description": "It goes on; `Location` says how far (`Prefer: respond-async`)."}},
)  # fmt: skip
def upload(
    athlete_id: str, bench: Bench, request: Request, later: BackgroundTasks,
    files: Annotated[list[UploadFile], File(max_length=FILES)],
    date_order: Annotated[str | None, Form(description="dmy or mdy, where a table's dates could be both.")] = None,
    prefer: Annotated[str, Header(max_length=100, description="respond-async: answer before it is done.")] = "",
) -> Any:  # fmt: skip
    """Take in up to 50 files; each ends imported, with a warning, as a duplicate, or in quarantine with its reason."""
    if len(files) > FILES:
        raise UsageError(f"An upload has at most {FILES} files, not {len(files)}", next="send the others after it")
    options: dict[str, Any] = {"date_order": date_order} if date_order else {}
    folder = tempfile.TemporaryDirectory(prefix="fitintel-upload-")
    if ASYNC not in prefer.replace(" ", "").lower().split(","):
        with folder:
            return _take_in(bench, files, Path(folder.name), athlete_id, options)
    job = begin(bench, bench.athlete(athlete_id).id)
    paths = _all_kept(files, Path(folder.name))
    # rights are asked for anew while it goes on: the request is over
    alone = workbench_of(request, bench.actor, SURFACE, bench.why, None)

    def go_on() -> None:
        with folder:
            work(alone, job, lambda tell: [
                report_of(one).model_dump(mode="json")
                for one in alone.import_files(paths, athlete_id=athlete_id, progress=tell, **options)
            ])  # fmt: skip

    later.add_task(go_on)
    headers = {"location": f"/api/v1/jobs/{job.id}", "preference-applied": ASYNC}
    return JSONResponse(described(job).model_dump(mode="json"), 202, headers, background=later)


@router.get("/imports")
def imports(athlete_id: str, bench: Bench, limit: Limit = 50, cursor: Cursor = None) -> Page[dict[str, Any]]:
    """The ledger: one row a file, oldest first."""
    found = bench.import_records(athlete_id)
    items, following = page_of(found, lambda one: [one.at.isoformat(), one.id], limit, cursor)
    return Page(items=[plain(one) for one in items], next=following)


@router.get("/quarantine")
def quarantine(athlete_id: str, bench: Bench, limit: Limit = 50, cursor: Cursor = None) -> Page[dict[str, Any]]:
    """Rows and files that wait to be mended, with rule, place and reason."""
    found = bench.quarantine(bench.athlete(athlete_id).id)
    items, following = page_of(found, lambda one: [one.import_id, one.row, one.column, one.id], limit, cursor)
    return Page(items=[plain(one) for one in items], next=following)


def report_of(report: ImportReport) -> Report:
    """What became of a file."""
    from fitintel.views.imports import import_text

    record = report.record
    return Report(
        id=record.id, file=record.file_name, outcome=record.outcome.value, source=record.source, read=record.read,
        imported=record.imported, warned=record.warned, duplicate=record.duplicate, quarantined=record.quarantined,
        error=str(report.error) if report.error else "", said=import_text(report),
        problems=[plain(one) for one in report.problems],
    )  # fmt: skip


def _take_in(
    bench: Workbench, files: list[UploadFile], folder: Path, athlete_id: str, options: dict[str, Any]
) -> list[Report]:
    paths = _all_kept(files, folder)
    return [report_of(one) for one in bench.import_files(paths, athlete_id=athlete_id, **options)]


def _all_kept(files: list[UploadFile], folder: Path) -> list[Path]:
    return [_kept(one, folder / str(place)) for place, one in enumerate(files)]


def _kept(one: UploadFile, folder: Path) -> Path:
    """The upload as a file of its own folder: two may have one name, and none leaves the folder."""
    name = PurePosixPath((one.filename or "").replace("\\", "/")).name.replace("\0", "")
    folder.mkdir()
    path = folder / (name if name not in ("", ".", "..") else "upload")
    with path.open("wb") as out:
        while part := one.file.read(CHUNK):
            out.write(part)
    return path
