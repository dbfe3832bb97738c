from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.state_response_state import StateResponseState
from ...models.stated import Stated
from ...models.what import What
from ...types import Response


def _get_kwargs(
    athlete_id: str,
    what: What,
    *,
    body: Stated,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/athletes/{athlete_id}/{what}".format(
            athlete_id=quote(str(athlete_id), safe=""),
            what=quote(str(what), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | StateResponseState | None:
    if response.status_code == 201:
        response_201 = StateResponseState.from_dict(response.json())

        return response_201

    if response.status_code == 400:
        response_400 = cast(Any, None)
        return response_400

    if response.status_code == 401:
        response_401 = cast(Any, None)
        return response_401

    if response.status_code == 403:
        response_403 = cast(Any, None)
        return response_403

    if response.status_code == 404:
        response_404 = cast(Any, None)
        return response_404

    if response.status_code == 409:
        response_409 = cast(Any, None)
        return response_409

    if response.status_code == 413:
        response_413 = cast(Any, None)
        return response_413

    if response.status_code == 415:
        response_415 = cast(Any, None)
        return response_415

    if response.status_code == 422:
        response_422 = cast(Any, None)
        return response_422

    if response.status_code == 429:
        response_429 = cast(Any, None)
        return response_429

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Any | StateResponseState]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    athlete_id: str,
    what: What,
    *,
    client: AuthenticatedClient,
    body: Stated,
) -> Response[Any | StateResponseState]:
    """State

     State something; the earlier statement about the same thing stays readable.

    Args:
        athlete_id (str):
        what (What): Kinds of statements.
        body (Stated): A statement in the words of the command line.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | StateResponseState]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        what=what,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    athlete_id: str,
    what: What,
    *,
    client: AuthenticatedClient,
    body: Stated,
) -> Any | StateResponseState | None:
    """State

     State something; the earlier statement about the same thing stays readable.

    Args:
        athlete_id (str):
        what (What): Kinds of statements.
        body (Stated): A statement in the words of the command line.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | StateResponseState
    """

    return sync_detailed(
        athlete_id=athlete_id,
        what=what,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    athlete_id: str,
    what: What,
    *,
    client: AuthenticatedClient,
    body: Stated,
) -> Response[Any | StateResponseState]:
    """State

     State something; the earlier statement about the same thing stays readable.

    Args:
        athlete_id (str):
        what (What): Kinds of statements.
        body (Stated): A statement in the words of the command line.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | StateResponseState]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        what=what,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    athlete_id: str,
    what: What,
    *,
    client: AuthenticatedClient,
    body: Stated,
) -> Any | StateResponseState | None:
    """State

     State something; the earlier statement about the same thing stays readable.

    Args:
        athlete_id (str):
        what (What): Kinds of statements.
        body (Stated): A statement in the words of the command line.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | StateResponseState
    """

    return (
        await asyncio_detailed(
            athlete_id=athlete_id,
            what=what,
            client=client,
            body=body,
        )
    ).parsed
