# syntax=docker/dockerfile:1
# One image for web, worker, beat and migrations; docker-compose.yml says which command each runs.
ARG PYTHON_VERSION=3.11
ARG NODE_VERSION=22
ARG DEBIAN=bookworm

# --- front-end packages: styles, fonts and htmx, as they are ----------------------------------------
FROM node:${NODE_VERSION}-${DEBIAN}-slim AS assets
WORKDIR /assets
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-progress

# --- Python packages --------------------------------------------------------------------------------
FROM python:${PYTHON_VERSION}-slim-${DEBIAN} AS packages
RUN python -m venv /venv
COPY requirements.txt constraints.txt ./
RUN --mount=type=cache,target=/root/.cache/pip \
    /venv/bin/python -m pip install --disable-pip-version-check -r requirements.txt -c constraints.txt

# --- the application --------------------------------------------------------------------------------
FROM python:${PYTHON_VERSION}-slim-${DEBIAN}
LABEL org.opencontainers.image.licenses="EUPL-1.2"

# Pango and HarfBuzz shape the text of the PDFs.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --no-create-home --home-dir /app --shell /usr/sbin/nologin app

ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/tmp/cache

WORKDIR /app
COPY --from=packages /venv /venv
COPY --from=assets /assets/node_modules node_modules
COPY . .

# Collected as root: the running application cannot change what it serves. The keys are used for this
# step only and are not kept in the image.
RUN SECRET_KEY=only-for-collecting-static-files-at-build-time \
    PGN_KEYS=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    PGN_HASH_KEY=only-for-collecting-static-files-at-build-time \
    ALLOWED_HOSTS=localhost SITE_URL=http://localhost \
    DATABASE_URL=sqlite://:memory: \
    python manage.py collectstatic --noinput -v 0 \
    && python -m compileall -q thuiszitters leerplicht cases reporting \
    && mkdir -p var/beat var/bestanden \
    && chown app:app var/beat var/bestanden

USER app
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
    CMD ["python", "deploy/healthcheck.py", "web"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "thuiszitters.wsgi:application"]
