"""What the tasks of the DAGs do: each is one call of the warehouse, told in Airflow's terms (states, logs, labels)."""
