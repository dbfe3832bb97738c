from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.label_response_201_item import LabelResponse201Item
from ...models.said import Said
from ...types import Response


def _get_kwargs(
    athlete_id: str,
    workout_id: str,
    *,
    body: Said,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/athletes/{athlete_id}/workouts/{workout_id}/labels".format(
            athlete_id=quote(str(athlete_id), safe=""),
            workout_id=quote(str(workout_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | list[LabelResponse201Item] | None:
    if response.status_code == 201:
        response_201 = []
        _response_201 = response.json()
        for response_201_item_data in _response_201:
            response_201_item = LabelResponse201Item.from_dict(response_201_item_data)

            response_201.append(response_201_item)

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
) -> Response[Any | list[LabelResponse201Item]]:
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
    body: Said,
) -> Response[Any | list[LabelResponse201Item]]:
    """Label

     Say what a workout was.

    Args:
        athlete_id (str):
        workout_id (str):
        body (Said): What it was: its activity, its kind of session, or both.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | list[LabelResponse201Item]]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        workout_id=workout_id,
        body=body,
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
    body: Said,
) -> Any | list[LabelResponse201Item] | None:
    """Label

     Say what a workout was.

    Args:
        athlete_id (str):
        workout_id (str):
        body (Said): What it was: its activity, its kind of session, or both.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | list[LabelResponse201Item]
    """

    return sync_detailed(
        athlete_id=athlete_id,
        workout_id=workout_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    athlete_id: str,
    workout_id: str,
    *,
    client: AuthenticatedClient,
    body: Said,
) -> Response[Any | list[LabelResponse201Item]]:
    """Label

     Say what a workout was.

    Args:
        athlete_id (str):
        workout_id (str):
        body (Said): What it was: its activity, its kind of session, or both.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | list[LabelResponse201Item]]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        workout_id=workout_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    athlete_id: str,
    workout_id: str,
    *,
    client: AuthenticatedClient,
    body: Said,
) -> Any | list[LabelResponse201Item] | None:
    """Label

     Say what a workout was.

    Args:
        athlete_id (str):
        workout_id (str):
        body (Said): What it was: its activity, its kind of session, or both.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | list[LabelResponse201Item]
    """

    return (
        await asyncio_detailed(
            athlete_id=athlete_id,
            workout_id=workout_id,
            client=client,
            body=body,
        )
    ).parsed
