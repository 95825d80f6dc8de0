"""What the project adds to Airflow's UI and API: its pages behind the log-in, and the guard of the sign-off."""
