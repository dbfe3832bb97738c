from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import UNSET, Response, Unset


def _get_kwargs(
    athlete_id: str,
    workout_id: str,
    *,
    most: int | None | Unset = UNSET,
    repaired: bool | Unset = True,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_most: int | None | Unset
    if isinstance(most, Unset):
        json_most = UNSET
    else:
        json_most = most
    params["most"] = json_most

    params["repaired"] = repaired

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/athletes/{athlete_id}/workouts/{workout_id}/stream".format(
            athlete_id=quote(str(athlete_id), safe=""),
            workout_id=quote(str(workout_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | None:
    if response.status_code == 200:
        return None

    if response.status_code == 400:
        return None

    if response.status_code == 401:
        return None

    if response.status_code == 403:
        return None

    if response.status_code == 404:
        return None

    if response.status_code == 409:
        return None

    if response.status_code == 413:
        return None

    if response.status_code == 415:
        return None

    if response.status_code == 422:
        return None

    if response.status_code == 429:
        return None

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Any]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    athlete_id: str,
    workout_id: str,
    *,
    client: AuthenticatedClient,
    most: int | None | Unset = UNSET,
    repaired: bool | Unset = True,
) -> Response[Any]:
    """Stream

     Time [s] and channels, SI; with `Accept: application/vnd.apache.arrow.stream` as Arrow.

    Args:
        athlete_id (str):
        workout_id (str):
        most (int | None | Unset): Samples at most: every so many-th is taken.
        repaired (bool | Unset):  Default: True.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        workout_id=workout_id,
        most=most,
        repaired=repaired,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    athlete_id: str,
    workout_id: str,
    *,
    client: AuthenticatedClient,
    most: int | None | Unset = UNSET,
    repaired: bool | Unset = True,
) -> Response[Any]:
    """Stream

     Time [s] and channels, SI; with `Accept: application/vnd.apache.arrow.stream` as Arrow.

    Args:
        athlete_id (str):
        workout_id (str):
        most (int | None | Unset): Samples at most: every so many-th is taken.
        repaired (bool | Unset):  Default: True.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        workout_id=workout_id,
        most=most,
        repaired=repaired,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
