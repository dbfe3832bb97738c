from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.access_response_200_item import AccessResponse200Item
from ...types import UNSET, Response, Unset


def _get_kwargs(
    athlete_id: str,
    *,
    limit: int | Unset = 200,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/athletes/{athlete_id}/access".format(
            athlete_id=quote(str(athlete_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | list[AccessResponse200Item] | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in _response_200:
            response_200_item = AccessResponse200Item.from_dict(response_200_item_data)

            response_200.append(response_200_item)

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
) -> Response[Any | list[AccessResponse200Item]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    athlete_id: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 200,
) -> Response[Any | list[AccessResponse200Item]]:
    """Access

     Who saw or changed the athlete's data, when, through what and why; newest last.

    Args:
        athlete_id (str):
        limit (int | Unset): Rows of a page. Default: 200.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | list[AccessResponse200Item]]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        limit=limit,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    athlete_id: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 200,
) -> Any | list[AccessResponse200Item] | None:
    """Access

     Who saw or changed the athlete's data, when, through what and why; newest last.

    Args:
        athlete_id (str):
        limit (int | Unset): Rows of a page. Default: 200.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | list[AccessResponse200Item]
    """

    return sync_detailed(
        athlete_id=athlete_id,
        client=client,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    athlete_id: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 200,
) -> Response[Any | list[AccessResponse200Item]]:
    """Access

     Who saw or changed the athlete's data, when, through what and why; newest last.

    Args:
        athlete_id (str):
        limit (int | Unset): Rows of a page. Default: 200.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | list[AccessResponse200Item]]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    athlete_id: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 200,
) -> Any | list[AccessResponse200Item] | None:
    """Access

     Who saw or changed the athlete's data, when, through what and why; newest last.

    Args:
        athlete_id (str):
        limit (int | Unset): Rows of a page. Default: 200.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | list[AccessResponse200Item]
    """

    return (
        await asyncio_detailed(
            athlete_id=athlete_id,
            client=client,
            limit=limit,
        )
    ).parsed
