"""Airflow's switch of metrics, with our own few among them."""

from __future__ import annotations

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

from command_line import PROCESS, environment
from seeing.run_seen import Seen


def test_statsd_gets_our_metrics_and_airflows(seen: Seen) -> None:
    said = dict(line.partition(":")[::2] for line in seen.metrics)
    assert said["airflow.gci.files.survey.refused"] in ("0|c", "1|c")
    counts = [line for line in seen.metrics if line.startswith("airflow.gci.files.survey.")]
    total = {
        kind: sum(int(line.partition(":")[2].partition("|")[0]) for line in counts if kind in line)
        for kind in ("accepted", "refused")
    }
    assert total == {"accepted": 194, "refused": 1}
    assert said["airflow.gci.gate.built.2020.checks_failed"] == "0|g"
    assert said["airflow.gci.published.2020.states"] == "194|g"
    assert float(said["airflow.gci.build.2020.seconds"].removesuffix("|g")) > 0
    assert any(line.startswith("airflow.ti.finish") for line in seen.metrics)


def test_opentelemetry_gets_them_in_place_of_statsd(tmp_path: Path) -> None:
    taken: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        variables = {
            "AIRFLOW__METRICS__OTEL_ON": "True",
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": f"http://127.0.0.1:{server.server_address[1]}/v1/metrics",
            "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        }
        script = Path(__file__).with_name("measuring_process.py")
        subprocess.run(
            [*PROCESS, script, tmp_path],
            env=environment(tmp_path) | variables,
            check=True,
            capture_output=True,
        )
        server.shutdown()
    assert {
        name: value for body in taken for name, value in _values(body).items() if name.startswith("airflow.gci.")
    } == {
        "airflow.gci.files.survey.accepted": 3,
        "airflow.gci.files.survey.refused": 1,
        "airflow.gci.gate.built.2024.checks_failed": 2,
    }


def _values(body: bytes) -> dict[str, float]:
    """The latest value of each metric of an export."""
    request = ExportMetricsServiceRequest.FromString(body)
    found = {}
    for resource in request.resource_metrics:
        for scope in resource.scope_metrics:
            for metric in scope.metrics:
                points = (metric.sum if metric.HasField("sum") else metric.gauge).data_points
                for point in points:
                    found[metric.name] = point.as_int or point.as_double
    return found
