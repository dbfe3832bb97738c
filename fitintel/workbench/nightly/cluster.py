"""Work spread over a Dask cluster: one that is there already, by its address, or a small one on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any, TypeVar

from fitintel.core.errors import ServiceMissing, StorageUnavailable

T = TypeVar("T")
R = TypeVar("R")

RETRIES = 2
"""times that a piece of work is begun again elsewhere when its worker is lost; after that the piece is suspect"""
PATIENCE = 30
"""s in which the scheduler at an address must answer"""


def spread_over(
    work: Callable[[T], R], tasks: Sequence[T], workers: int, scheduler: str | None = None
) -> Iterator[tuple[T, R | BaseException]]:
    """(task, result or what was raised) as each is done; `work` is a function of a module that the workers have.

    `scheduler` is the address of a cluster; without one `workers` processes are started here for as long as this lasts.
    A worker that is lost costs time: what it was doing is done again by another. Raises StorageUnavailable where nobody
    answers at the address, ServiceMissing where Dask is not installed.
    """
    try:
        import dask
        import distributed
    except ModuleNotFoundError as error:
        raise ServiceMissing("Dask is not installed", next="pip install 'fitintel[scale]'") from error
    library: Any = distributed  # without types
    with ExitStack() as stack:
        # workers fork for notebooks, which a daemon may not
        stack.enter_context(dask.config.set({"distributed.worker.daemon": False,
                                             "distributed.scheduler.allowed-failures": RETRIES}))  # fmt: skip
        cluster: Any = scheduler or stack.enter_context(
            library.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, memory_limit=None,
                         silence_logs=50)
        )  # fmt: skip
        try:
            client = stack.enter_context(library.Client(cluster, timeout=PATIENCE, set_as_default=False))
        except OSError as error:
            raise StorageUnavailable("The Dask scheduler does not answer", where=scheduler, why=str(error),
                                     next="check the address, and that the cluster runs") from error  # fmt: skip
        futures = {client.submit(work, task, pure=False): task for task in tasks}
        for future in library.as_completed(list(futures), loop=client.loop):
            raised = future.exception()
            result: R | BaseException = future.result() if raised is None else raised
            # the scheduler forgets a result that nobody holds: a night's memory does not grow with it
            yield futures.pop(future), result
            future.release()
