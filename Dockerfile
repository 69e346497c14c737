# One image for web, worker, beat and prepare; docker-compose.yml says which is which.
FROM python:3.11-slim-bookworm AS requirements
RUN python -m venv /venv
COPY requirements/base.txt /requirements.txt
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /requirements.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin factcheck
ENV PATH="/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    DJANGO_SETTINGS_MODULE=factcheck.settings \
    HASHED_STATIC=true \
    LOG_FORMAT=json \
    BEAT_SCHEDULE_FILE=/tmp/celerybeat-schedule
WORKDIR /app
COPY --from=requirements /venv /venv
# .dockerignore lets through what runs, the weights of the models included.
COPY . .
# The key of this step signs nothing and is kept nowhere.
RUN python -m compileall -q factcheck claims sources \
    && SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" python manage.py collectstatic --noinput
# Everything belongs to root: the product cannot change itself.
USER 10001
EXPOSE 8000
CMD ["gunicorn", "-c", "python:factcheck.gunicorn", "--bind", "0.0.0.0:8000", "factcheck.wsgi"]
