"""Running the DAGs from a shell: no server, one process, the same tasks and the same metadata database."""
