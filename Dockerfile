# One file for every part of the warehouse; the image is built from the same lock as the shell and the tests.
FROM python:3.12.12-slim-bookworm AS warehouse
RUN useradd --uid 50000 --create-home gci && install -d -o gci -g gci /data
WORKDIR /srv/gci
COPY requirements.lock pyproject.toml README.md ./
COPY include include
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir "$(sed -n 's/^\(uv==[0-9.]*\).*/\1/p' requirements.lock)" \
    && .venv/bin/uv pip sync --no-cache --compile-bytecode --python .venv/bin/python --require-hashes requirements.lock \
    && .venv/bin/uv pip install --no-cache --python .venv/bin/python --no-deps --no-build-isolation --editable .
COPY dags dags
COPY dbt_project dbt_project
COPY expectations expectations
ENV PATH=/srv/gci/.venv/bin:$PATH \
    GCI_DATA=/data \
    PYTHONDONTWRITEBYTECODE=1
USER gci
VOLUME /data
EXPOSE 8080
CMD ["gci", "--help"]

# The object store with a folder that its own user may write to: a new volume takes over whose it is.
FROM minio/minio:RELEASE.2025-09-07T16-13-09Z AS store
COPY --from=warehouse --chown=1000:1000 /data /data
USER 1000:1000

# What is built when nobody names a part.
FROM warehouse
