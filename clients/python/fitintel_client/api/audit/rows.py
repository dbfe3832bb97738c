from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.rows_response_200_item import RowsResponse200Item
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    subject: None | str | Unset = UNSET,
    kind: None | str | Unset = UNSET,
    limit: int | Unset = 200,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_subject: None | str | Unset
    if isinstance(subject, Unset):
        json_subject = UNSET
    else:
        json_subject = subject
    params["subject"] = json_subject

    json_kind: None | str | Unset
    if isinstance(kind, Unset):
        json_kind = UNSET
    else:
        json_kind = kind
    params["kind"] = json_kind

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/audit",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | list[RowsResponse200Item] | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in _response_200:
            response_200_item = RowsResponse200Item.from_dict(response_200_item_data)

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
) -> Response[Any | list[RowsResponse200Item]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    subject: None | str | Unset = UNSET,
    kind: None | str | Unset = UNSET,
    limit: int | Unset = 200,
) -> Response[Any | list[RowsResponse200Item]]:
    """Rows

     The newest rows, oldest of them first.

    Args:
        subject (None | str | Unset): Of whom or what: an athlete, algorithm or policy.
        kind (None | str | Unset): access, runs, consent, account ...
        limit (int | Unset): Rows of a page. Default: 200.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | list[RowsResponse200Item]]
    """

    kwargs = _get_kwargs(
        subject=subject,
        kind=kind,
        limit=limit,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    subject: None | str | Unset = UNSET,
    kind: None | str | Unset = UNSET,
    limit: int | Unset = 200,
) -> Any | list[RowsResponse200Item] | None:
    """Rows

     The newest rows, oldest of them first.

    Args:
        subject (None | str | Unset): Of whom or what: an athlete, algorithm or policy.
        kind (None | str | Unset): access, runs, consent, account ...
        limit (int | Unset): Rows of a page. Default: 200.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | list[RowsResponse200Item]
    """

    return sync_detailed(
        client=client,
        subject=subject,
        kind=kind,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    subject: None | str | Unset = UNSET,
    kind: None | str | Unset = UNSET,
    limit: int | Unset = 200,
) -> Response[Any | list[RowsResponse200Item]]:
    """Rows

     The newest rows, oldest of them first.

    Args:
        subject (None | str | Unset): Of whom or what: an athlete, algorithm or policy.
        kind (None | str | Unset): access, runs, consent, account ...
        limit (int | Unset): Rows of a page. Default: 200.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | list[RowsResponse200Item]]
    """

    kwargs = _get_kwargs(
        subject=subject,
        kind=kind,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    subject: None | str | Unset = UNSET,
    kind: None | str | Unset = UNSET,
    limit: int | Unset = 200,
) -> Any | list[RowsResponse200Item] | None:
    """Rows

     The newest rows, oldest of them first.

    Args:
        subject (None | str | Unset): Of whom or what: an athlete, algorithm or policy.
        kind (None | str | Unset): access, runs, consent, account ...
        limit (int | Unset): Rows of a page. Default: 200.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | list[RowsResponse200Item]
    """

    return (
        await asyncio_detailed(
            client=client,
            subject=subject,
            kind=kind,
            limit=limit,
        )
    ).parsed
