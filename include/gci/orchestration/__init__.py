"""All that is Airflow's: tasks, runs, the local server, deployment, pages, lineage."""
