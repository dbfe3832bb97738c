from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.brief_response_brief import BriefResponseBrief
from ...types import UNSET, Response, Unset


def _get_kwargs(
    athlete_id: str,
    day: str,
    *,
    units: str | Unset = "",
    language: str | Unset = "en",
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["units"] = units

    params["language"] = language

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/athletes/{athlete_id}/briefs/{day}".format(
            athlete_id=quote(str(athlete_id), safe=""),
            day=quote(str(day), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | BriefResponseBrief | None:
    if response.status_code == 200:
        response_200 = BriefResponseBrief.from_dict(response.json())

        return response_200

    if response.status_code == 304:
        response_304 = cast(Any, None)
        return response_304

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
) -> Response[Any | BriefResponseBrief]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    athlete_id: str,
    day: str,
    *,
    client: AuthenticatedClient,
    units: str | Unset = "",
    language: str | Unset = "en",
) -> Response[Any | BriefResponseBrief]:
    """Brief

     The brief of a day (2025-10-07, today or latest): the words and figures that people read, with SI
    values.

    Args:
        athlete_id (str):
        day (str):
        units (str | Unset): metric or imperial; default: the athlete's own. Default: ''.
        language (str | Unset): en, de, fr or es. Default: 'en'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | BriefResponseBrief]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        day=day,
        units=units,
        language=language,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    athlete_id: str,
    day: str,
    *,
    client: AuthenticatedClient,
    units: str | Unset = "",
    language: str | Unset = "en",
) -> Any | BriefResponseBrief | None:
    """Brief

     The brief of a day (2025-10-07, today or latest): the words and figures that people read, with SI
    values.

    Args:
        athlete_id (str):
        day (str):
        units (str | Unset): metric or imperial; default: the athlete's own. Default: ''.
        language (str | Unset): en, de, fr or es. Default: 'en'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | BriefResponseBrief
    """

    return sync_detailed(
        athlete_id=athlete_id,
        day=day,
        client=client,
        units=units,
        language=language,
    ).parsed


async def asyncio_detailed(
    athlete_id: str,
    day: str,
    *,
    client: AuthenticatedClient,
    units: str | Unset = "",
    language: str | Unset = "en",
) -> Response[Any | BriefResponseBrief]:
    """Brief

     The brief of a day (2025-10-07, today or latest): the words and figures that people read, with SI
    values.

    Args:
        athlete_id (str):
        day (str):
        units (str | Unset): metric or imperial; default: the athlete's own. Default: ''.
        language (str | Unset): en, de, fr or es. Default: 'en'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | BriefResponseBrief]
    """

    kwargs = _get_kwargs(
        athlete_id=athlete_id,
        day=day,
        units=units,
        language=language,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    athlete_id: str,
    day: str,
    *,
    client: AuthenticatedClient,
    units: str | Unset = "",
    language: str | Unset = "en",
) -> Any | BriefResponseBrief | None:
    """Brief

     The brief of a day (2025-10-07, today or latest): the words and figures that people read, with SI
    values.

    Args:
        athlete_id (str):
        day (str):
        units (str | Unset): metric or imperial; default: the athlete's own. Default: ''.
        language (str | Unset): en, de, fr or es. Default: 'en'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | BriefResponseBrief
    """

    return (
        await asyncio_detailed(
            athlete_id=athlete_id,
            day=day,
            client=client,
            units=units,
            language=language,
        )
    ).parsed
