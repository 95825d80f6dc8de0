"""Fetching from object storage through Airflow's S3Hook. `path` of the source is bucket/key."""

from __future__ import annotations

from typing import Any

from gci.core.errors import GciError
from gci.partners.contract import Gather
from gci.partners.fetch.rate_limiter import Pace
from gci.partners.fetch.transport import Download, Mark, NotOfferedError, PartnerDownError

_CHUNK = 1 << 20


def fetch(gather: Gather, before: Mark, into: Download, pace: Pace) -> Mark | None:
    """Fetch the object if its entity tag is another than before; see http.fetch for arguments, result and errors."""
    from botocore.exceptions import BotoCoreError, ClientError

    bucket, _, key = gather.path.lstrip("/").partition("/")
    name = f"s3://{bucket}/{key}"
    pace.wait(f"s3 {gather.connection}", gather.pause)
    try:
        response = _client(gather).get_object(Bucket=bucket, Key=key, **_unless(before))
        body = response["Body"]
        while chunk := body.read(_CHUNK):
            into.write(chunk)
    except ClientError as error:
        if _status(error) == 304:
            return None
        raise _wrong(error, name) from None
    except BotoCoreError as error:
        raise PartnerDownError(f"{name} cannot be fetched: {error}") from None
    return Mark(response.get("ETag", ""), str(response.get("LastModified", "")))


def _client(gather: Gather) -> Any:
    from airflow.providers.amazon.aws.hooks.s3 import S3Hook
    from botocore.config import Config

    # One try here: how often and after which time it is tried again is said by the source.
    limits = Config(connect_timeout=gather.timeout, read_timeout=gather.timeout, retries={"total_max_attempts": 1})
    return S3Hook(aws_conn_id=gather.connection, config=limits).get_conn()


def _unless(before: Mark) -> dict[str, str]:
    return {"IfNoneMatch": before.etag} if before.etag else {}


def _status(error: Any) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _wrong(error: Any, name: str) -> GciError:
    """What to raise for an answer that is no data."""
    if _status(error) in (408, 429) or _status(error) >= 500:
        return PartnerDownError(f"{name} cannot be fetched: {error}")
    return NotOfferedError(f"{name} cannot be fetched: {error}. Look at the path and the connection's login.")
