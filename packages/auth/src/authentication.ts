import jwt from "@fastify/jwt";
import { voucherHeader, type Actor, type Through } from "@minka/contracts/actor";
import { serviceNames, type ServiceName } from "@minka/contracts/service-names";
import { DomainError } from "@minka/domain/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";

export type AuthenticationOptions = {
  /** Shared by all services; signs the tokens with which they call each other. At least 32 characters. */
  serviceSecret: string;
  /** The public half (PEM) of the key with which profiles signs people's tokens. */
  personPublicKey: () => Promise<string>;
};

type ServiceClaims = { sub: ServiceName };
/** `act` as in RFC 8693: who acts in the subject's name, and for which organization. */
type PersonClaims = {
  sub: string;
  operator: boolean;
  /** Others of a shared phone may hold this token. */
  wordless?: true;
  act?: { sub: string; organization?: string };
};
type Namespaced = {
  service: { sign(claims: ServiceClaims): string; verify(token: string): ServiceClaims };
  person: {
    sign(claims: PersonClaims, options: object): string;
    verify(token: string, options: object): PersonClaims;
  };
};

/** How long a service's token lives. */
const serviceTokenSeconds = 60;
/** How long a person stays signed in without refreshing. */
export const personTokenSeconds = 15 * 60;

function namespaces(app: FastifyInstance): Namespaced {
  return app.jwt as unknown as Namespaced;
}

/**
 * Recognizes callers. Two kinds of token, kept apart by key: services share a secret and speak for
 * themselves; only profiles holds the private key that speaks for a person.
 */
export const authentication = fastifyPlugin(async (app: FastifyInstance, options: AuthenticationOptions) => {
  if (options.serviceSecret.length < 32) throw new Error("SERVICE_SECRET needs at least 32 characters");
  await app.register(jwt, {
    namespace: "service",
    secret: options.serviceSecret,
    sign: { algorithm: "HS256", expiresIn: `${serviceTokenSeconds}s` },
    // Each service sends the same token for a while; its end is looked at every time.
    verify: { algorithms: ["HS256"], cache: true },
  });
  // Every use passes its own key: the public one is fetched when first needed.
  await app.register(jwt, { namespace: "person", secret: options.serviceSecret });

  // Limits, uploads and the endpoint itself ask who calls: one look at the token serves them all.
  const known = new WeakMap<FastifyRequest, Promise<Actor>>();
  app.decorate("authenticate", (request: FastifyRequest): Promise<Actor> => {
    const actor = known.get(request) ?? recognize(request);
    known.set(request, actor);
    return actor;
  });

  app.decorate("isVouchedFor", ({ headers }: FastifyRequest): boolean => {
    const token = headers[voucherHeader];
    if (typeof token !== "string") return false;
    try {
      return serviceNames.includes(namespaces(app).service.verify(token).sub);
    } catch {
      return false;
    }
  });

  async function recognize(request: FastifyRequest): Promise<Actor> {
    const header = request.headers.authorization;
    if (header === undefined) return { kind: "anonymous" };
    const token = /^Bearer ([\w.-]{20,2000})$/.exec(header)?.[1];
    if (!token)
      throw new DomainError(
        "unauthenticated",
        "token-malformed",
        "The Authorization header is not a bearer token.",
      );
    return algorithmOf(token) === "HS256"
      ? serviceActor(app, token)
      : personActor(app, token, await options.personPublicKey());
  }
});

function algorithmOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).alg;
  } catch {
    return undefined;
  }
}

function refuse(): never {
  throw new DomainError(
    "unauthenticated",
    "token-refused",
    "The token is wrong or has expired. Sign in again.",
  );
}

function serviceActor(app: FastifyInstance, token: string): Actor {
  let claims: ServiceClaims;
  try {
    claims = namespaces(app).service.verify(token);
  } catch {
    return refuse();
  }
  return serviceNames.includes(claims.sub) ? { kind: "service", service: claims.sub } : refuse();
}

function personActor(app: FastifyInstance, token: string, key: string): Actor {
  let claims: PersonClaims;
  try {
    claims = namespaces(app).person.verify(token, { key, algorithms: ["EdDSA"] });
  } catch {
    return refuse();
  }
  if (!claims.act) {
    const wordless = claims.wordless ? ({ wordless: true } as const) : {};
    return { kind: "person", personId: claims.sub, operator: claims.operator, ...wordless };
  }
  const { sub: personId, organization: organizationId } = claims.act;
  const through = { personId, ...(organizationId ? { organizationId } : {}) };
  // Nobody agrees to an operator's rights being used by another.
  return { kind: "person", personId: claims.sub, operator: false, through };
}

/** A token with which `service` calls the others. */
export function signServiceToken(app: FastifyInstance, service: ServiceName): string {
  return namespaces(app).service.sign({ sub: service });
}

/** Tokens for a service's calls: each serves half its life, since signing one takes longer than many a call. */
export function serviceTokens(app: FastifyInstance, service: ServiceName): () => string {
  let token = "";
  let freshUntil = 0;
  return () => {
    const now = performance.now();
    if (now < freshUntil) return token;
    freshUntil = now + (serviceTokenSeconds * 1000) / 2;
    return (token = signServiceToken(app, service));
  };
}

/**
 * A token for a signed-in person, or with `through` for somebody who acts in their name; needs the private key
 * (PEM, Ed25519) that only profiles holds. Who may be anybody of a shared phone is no operator with it.
 */
export function signPersonToken(
  app: FastifyInstance,
  privateKey: string,
  person: { id: string; operator: boolean; wordless?: boolean; through?: Through },
): string {
  const { id, operator, wordless, through } = person;
  const claims: PersonClaims = through
    ? { sub: id, operator: false, act: actClaim(through) }
    : { sub: id, operator: operator && !wordless, ...(wordless ? { wordless } : {}) };
  return namespaces(app).person.sign(claims, {
    key: privateKey,
    algorithm: "EdDSA",
    expiresIn: `${personTokenSeconds}s`,
  });
}

function actClaim({ personId, organizationId }: Through): NonNullable<PersonClaims["act"]> {
  return { sub: personId, ...(organizationId ? { organization: organizationId } : {}) };
}
