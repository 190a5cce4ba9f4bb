import { collectDefaultMetrics, Counter, Gauge as PrometheusGauge, Histogram, Registry } from "prom-client";
import type { App } from "./app.ts";

/** Something of which a process has so much at the moment. */
export type Gauge = {
  readonly name: string;
  readonly help: string;
  /** What its values are told apart by; nothing that names a person. */
  readonly labels?: readonly string[];
  readonly read: () => Promise<number | readonly Sample[]>;
};
export type Sample = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

export type Metrics = {
  countJob(service: string, job: string, outcome: "done" | "failed", seconds: number): void;
  /** Read whenever somebody asks for the metrics; one that cannot be read is left out. */
  show(gauges: readonly Gauge[]): void;
};

let ofProcess: Registry | undefined;

/** Node's own, watched once a process: its observers never let go of what they report to. */
function processMetrics(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

/** Prometheus metrics of one process: requests by route, jobs by name, and Node's own. */
export function serveMetrics(app: App): Metrics {
  const node = processMetrics();
  const registry = new Registry();
  const requests = new Histogram({
    name: "minka_http_request_seconds",
    help: "Time to answer a request",
    labelNames: ["method", "route", "status"] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const jobs = new Histogram({
    name: "minka_job_seconds",
    help: "Time to run a job",
    labelNames: ["service", "job"] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const failures = new Counter({
    name: "minka_job_failures_total",
    help: "Job runs that failed and stay due",
    labelNames: ["service", "job"] as const,
    registers: [registry],
  });
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    requests.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });
  app.get("/metrics", { logLevel: "silent" }, async (_request, reply) => {
    const parts = await Promise.all([node.metrics(), registry.metrics()]);
    return reply.type(registry.contentType).send(parts.join("\n"));
  });
  return {
    countJob(service, job, outcome, seconds) {
      jobs.observe({ service, job }, seconds);
      if (outcome === "failed") failures.inc({ service, job });
    },
    show(gauges) {
      for (const { name, help, labels = [], read } of gauges) {
        const gauge = new PrometheusGauge({
          name,
          help,
          labelNames: labels,
          registers: [registry],
          async collect() {
            gauge.reset();
            const value = await read().catch(() => undefined);
            if (typeof value === "number") gauge.set(value);
            else for (const sample of value ?? []) gauge.set(sample.labels, sample.value);
          },
        });
      }
    },
  };
}
