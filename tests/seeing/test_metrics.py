"""Airflow's switch of metrics, with our own few among them."""

from __future__ import annotations

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
