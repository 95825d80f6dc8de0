"""The statistical audit: how sure a tier and a rank are, what they hang on, and what would move them.

Arrays in, arrays and tables out; nothing of it knows dbt, Airflow or the gates. docs/audit.md has the method with the
sources of its formulas.
"""
