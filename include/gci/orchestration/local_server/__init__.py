"""Airflow on one machine: its four parts under one supervisor, with users, a health check and a clean end."""
