#!/bin/bash
# Runs once, when the data directory is still empty: an account that owns its database and nothing else.
# The account of POSTGRES_USER is superuser and is not used by the application.
set -euo pipefail

psql -v ON_ERROR_STOP=1 -v password="$APP_DB_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE thuiszitters LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE thuiszitters OWNER thuiszitters TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE thuiszitters FROM PUBLIC;
SQL
