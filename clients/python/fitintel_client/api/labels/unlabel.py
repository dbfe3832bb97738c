from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.unlabel_response_200_item import UnlabelResponse200Item
from ...types import UNSET, Response, Unset


def _get_kwargs(
    athlete_id: str,
    workout_id: str,
    *,
    level: None | str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_level: None | str | Unset
    if isinstance(level, Unset):
        json_level = UNSET
    else:
        json_level = level
    params["level"] = json_level

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/v1/athletes/{athlete_id}/workouts/{workout_id}/labels".format(
            athlete_id=quote(str(athlete_id), safe=""),
            workout_id=quote(str(workout_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | list[UnlabelResponse200Item] | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in _response_200:
            response_200_item = UnlabelResponse200Item.from_dict(response_200_item_data)

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
) -> Response[Any | list[UnlabelResponse200Item]]:
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
    level: None | str | Unset = UNSET,
) -> Response[Any | list[UnlabelResponse200Item]]:
    """Unlabel

     Take back what was said; it stays readable.

    Args:
        athlete_id (str):
        workout_id (str):
        level (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | list[UnlabelResponse200Item]]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        workout_id=workout_id,
        level=level,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    athlete_id: str,
    workout_id: str,
    *,
    client: AuthenticatedClient,
    level: None | str | Unset = UNSET,
) -> Any | list[UnlabelResponse200Item] | None:
    """Unlabel

     Take back what was said; it stays readable.

    Args:
        athlete_id (str):
        workout_id (str):
        level (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | list[UnlabelResponse200Item]
    """

    return sync_detailed(
        athlete_id=athlete_id,
        workout_id=workout_id,
        client=client,
        level=level,
    ).parsed


async def asyncio_detailed(
    athlete_id: str,
    workout_id: str,
    *,
    client: AuthenticatedClient,
    level: None | str | Unset = UNSET,
) -> Response[Any | list[UnlabelResponse200Item]]:
    """Unlabel

     Take back what was said; it stays readable.

    Args:
        athlete_id (str):
        workout_id (str):
        level (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | list[UnlabelResponse200Item]]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        workout_id=workout_id,
        level=level,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    athlete_id: str,
    workout_id: str,
    *,
    client: AuthenticatedClient,
    level: None | str | Unset = UNSET,
) -> Any | list[UnlabelResponse200Item] | None:
    """Unlabel

     Take back what was said; it stays readable.

    Args:
        athlete_id (str):
        workout_id (str):
        level (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | list[UnlabelResponse200Item]
    """

    return (
        await asyncio_detailed(
            athlete_id=athlete_id,
            workout_id=workout_id,
            client=client,
            level=level,
        )
    ).parsed
