from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.squad_response_squad import SquadResponseSquad
from ...types import UNSET, Response, Unset


def _get_kwargs(
    day: str,
    *,
    units: str | Unset = "",
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["units"] = units

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/squad/{day}".format(
            day=quote(str(day), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | SquadResponseSquad | None:
    if response.status_code == 200:
        response_200 = SquadResponseSquad.from_dict(response.json())

        return response_200

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
) -> Response[Any | SquadResponseSquad]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    day: str,
    *,
    client: AuthenticatedClient,
    units: str | Unset = "",
) -> Response[Any | SquadResponseSquad]:
    """Squad

     Everyone that you may see on a day (2025-10-07, today or latest), who needs a look first.

    Args:
        day (str):
        units (str | Unset):  Default: ''.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | SquadResponseSquad]
    """

    kwargs = _get_kwargs(
        day=day,
        units=units,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    day: str,
    *,
    client: AuthenticatedClient,
    units: str | Unset = "",
) -> Any | SquadResponseSquad | None:
    """Squad

     Everyone that you may see on a day (2025-10-07, today or latest), who needs a look first.

    Args:
        day (str):
        units (str | Unset):  Default: ''.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | SquadResponseSquad
    """

    return sync_detailed(
        day=day,
        client=client,
        units=units,
    ).parsed


async def asyncio_detailed(
    day: str,
    *,
    client: AuthenticatedClient,
    units: str | Unset = "",
) -> Response[Any | SquadResponseSquad]:
    """Squad

     Everyone that you may see on a day (2025-10-07, today or latest), who needs a look first.

    Args:
        day (str):
        units (str | Unset):  Default: ''.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | SquadResponseSquad]
    """

    kwargs = _get_kwargs(
        day=day,
        units=units,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    day: str,
    *,
    client: AuthenticatedClient,
    units: str | Unset = "",
) -> Any | SquadResponseSquad | None:
    """Squad

     Everyone that you may see on a day (2025-10-07, today or latest), who needs a look first.

    Args:
        day (str):
        units (str | Unset):  Default: ''.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | SquadResponseSquad
    """

    return (
        await asyncio_detailed(
            day=day,
            client=client,
            units=units,
        )
    ).parsed
