import type { EventDefinition, EventPayload } from "@minka/contracts/event";
import type { ServiceName } from "@minka/contracts/service-names";
import type { Database, Transaction } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { App } from "@minka/http/app";
import type { Caller } from "@minka/http/caller";
import type { HealthPart } from "@minka/http/health";
import type { Gauge } from "@minka/http/metrics";
import type { Job } from "@minka/queue/worker";
import type { Logger } from "pino";

/** What a process gives each service that it runs. */
export type ServiceKit = {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly call: Caller;
  /** Begins what no answer waits for; a stop does, for its time, and `settle`. It must see to its own errors. */
  readonly afterAnswer: (work: () => Promise<void>) => void;
  /** The environment, to be parsed once by the service's config.ts. */
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** The event that is being handled, and the means to do it exactly once. */
export type Occurrence<E extends EventDefinition> = {
  readonly deliveryId: string;
  readonly payload: EventPayload<E>;
  readonly occurredAt: Date;
  readonly trace: string;
  /**
   * The one transaction of the handler: `work` runs with the delivery locked, and not at all when it has
   * been handled. Read from other services before, never inside.
   */
  once(work: (tx: Transaction) => Promise<void>): Promise<void>;
};

export type EventHandler = {
  readonly event: EventDefinition;
  readonly handle: (occurrence: Occurrence<EventDefinition>) => Promise<void>;
};

export function on<E extends EventDefinition>(
  event: E,
  handle: (occurrence: Occurrence<E>) => Promise<void>,
): EventHandler {
  return { event, handle };
}

export type ServiceParts = {
  readonly routes: (app: App) => void | Promise<void>;
  readonly handlers?: readonly EventHandler[];
  /** Every job that the catalog names for the service, but `handle-delivery`, which all have alike. */
  readonly jobs?: Readonly<Record<string, Job>>;
  /** What must work for the service to be of use, beside its database and the queue. */
  readonly health?: readonly HealthPart[];
  /** What its metrics show beside requests and jobs. */
  readonly gauges?: readonly Gauge[];
  /** Called every hour: forgets what is older than it should be, and returns how many rows that were. */
  readonly forget?: () => Promise<number>;
  readonly close?: () => Promise<void>;
};

export type ServiceDefinition = {
  readonly name: ServiceName;
  /** Null for a service that owns no data. */
  readonly migrations: URL | null;
  readonly start: (kit: ServiceKit) => ServiceParts | Promise<ServiceParts>;
};

export function defineService<Definition extends ServiceDefinition>(definition: Definition): Definition {
  return definition;
}
