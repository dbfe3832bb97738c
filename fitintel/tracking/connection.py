"""The connection to MLflow: quiet, without telemetry, and with failures that a person can act on."""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fitintel.core.errors import ServiceMissing, StorageUnavailable

if TYPE_CHECKING:
    from mlflow import MlflowClient

ENVIRONMENT = {
    "MLFLOW_DISABLE_TELEMETRY": "true",  # health data: nothing calls home
    "MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false",
    # MLflow's own 7 tries with growing pauses take minutes when a server is away
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "20",
}
"""Set before MLflow is imported, unless the environment says otherwise."""
SERVED = ("http://", "https://")
"""Addresses of an MLflow server; any other is a database."""


@contextmanager
def connect(uri: str) -> Iterator[MlflowClient]:
    """MLflow's client for tracking and registry at `uri`.

    Raises ServiceMissing without the package, StorageUnavailable when MLflow or its database fails.
    """
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    try:
        from mlflow import MlflowClient
        from mlflow.exceptions import MlflowException
        from sqlalchemy import create_engine
        from sqlalchemy.exc import SQLAlchemyError
    except ImportError as error:
        raise ServiceMissing(
            "MLflow is not installed", why=str(error), next="make setup, or: pip install mlflow"
        ) from None
    for name in ("mlflow", "alembic"):
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        if not uri.startswith(SERVED):
            # MLflow tries a database that cannot be reached for 100 s, so it is asked once before
            create_engine(uri).connect().close()
        with warnings.catch_warnings():
            # they advise authors of models and of MLflow itself, not the people who read a brief
            warnings.simplefilter("ignore")
            yield MlflowClient(tracking_uri=uri, registry_uri=uri)
    # MLflow lets its database's own errors through, so they are caught here too
    except (MlflowException, SQLAlchemyError) as error:
        raise StorageUnavailable(
            "MLflow could not be used",
            where=without_password(uri),
            why=(str(error).splitlines() or [type(error).__name__])[0][:300],
            next="see that FITINTEL_MLFLOW_URI is right and can be written to; what is not logged stays queued",
        ) from error


def experiment(client: MlflowClient, name: str, artifacts: str | None) -> str:
    """Id of the experiment of that name, made if it is not there; a server chooses its own place for artifacts."""
    found = client.get_experiment_by_name(name)
    return str(found.experiment_id if found else client.create_experiment(name, artifact_location=artifacts))


def without_password(uri: str) -> str:
    """An address that may be shown.

    >>> without_password("mysql+pymysql://fit:secret@db/mlflow")
    'mysql+pymysql://fit:***@db/mlflow'
    """
    return re.sub(r"(://[^:/@]*:)[^@/]*@", r"\1***@", uri)
