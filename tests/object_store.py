"""An S3 server on loopback that answers one request at a time, so that a condition and its put are one step.

moto checks `If-None-Match` and `If-Match` and then writes; with a thread per request, as its own server has it, two
puts could both see the place free. `python tests/object_store.py PORT` serves until it is ended.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

KEY, SECRET = "gci-tests", "a test's own secret"


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        pass


def server(port: int = 0) -> BaseWSGIServer:
    """The server, bound to its port."""
    app = DomainDispatcherApplication(create_backend_app)
    return make_server("127.0.0.1", port, app, threaded=False, request_handler=_Quiet)


@contextmanager
def object_store() -> Iterator[str]:
    """Serves until the block ends; gives the endpoint."""
    serving = server()
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{serving.port}"
    finally:
        serving.shutdown()
        thread.join()


def environment(endpoint: str) -> dict[str, str]:
    """What a client needs to know, as it stands in the environment of a worker."""
    return {
        "AWS_ENDPOINT_URL_S3": endpoint,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
    }


def make_bucket(endpoint: str, bucket: str) -> None:
    """Make a bucket on the server."""
    import boto3

    client: Any = boto3.client(
        "s3", endpoint_url=endpoint, aws_access_key_id=KEY, aws_secret_access_key=SECRET, region_name="us-east-1"
    )
    client.create_bucket(Bucket=bucket)


if __name__ == "__main__":
    server(int(sys.argv[1])).serve_forever()
