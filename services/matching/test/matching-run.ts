import { generateKeyPairSync, randomUUID } from "node:crypto";
import { signPersonToken } from "@minka/auth/authentication";
import { answeredElsewhere } from "@minka/contracts/answered-elsewhere";
import { reportUnreachable, type DeclineReason } from "@minka/contracts/asks";
import type { Attendance } from "@minka/contracts/attendance";
import { authKeys } from "@minka/contracts/auth";
import * as disputes from "@minka/contracts/disputes";
import type { EventDefinition } from "@minka/contracts/event";
import * as events from "@minka/contracts/events";
import * as followUps from "@minka/contracts/follow-ups";
import * as contract from "@minka/contracts/matching";
import type { Request } from "@minka/contracts/matching";
import * as planVisits from "@minka/contracts/plan-visits";
import * as quotes from "@minka/contracts/quotes";
import * as reviews from "@minka/contracts/reviews";
import * as ratings from "@minka/contracts/ratings";
import { rateEngagement } from "@minka/contracts/ratings";
import type { Need } from "@minka/contracts/need";
import { connectDatabase } from "@minka/database/connect";
import { deliveries } from "@minka/database/deliveries";
import { DomainError } from "@minka/domain/errors";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService, on } from "@minka/service/define-service";
import { runForTest } from "@minka/test-kit/run-for-test";
import { asc, sql } from "@minka/database/query";
import { matching } from "../src/service.ts";
import { createConsents } from "./consents.ts";
import { createFakeCatalog } from "./fake-catalog.ts";

type Place = { name: string; point: { latitude: number; longitude: number } };
export const tocache = "221001";
export const pruningCacao: Need = { kind: "assistance", topic: "pruning", crop: "cacao" };

const isEvent = (value: unknown): value is EventDefinition =>
  typeof value === "object" && value !== null && "emitter" in value && "subscribers" in value;
const matchingEvents = [events, planVisits, quotes, ratings, disputes, followUps, reviews]
  .flatMap((module): unknown[] => Object.values(module))
  .filter(isEvent);
const news = [
  answeredElsewhere.matching,
  ...matchingEvents.filter(({ subscribers }) => subscribers.includes("notifications")),
];

/** Matching alone, with a catalog that the test fills, called as notifications does. */
export async function startMatching(options: Parameters<typeof runForTest>[1] = {}) {
  const { catalog, sponsors, planning, definition, decide } = createFakeCatalog();
  const consents = createConsents();
  const keys = generateKeyPairSync("ed25519", {
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const profiles = defineService({
    name: "profiles",
    migrations: null,
    start: ({ db }) => ({
      routes(app) {
        mountEndpoint(app, authKeys, async () => ({ publicKey: keys.publicKey }));
        consents.routes(app, db);
        sponsors.profilesRoutes(app);
        planning.profilesRoutes(app);
      },
    }),
  });
  // Somebody has to take the news, or the nudges that announce it would wait in the queue for ever.
  const notifications = defineService({
    name: "notifications",
    migrations: null,
    start: () => ({
      routes: () => {},
      handlers: news.map((event) => on(event, ({ once }) => once(async () => {}))),
    }),
  });
  const run = await runForTest([matching, definition, profiles, notifications], options);
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "test-owner", maxConnections: 2 });
  const call = run.callAs("notifications");
  const trace = "test-trace";

  const open = async (
    over: {
      personId?: string;
      need?: Need;
      districtCode?: string;
      place?: Place;
      offerId?: string;
      attendedBy?: Attendance;
    } = {},
  ) =>
    call(
      contract.openRequest,
      {
        body: {
          personId: randomUUID(),
          need: pruningCacao,
          districtCode: tocache,
          channel: "sms",
          ...over,
        },
      },
      { trace },
    ).then(({ requestId }) => requestId);

  const read = async (requestId: string): Promise<Request> =>
    call(contract.readRequest, { params: { requestId } }, { trace }).then(({ request }) => request);

  return {
    ...run,
    catalog,
    sponsors,
    planning,
    decide,
    consents,
    call,
    trace,
    owner,
    open,
    read,
    async openListed(over: Parameters<typeof open>[0] = {}) {
      const requestId = await open(over);
      await run.settle();
      return read(requestId);
    },
    choose: (matchId: string) => call(contract.chooseMatch, { params: { matchId } }, { trace }),
    accept: (matchId: string, visitOn?: string) =>
      call(
        contract.answerAsk,
        { params: { matchId }, body: { accept: true, ...(visitOn ? { visitOn } : {}) } },
        { trace },
      ),
    decline: (matchId: string, reason?: DeclineReason) =>
      call(
        contract.answerAsk,
        { params: { matchId }, body: { accept: false, ...(reason ? { reason } : {}) } },
        { trace },
      ),
    giveUp: (matchId: string) => call(reportUnreachable, { params: { matchId } }, { trace }),
    refuse: (requestId: string) => call(contract.refuseList, { params: { requestId } }, { trace }),
    cancel: (requestId: string) =>
      call(contract.cancelRequest, { params: { requestId }, body: {} }, { trace }),
    report: (engagementId: string, outcome: "done" | "no_show", by: "requester" | "provider" = "requester") =>
      call(contract.reportOutcome, { params: { engagementId }, body: { outcome, by } }, { trace }),
    rate: (engagementId: string, score: number) =>
      call(rateEngagement, { params: { engagementId }, body: { score } }, { trace }),
    /** What was told to other services about a request, oldest first. */
    async told(requestId: string): Promise<{ event: string; payload: Record<string, unknown> }[]> {
      const rows = await owner.read
        .select({ event: deliveries.event, payload: deliveries.payload })
        .from(deliveries)
        .where(sql`${deliveries.payload}->>'requestId' = ${requestId}`)
        .orderBy(asc(deliveries.id));
      return rows.map(({ event, payload }) => ({ event, payload: Object(payload) }));
    },
    async used(offerId: string): Promise<number> {
      const [row] = await owner.sql<{ used: number }[]>`
        select coalesce(sum(used), 0)::int as used from matching.capacity where offer_id = ${offerId}`;
      return row?.used ?? 0;
    },
    async standing(providerId: string) {
      const [row] = await owner.sql`select * from matching.standings where provider_id = ${providerId}`;
      return row;
    },
    signIn(personId: string, operator = false, through?: { personId: string }) {
      const person = { id: personId, operator, ...(through ? { through } : {}) };
      const token = signPersonToken(run.app, keys.privateKey, person);
      return async (method: "GET" | "POST" | "PUT" | "DELETE", url: string, body?: object) => {
        const response = await run.app.inject({
          method,
          url,
          headers: { authorization: `Bearer ${token}` },
          ...(body ? { payload: body } : {}),
        });
        return { status: response.statusCode, body: response.json() };
      };
    },
    async stop() {
      await owner.close();
      await run.stop();
    },
  };
}
export type MatchingRun = Awaited<ReturnType<typeof startMatching>>;

/** The code with which a call is refused. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return "was not refused";
}

/** The match of a rank on the list shown last. */
export function ranked(request: Request, rank: number) {
  const match = request.matches.find((each) => each.round === request.round && each.rank === rank);
  if (!match) throw new Error(`request ${request.id} has no match of rank ${rank}`);
  return match;
}
