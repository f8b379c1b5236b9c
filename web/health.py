"""What a supervisor or a load balancer asks: does it serve, can it answer, should it be asked."""

from typing import Final

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from web.runner import Answering, Runner

PROBES: Final = frozenset({"/livez", "/healthz", "/readyz"})
"""Answered without a login: they tell one word."""


def add_health(app: FastAPI, assistant: Answering, runner: Runner) -> None:
    """Add the probes to ``app``; each answers 200, or 503 and ``{"status": why}``.

    ``/livez`` is liveness: the process serves; if it does not answer, restart it. ``/healthz``
    turns 200 once questions can be answered. ``/readyz`` is readiness: it also turns 503 while
    the model is given up, so that answers only quote, or so many wait that one more is refused.
    """

    @app.get("/livez")
    async def livez() -> JSONResponse:
        return JSONResponse({"status": "live"})

    @app.get("/healthz")
    async def healthz() -> JSONResponse:
        return _told(assistant.state)

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        status: str = assistant.state
        if status == "ready" and assistant.model_failure is not None:
            status = "no_model"
        elif status == "ready" and runner.full:
            status = "full"
        return _told(status)


def _told(status: str) -> JSONResponse:
    return JSONResponse({"status": status}, 200 if status == "ready" else 503)
