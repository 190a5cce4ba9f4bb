import rateLimit from "@fastify/rate-limit";
import type { Actor } from "@minka/contracts/actor";
import { DomainError } from "@minka/domain/errors";
import type { FastifyRequest } from "fastify";
import { Redis } from "ioredis";
import { z } from "zod";
import type { App } from "./app.ts";
import { clientAddress } from "./client-address.ts";

export type RateLimits = {
  /** Calls in a minute from one address; an office or a telecenter has one for all who sit there. */
  readonly perAddress: number;
  /** Calls, pages and forms in a minute of one person, wherever from; of whoever acts, where somebody acts for another. */
  readonly perPerson: number;
  /** Where processes count together. Without it each counts for itself, which is enough against a flood. */
  readonly redisUrl: string | null;
};

/** Settings of the limits, to be spread into a process's own; 0 puts a limit out of force. */
export const rateLimitSettings = {
  RATE_LIMIT_PER_ADDRESS: z.coerce.number().int().min(0).default(1_200),
  RATE_LIMIT_PER_PERSON: z.coerce.number().int().min(0).default(300),
};

const windowMs = 60_000;

/** Gateways answer for all phones from one address, and monitoring must see a flood, not drown in it. */
const uncounted = /^\/(?:sms|health|metrics)(?:[/?]|$)/;

/** How a person is counted once for what they do at a page; null where nobody is limited. */
export type PersonLimit = { count: ((request: FastifyRequest, personId: string) => Promise<void>) | null };

/**
 * Refuses who calls too often with `too-many-requests` (429) and Retry-After. Services are not counted: their
 * calls are somebody's that was. Nor are the calls that a page makes with its person's token: one page is a dozen
 * of them, so a limit meant for programs would lock out whoever works fast. The page counts its person once, at its
 * door, by `app.personLimit`, together with what they call themselves. A store that does not answer in time lets
 * everybody pass: a limit must not become an outage.
 */
export async function limitRequests(app: App, limits: RateLimits): Promise<void> {
  const redis = limits.redisUrl === null ? null : openStore(limits.redisUrl, app);
  await app.register(rateLimit, {
    global: false,
    timeWindow: windowMs,
    skipOnError: true,
    ...(redis ? { redis, nameSpace: "minka-calls-" } : { cache: 20_000 }),
  });
  const ofAddress = limiter(app, "address", limits.perAddress);
  const ofPerson = limiter(app, "person", limits.perPerson);
  app.addHook("onRequest", async (request) => {
    if (uncounted.test(request.url)) return;
    let actor: Actor = { kind: "anonymous" };
    try {
      actor = await app.authenticate(request);
    } catch {
      // Guessing tokens counts too. Where a token is needed, the endpoint refuses a wrong one.
    }
    await ofAddress(request, clientAddress(request, actor));
    if (!app.isVouchedFor(request)) await ofPerson(request, callerId(actor));
  });
  app.personLimit.count = ofPerson;
}

function callerId(actor: Actor): string | null {
  return actor.kind === "person" ? (actor.through?.personId ?? actor.personId) : null;
}

function limiter(app: App, name: string, max: number) {
  const keys = new WeakMap<FastifyRequest, string>();
  const count = app.createRateLimit({ max, keyGenerator: (request) => keys.get(request) ?? name });
  return async (request: FastifyRequest, who: string | null): Promise<void> => {
    if (max === 0 || who === null) return;
    keys.set(request, `${name}:${who}`);
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    throw new DomainError("too-many", "too-many-requests", "You call too often. Wait a little.", {
      details: { retryAfterSeconds: Math.max(1, counted.ttlInSeconds) },
    });
  };
}

function openStore(url: string, app: App): Redis {
  const redis = new Redis(url, {
    connectTimeout: 2_000,
    commandTimeout: 250,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(times * 100, 1_000),
  });
  redis.on("error", (error: unknown) => app.log.warn({ err: error }, "the store of limits is away"));
  app.addHook("onClose", async () => redis.disconnect());
  return redis;
}
