"""Traces: what the framework tells of each request flows out to a collector of OpenTelemetry, where one is named."""

from __future__ import annotations

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter

from server import VERSION

SAID = ("url.query", "url.full", "url.path", "http.target", "http.url", "client.address", "user_agent.original")
"""What may hold words of a caller, or say who it is; the route and the status tell an operator enough."""


class Discreet(SpanProcessor):
    """Takes out of each span what may be personal, before anything is sent."""

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        """Overwrite it where it is."""
        for name in SAID:
            if span.attributes and name in span.attributes:
                span.set_attribute(name, "")


def set_up_traces(url: str, exporter: SpanExporter | None = None) -> TracerProvider:
    """Send traces to an OTLP collector (gRPC, like `http://localhost:4317`) from now on, in this process."""
    provider = TracerProvider(resource=Resource.create({"service.name": "jiwon", "service.version": VERSION}))
    provider.add_span_processor(Discreet())
    provider.add_span_processor(
        BatchSpanProcessor(exporter or OTLPSpanExporter(endpoint=url, insecure=url.startswith("http://")))
    )
    trace.set_tracer_provider(provider)
    return provider
