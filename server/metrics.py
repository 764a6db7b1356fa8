"""Metrics: what happens is counted; what Prometheus reads at `/metrics` flows out, nothing that anybody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from server.clock import SEOUL, moment
from server.desks.desks import Desks, Standing

REGISTRY = CollectorRegistry()
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
REQUESTS = Counter(
    "jiwon_requests", "HTTP requests by route and status.", ("method", "route", "status"), registry=REGISTRY
)
STAGES = Histogram(
    "jiwon_stage_seconds",
    "Seconds by stage: waiting for a worker, working, keeping the answer, the whole request.",
    ("stage",),
    buckets=BUCKETS,
    registry=REGISTRY,
)
ANSWERS = Counter("jiwon_answers", "Answers by status and mode.", ("status", "degraded"), registry=REGISTRY)
LIMITED = Counter(
    "jiwon_limited", "Requests turned away: over a rate, too many at once, switched off.", ("why",), registry=REGISTRY
)
ENDED = Counter("jiwon_work_ended", "Work that took too long, was lost, or found no room.", ("why",), registry=REGISTRY)
NOT_KEPT = Counter("jiwon_answers_not_kept", "Answers shown that could not be stored.", registry=REGISTRY)

TEXT: dict[int | str, dict[str, Any]] = {
    200: {"content": {CONTENT_TYPE_LATEST.partition(";")[0]: {"schema": {"type": "string"}}}}
}


class _Now(Collector):
    """What is so at the moment it is asked for."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    def collect(self) -> Iterator[Metric]:
        """Queue, workers, the generation served and its age."""
        standing = self._standing
        yield GaugeMetricFamily("jiwon_waiting", "Work that waits for a worker.", standing.waiting)
        yield GaugeMetricFamily("jiwon_workers_idle", "Workers with nothing to do.", standing.idle)
        served = GaugeMetricFamily("jiwon_generation_info", "The generation served.", labels=("generation",))
        age = GaugeMetricFamily("jiwon_generation_age_seconds", "Seconds since the generation served was built.")
        if standing.record:
            served.add_metric((standing.record.id,), 1)
            built = datetime.fromisoformat(standing.record.built_at)
            built = built if built.tzinfo else built.replace(tzinfo=SEOUL)
            age.add_metric((), (moment() - built).total_seconds())
        yield served
        yield age


def metrics_routes(desks: Desks) -> APIRouter:
    """`/metrics`, in the form of Prometheus."""
    router = APIRouter(tags=["상태"])

    @router.get("/metrics", summary="Prometheus 지표", response_class=Response, responses=TEXT)
    async def metrics() -> Response:
        now = CollectorRegistry()
        now.register(_Now(desks.standing()))
        return Response(generate_latest(REGISTRY) + generate_latest(now), media_type=CONTENT_TYPE_LATEST)

    return router
