"""The events of one run of dbt: per model what it read and wrote, and of which columns each of its columns is made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from openlineage.common.provider.dbt.facets import ParentRunMetadata
from openlineage.common.provider.dbt.processor import DbtArtifactProcessor, ModelNode

from gci.core.paths import REPLAY
from gci.orchestration.lineage.columns import origins
from gci.orchestration.lineage.datasets import PRODUCER, columns_facet, place, table
from gci.storage.landing import SCHEMAS


class ModelEvents(DbtArtifactProcessor):  # type: ignore[misc]  # the package has no types
    """Reads what dbt left, as OpenLineage's own processor does, with our names of places and our column lineage.

    Args:
        dbt: the folder with manifest.json and run_results.json.
        database: the DuckDB file as readers find it.
        folder: the candidate's folder, whose documents are sources.
        landing: the landing zone.
        namespace: the namespace of the jobs.
    """

    def __init__(self, dbt: Path, database: Path, folder: Path, landing: Path, namespace: str) -> None:
        super().__init__(producer=PRODUCER, job_namespace=namespace, skip_errors=True)
        self._dbt = dbt
        self._database = database
        self._places = {"landing": landing, "candidate": folder, "replay": REPLAY}
        self._made_of: dict[str, Any] = {}

    def hang_below(self, run_id: str, job_name: str) -> None:
        """Make the run and job of a task the parent of all that is told."""
        self.dbt_run_metadata = ParentRunMetadata(run_id=run_id, job_name=job_name, job_namespace=self.job_namespace)

    def get_dbt_metadata(self) -> Any:
        """What dbt left: manifest, results, profile, no catalog."""
        manifest = json.loads((self._dbt / "manifest.json").read_text(encoding="utf-8"))
        results = json.loads((self._dbt / "run_results.json").read_text(encoding="utf-8"))
        self._trace(manifest)
        return manifest, results, {"type": "duckdb", "path": str(self._database)}, None

    def get_column_lineage(self, namespace: str, compiled_sql: str) -> Any:
        """The facet of the model with this SQL; None where it could not be read."""
        return self._made_of.get(compiled_sql)

    def extract_dataset_data(
        self, node: ModelNode, assertions: Any, has_facets: bool = False
    ) -> tuple[str, str, dict[str, Any], dict[str, Any]]:
        """Namespace, name and facets of a table; files that are read as sources are called by their place."""
        namespace, name, facets, input_facets = super().extract_dataset_data(node, assertions, has_facets)
        return *(self._file(node.metadata_node) or (namespace, name)), facets, input_facets

    def dbt_run_run_facet(self) -> dict[str, Any]:
        """No facet of the invocation: the parent run is the task."""
        return {}

    def _file(self, described: dict[str, Any]) -> tuple[str, str] | None:
        if described["resource_type"] != "source":
            return None
        return place(f"{self._places[described['schema']]}/{described['name']}")

    def _trace(self, manifest: dict[str, Any]) -> None:
        nodes = {**manifest["nodes"], **manifest["sources"]}
        landed = {
            node: SCHEMAS[source["name"]].names
            for node, source in manifest["sources"].items()
            if source["schema"] == "landing"
        }
        for node, columns in origins(manifest, landed).items():
            fields = {
                column: [(*self._called(nodes[one.node]), one.column) for one in made_of]
                for column, made_of in columns.items()
            }
            self._made_of[nodes[node]["compiled_code"]] = columns_facet(fields)

    def _called(self, described: dict[str, Any]) -> tuple[str, str]:
        named = described.get("alias") or described["name"]
        return self._file(described) or table(self._database, named, described["schema"])
