#!/bin/bash
# Runs once, when the data directory is still empty. Two accounts: the owner of the database, for migrations, and the
# one with which the application works; its rights come from `manage.py grant_rights` after each migration.
# The account of POSTGRES_USER is superuser and is used by neither.
set -euo pipefail

psql -v ON_ERROR_STOP=1 -v owner="$OWNER_DB_PASSWORD" -v app="$APP_DB_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE thuiszitters LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner';
CREATE ROLE thuiszitters_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app';
CREATE DATABASE thuiszitters OWNER thuiszitters TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE thuiszitters FROM PUBLIC;
GRANT CONNECT ON DATABASE thuiszitters TO thuiszitters_app;
SQL
