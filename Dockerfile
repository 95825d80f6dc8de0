# One image for every part of the warehouse, from the same lock as the shell and the tests.
FROM python:3.12.12-slim-bookworm
RUN useradd --uid 50000 --create-home gci
WORKDIR /srv/gci
COPY requirements.lock pyproject.toml README.md ./
COPY include include
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir "$(sed -n 's/^\(uv==[0-9.]*\).*/\1/p' requirements.lock)" \
    && .venv/bin/uv pip sync --no-cache --python .venv/bin/python --require-hashes requirements.lock \
    && .venv/bin/uv pip install --no-cache --python .venv/bin/python --no-deps --no-build-isolation --editable .
COPY dags dags
COPY dbt_project dbt_project
COPY expectations expectations
ENV PATH=/srv/gci/.venv/bin:$PATH \
    GCI_DATA=/data \
    AIRFLOW_HOME=/data/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/srv/gci/dags \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION=False \
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED=False \
    SCARF_ANALYTICS=false \
    DO_NOT_TRACK=1 \
    GX_ANALYTICS_ENABLED=false
USER gci
VOLUME /data
EXPOSE 8080
CMD ["airflow", "standalone"]
