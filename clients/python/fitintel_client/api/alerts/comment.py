from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.comment_response_comment import CommentResponseComment
from ...models.remark import Remark
from ...types import Response


def _get_kwargs(
    athlete_id: str,
    *,
    body: Remark,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/athletes/{athlete_id}/comments".format(
            athlete_id=quote(str(athlete_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | CommentResponseComment | None:
    if response.status_code == 201:
        response_201 = CommentResponseComment.from_dict(response.json())

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
) -> Response[Any | CommentResponseComment]:
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
    body: Remark,
) -> Response[Any | CommentResponseComment]:
    """Comment

     Say something; no brief is changed by it.

    Args:
        athlete_id (str):
        body (Remark): Something said about an athlete.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | CommentResponseComment]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    athlete_id: str,
    *,
    client: AuthenticatedClient,
    body: Remark,
) -> Any | CommentResponseComment | None:
    """Comment

     Say something; no brief is changed by it.

    Args:
        athlete_id (str):
        body (Remark): Something said about an athlete.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | CommentResponseComment
    """

    return sync_detailed(
        athlete_id=athlete_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    athlete_id: str,
    *,
    client: AuthenticatedClient,
    body: Remark,
) -> Response[Any | CommentResponseComment]:
    """Comment

     Say something; no brief is changed by it.

    Args:
        athlete_id (str):
        body (Remark): Something said about an athlete.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | CommentResponseComment]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    athlete_id: str,
    *,
    client: AuthenticatedClient,
    body: Remark,
) -> Any | CommentResponseComment | None:
    """Comment

     Say something; no brief is changed by it.

    Args:
        athlete_id (str):
        body (Remark): Something said about an athlete.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | CommentResponseComment
    """

    return (
        await asyncio_detailed(
            athlete_id=athlete_id,
            client=client,
            body=body,
        )
    ).parsed
