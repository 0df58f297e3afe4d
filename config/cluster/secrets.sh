#!/bin/sh
# Makes the secrets of a new set, a file each, which only their owner can read: sh secrets.sh FOLDER [POSTGRES [REDIS [PREFECT]]]
# POSTGRES, REDIS and PREFECT are host:port of the three as the parts reach them. What is there already is never changed.
set -eu
umask 077
folder=${1:?expected a folder, such as /etc/daymark/secrets}
postgres=${2:-127.0.0.1:5432} redis=${3:-127.0.0.1:6379} prefect=${4:-127.0.0.1:4200}
mkdir -p "$folder"

random() { od -An -N 32 -tx1 /dev/urandom | tr -d ' \n'; }
keep() { [ -e "$folder/$1" ] || printf '%s\n' "$2" >"$folder/$1"; }
read_back() { cat "$folder/$1"; }

keep POSTGRES_PASSWORD "$(random)"
keep REDIS_PASSWORD "$(random)"
keep DAYMARK_SECRET_KEY "$(random)"
keep PREFECT_SERVER_API_AUTH_STRING "daymark:$(random)"
# Prefect wants 32 bytes in the base64 of file names.
keep PREFECT_SERVER_ENCRYPTION_KEY "$(head -c 32 /dev/urandom | base64 | tr '+/' '-_')"
keep DAYMARK_DATABASE_URL "postgresql://daymark:$(read_back POSTGRES_PASSWORD)@$postgres/daymark"
keep PREFECT_SERVER_DATABASE_CONNECTION_URL \
    "postgresql+asyncpg://daymark:$(read_back POSTGRES_PASSWORD)@$postgres/prefect"
keep PREFECT_REDIS_MESSAGING_URL "redis://:$(read_back REDIS_PASSWORD)@$redis/0"
# Of its own: without it the queue looks for a Redis on this machine, without a password.
keep PREFECT_REDIS_WORKER_CLEANUP_QUEUE_URL "redis://:$(read_back REDIS_PASSWORD)@$redis/0"
keep PREFECT_SERVER_DOCKET_URL "redis://:$(read_back REDIS_PASSWORD)@$redis/1"
# The council's own, such as daymarkmail://name:password@mail.council.example; empty, mail goes to the catcher.
keep DAYMARK_MAIL_URL ""
keep DAYMARK_PREFECT_URL "http://$(read_back PREFECT_SERVER_API_AUTH_STRING)@$prefect"
