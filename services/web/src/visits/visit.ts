import { toldWithinDays } from "@minka/contracts/presence";
import { peopleNames } from "@minka/contracts/profiles";
import type { Answer, CallInput, Endpoint } from "@minka/contracts/endpoint";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import type { ServiceKit } from "@minka/service/define-service";
import { createHash, randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { WebConfig } from "../config.ts";
import type { FormValues } from "../forms/form-values.ts";
import type { Page } from "./page.ts";
import { enteringPhoneOf, interruptedIdOf } from "../sessions/session-cookie.ts";
import type { Misread } from "./asked.ts";
import type { SessionMeans, Session } from "../sessions/sessions.ts";

/** Set by the service worker on what waited for a signal: it is answered by a status, not by a page. */
const queuedHeader = "x-minka-queued";
/** Set beside it: when that was written. */
const writtenHeader = "x-minka-written-at";
/** Older clocks of phones, and older sendings, are not believed. */
const believedMs = toldWithinDays * 24 * 60 * 60 * 1000;

/** What pages need of the process. */
export type WebMeans = Pick<ServiceKit, "clock" | "log"> &
  SessionMeans & { readonly config: WebConfig; readonly pages: readonly Page[] };

/** Who is signed in: in whose name, and who it is where somebody acts for another. */
export type Visitor = {
  readonly personId: string;
  /** For what is offered on a page. What is allowed is decided where the data are. */
  readonly operator: boolean;
  readonly actedBy: string | null;
  /** Tells the pages of one person from another's and says nothing else. */
  readonly tag: string;
};

/** One request for a page, or one form that was sent. */
export type Visit<Params = unknown, Person extends Visitor | null = Visitor | null> = {
  readonly params: Params;
  /** The address's query: of each name the first value. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** What the address asks for and nobody understood, by its name: the frame tells it. */
  readonly misread: Map<string, Misread>;
  readonly path: string;
  readonly person: Person;
  readonly now: Date;
  /** Calendar day in Lima. */
  readonly today: string;
  readonly trace: string;
  readonly config: WebConfig;
  /** Where the pages are found from outside, for addresses that people send each other. */
  readonly origin: string;
  readonly session: Session | null;
  /** What was sent had waited for a signal: nobody is there to look at a further screen. */
  readonly waited: boolean;
  /** When what waited was written; for all else, and where the phone says no hour that can be, now. */
  readonly writtenAt: Date;
  /** While somebody signs in: the phone that their code went to. */
  readonly enteringPhone: string | null;
  /** Where somebody was sending a form when they were no longer signed in: its id. */
  readonly interruptedId: string | null;
  readonly means: WebMeans;
  /**
   * Calls with the rights of who visits; as this service where nobody is signed in. In an action each command has a
   * key made of what was sent, so that a form that comes twice does once what it says.
   */
  call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<Answer<E>>;
  /** The same, or null where that is not there, or not for this person: for parts that a page can do without. */
  callIfAny<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<Answer<E> | null>;
  /** Names of people whose ids a call has just given; who has none, or was erased, is left out. */
  namesOf(personIds: readonly (string | null | undefined)[]): Promise<ReadonlyMap<string, string>>;
  /** For the hidden field of a form: what is sent with it is done once. */
  newCommand(): string;
};

export type SignedVisit<Params = unknown> = Visit<Params, Visitor>;

export function openVisit<Params>(
  means: WebMeans,
  request: FastifyRequest,
  session: Session | null,
  sent: { readonly command: string | null; readonly values: FormValues } | null,
): Visit<Params> {
  const now = means.clock();
  const person = session && visitorOf(means, session);
  const personToken = session && (session.contents.acting?.accessToken ?? session.contents.accessToken);
  const key = sent && commandKey(sent);
  const counts = new Map<string, number>();
  const keyFor = (endpoint: Endpoint) => {
    if (!key || endpoint.method === "GET") return {};
    const operation = `${endpoint.method} ${endpoint.path}`;
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    return { idempotencyKey: `web:${key}:${count}` };
  };
  const call = readingOnce((endpoint, input) =>
    means.call(endpoint, input, {
      trace: request.id,
      ...keyFor(endpoint),
      ...(personToken ? { personToken } : { address: request.ip }),
    }),
  );
  return {
    params: request.params as Params,
    query: firstValues(request.query),
    misread: new Map(),
    path: request.url.split("?")[0] ?? "/",
    person,
    now,
    today: limaDay(now),
    trace: request.id,
    config: means.config,
    origin: means.config.publicUrl ?? `${request.protocol}://${request.host}`,
    session,
    waited: request.headers[queuedHeader] !== undefined,
    writtenAt: writtenAt(request, now),
    enteringPhone: enteringPhoneOf(request),
    interruptedId: interruptedIdOf(request),
    means,
    call,
    async callIfAny(endpoint, input) {
      try {
        return await call(endpoint, input);
      } catch (error) {
        if (!(error instanceof DomainError) || error.category === "unauthenticated") throw error;
        // That it is not there, or not theirs, is an answer; anything else is a fault that nobody would see.
        if (!["not-found", "forbidden"].includes(error.category))
          means.log.warn({ err: error }, "a page without a part");
        return null;
      }
    },
    namesOf: (personIds) => readNames(means, personIds, request.id),
    newCommand: randomUUID,
  };
}

type Calling = Visit["call"];

/** What one part of a page has read is not asked for again by another, nor by the frame, until something is done. */
function readingOnce(call: Calling): Calling {
  const answers = new Map<string, Promise<unknown>>();
  return <E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<Answer<E>> => {
    if (endpoint.method !== "GET") {
      answers.clear();
      return call(endpoint, input).finally(() => answers.clear());
    }
    const question = `${endpoint.path} ${JSON.stringify(input)}`;
    const known = answers.get(question) as Promise<Answer<E>> | undefined;
    if (known) return known;
    const asked = call(endpoint, input);
    answers.set(question, asked);
    // What failed may be asked again, and whoever asked sees to its error.
    asked.catch(() => answers.delete(question));
    return asked;
  };
}

function writtenAt({ headers }: FastifyRequest, now: Date): Date {
  const said = headers[writtenHeader];
  if (headers[queuedHeader] === undefined || typeof said !== "string") return now;
  const written = new Date(said);
  const age = now.getTime() - written.getTime();
  return age >= 0 && age < believedMs ? written : now;
}

function visitorOf({ keys }: WebMeans, { contents }: Session): Visitor {
  const { personId, operator, acting } = contents;
  return {
    personId: acting?.personId ?? personId,
    operator: operator && !acting,
    actedBy: acting ? personId : null,
    tag: keys.tag(`${personId} for ${acting?.personId ?? personId}`),
  };
}

function firstValues(query: unknown): Readonly<Record<string, string | undefined>> {
  const entries = Object.entries((query ?? {}) as Record<string, string | string[]>);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, (Array.isArray(value) ? value[0] : value)?.slice(0, 500)]),
  );
}

/** Of the form's own key and all that was typed: what comes again is known, what was corrected is a new command. */
function commandKey({ command, values }: { command: string | null; values: FormValues }): string {
  const hash = createHash("sha256").update(command ?? randomUUID());
  for (const name of Object.keys(values).toSorted()) {
    const value = values[name];
    hash.update(`\n${name}=`);
    if (typeof value === "object" && "bytes" in value) hash.update(value.bytes);
    else hash.update(JSON.stringify(value ?? null));
  }
  return hash.digest("base64url");
}

const namesAtOnce = 500;

async function readNames(
  { call }: WebMeans,
  personIds: readonly (string | null | undefined)[],
  trace: string,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(personIds.filter((id) => typeof id === "string"))];
  const names = new Map<string, string>();
  for (let from = 0; from < ids.length; from += namesAtOnce) {
    const body = { personIds: ids.slice(from, from + namesAtOnce) };
    const { people } = await call(peopleNames, { body }, { trace });
    for (const { personId, name } of people) names.set(personId, name);
  }
  return names;
}
