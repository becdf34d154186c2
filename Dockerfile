FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements/ requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
 && python -m venv /venv \
 && uv pip install --python /venv/bin/python --require-hashes -r requirements/run.txt
COPY pyproject.toml LICENSE ./
COPY bot/ bot/
COPY adapters/ adapters/
COPY scheduler/ scheduler/
COPY migrations/ migrations/
RUN uv pip install --python /venv/bin/python --no-build-isolation --no-deps .

FROM python:3.11-slim
RUN useradd --create-home mentronome && mkdir /data && chown mentronome /data
COPY --from=build /venv /venv
USER mentronome
ENV MENTRONOME_DATA_DIR=/data PATH=/venv/bin:$PATH
VOLUME /data
EXPOSE 8080
CMD ["mentronome", "run", "--host", "0.0.0.0"]
