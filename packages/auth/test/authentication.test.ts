import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import {
  authentication,
  personTokenSeconds,
  signPersonToken,
  signServiceToken,
} from "@minka/auth/authentication";
import { DomainError } from "@minka/domain/errors";
import Fastify from "fastify";
import { beforeAll, expect, test } from "vitest";

const serviceSecret = "a secret of at least thirty-two characters";
const personId = "0198c0de-0000-7000-8000-000000000001";

function newKeys() {
  return generateKeyPairSync("ed25519", {
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}
const keys = newKeys();
const foreignKeys = newKeys();

type Authenticate = (request: { headers: { authorization?: string } }) => Promise<unknown>;

async function start(personPublicKey: () => Promise<string> = async () => keys.publicKey) {
  const app = Fastify();
  await app.register(authentication, { serviceSecret, personPublicKey });
  await app.ready();
  const authenticate = (app as unknown as { authenticate: Authenticate }).authenticate;
  return {
    app,
    who: (token?: string) =>
      authenticate({ headers: token === undefined ? {} : { authorization: `Bearer ${token}` } }),
    header: (authorization: string) => authenticate({ headers: { authorization } }),
  };
}
let own: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  own = await start();
});

const now = () => Math.floor(Date.now() / 1000);
const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");
type Signer = (signed: string) => string;
const hmac =
  (secret: string, hash = "sha256"): Signer =>
  (signed) =>
    createHmac(hash, secret).update(signed).digest("base64url");
const ed25519 =
  (privateKey: string): Signer =>
  (signed) =>
    sign(null, Buffer.from(signed), privateKey).toString("base64url");

/** A token as anybody may write one, with a header and a signature of their choice. */
function forge(header: unknown, claims: unknown, signer: Signer): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${signer(signed)}`;
}
const personClaims = (extra: object = {}) => ({
  sub: personId,
  operator: true,
  iat: now(),
  exp: now() + 600,
  ...extra,
});
const serviceClaims = (extra: object = {}) => ({ sub: "matching", iat: now(), exp: now() + 60, ...extra });

const refused = { category: "unauthenticated", code: "token-refused" };

test("nobody is nobody", async () => {
  expect(await own.who()).toEqual({ kind: "anonymous" });
});

test("a service is known by its token", async () => {
  expect(await own.who(signServiceToken(own.app, "matching"))).toEqual({
    kind: "service",
    service: "matching",
  });
});

test.each([true, false])("a person is known by theirs, operator: %s", async (operator) => {
  const token = signPersonToken(own.app, keys.privateKey, { id: personId, operator });
  expect(await own.who(token)).toEqual({ kind: "person", personId, operator });
});

test.each([{}, { organizationId: "0198c0de-0000-7000-8000-000000000003" }])(
  "who acts for another is known as both, for an organization %j, and never as an operator",
  async (more) => {
    const through = { personId: "0198c0de-0000-7000-8000-000000000002", ...more };
    const token = signPersonToken(own.app, keys.privateKey, { id: personId, operator: true, through });
    expect(await own.who(token)).toEqual({ kind: "person", personId, operator: false, through });
  },
);

test("an operator's right is not lent, whatever a token to act says", async () => {
  const claims = personClaims({ act: { sub: "0198c0de-0000-7000-8000-000000000002" } });
  const token = forge({ alg: "EdDSA", typ: "JWT" }, claims, ed25519(keys.privateKey));
  expect(await own.who(token)).toMatchObject({ personId, operator: false });
});

test("tokens end: a service's after a minute, a person's after a quarter of an hour", () => {
  const claims = (token: string) =>
    JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  const ofService = claims(signServiceToken(own.app, "matching"));
  expect(ofService.exp - ofService.iat).toBe(60);
  const ofPerson = claims(signPersonToken(own.app, keys.privateKey, { id: personId, operator: false }));
  expect(ofPerson.exp - ofPerson.iat).toBe(personTokenSeconds);
  expect(JSON.stringify(ofPerson)).not.toMatch(/phone|name/);
});

test("the forger's own hand is accepted when key and claims are right: the refusals below are for their reason", async () => {
  const person = forge({ alg: "EdDSA", typ: "JWT" }, personClaims(), ed25519(keys.privateKey));
  expect(await own.who(person)).toMatchObject({ kind: "person", operator: true });
  const service = forge({ alg: "HS256", typ: "JWT" }, serviceClaims(), hmac(serviceSecret));
  expect(await own.who(service)).toMatchObject({ kind: "service" });
});

test.each<[what: string, token: () => string]>([
  [
    "a person signed by somebody else",
    () => forge({ alg: "EdDSA" }, personClaims(), ed25519(foreignKeys.privateKey)),
  ],
  [
    "a person whose claims were changed",
    () => {
      const token = forge({ alg: "EdDSA" }, personClaims({ operator: false }), ed25519(keys.privateKey));
      const [header, , signature] = token.split(".");
      return `${header}.${encode(personClaims())}.${signature}`;
    },
  ],
  [
    "a person signed as HS256 with the public key",
    () => forge({ alg: "HS256" }, personClaims(), hmac(keys.publicKey)),
  ],
  [
    "a service signed as HS256 with the public key",
    () => forge({ alg: "HS256" }, serviceClaims(), hmac(keys.publicKey)),
  ],
  [
    "a public key used as a secret under the name of its own algorithm",
    () => forge({ alg: "EdDSA" }, personClaims(), hmac(keys.publicKey)),
  ],
  [
    "a person signed with the secret of services",
    () => forge({ alg: "EdDSA" }, personClaims(), hmac(serviceSecret)),
  ],
  [
    "a person under HS256 with the secret of services",
    () => forge({ alg: "HS256" }, personClaims(), hmac(serviceSecret)),
  ],
  ["a person signed by none", () => forge({ alg: "none" }, personClaims(), () => "")],
  ["a service signed by none", () => forge({ alg: "none" }, serviceClaims(), () => "")],
  ["None in other letters", () => forge({ alg: "nOnE" }, personClaims(), () => "x".repeat(20))],
  ["no algorithm", () => forge({ typ: "JWT" }, personClaims(), ed25519(keys.privateKey))],
  ["a header that is null", () => forge(null, personClaims(), ed25519(keys.privateKey))],
  [
    "another algorithm of the same family",
    () => forge({ alg: "HS512" }, serviceClaims(), hmac(serviceSecret, "sha512")),
  ],
  [
    "an expired person",
    () =>
      forge({ alg: "EdDSA" }, personClaims({ iat: now() - 1000, exp: now() - 1 }), ed25519(keys.privateKey)),
  ],
  [
    "an expired service",
    () => forge({ alg: "HS256" }, serviceClaims({ iat: now() - 100, exp: now() - 1 }), hmac(serviceSecret)),
  ],
  [
    "a service that does not exist",
    () => forge({ alg: "HS256" }, serviceClaims({ sub: "coins" }), hmac(serviceSecret)),
  ],
  [
    "a service that is a word of JavaScript",
    () => forge({ alg: "HS256" }, serviceClaims({ sub: "length" }), hmac(serviceSecret)),
  ],
  [
    "a service signed with another secret",
    () => forge({ alg: "HS256" }, serviceClaims(), hmac(`${serviceSecret}.`)),
  ],
  ["a token cut off", () => signServiceToken(own.app, "matching").slice(0, -4)],
  ["a token without signature", () => `${encode({ alg: "EdDSA" })}.${encode(personClaims())}.`],
])("%s is refused", async (_what, token) => {
  await expect(own.who(token())).rejects.toMatchObject(refused);
});

test.each([
  "Bearer",
  "Bearer ",
  "Bearer short",
  "Basic bWlua2E6bWlua2E=",
  "Bearer two words here and more of them",
  `Bearer ${"x".repeat(2001)}`,
])("the header %s is no bearer token", async (header) => {
  await expect(own.header(header)).rejects.toMatchObject({
    category: "unauthenticated",
    code: "token-malformed",
  });
});

test("the key of people is asked for only when a person comes, and a failure to get it is not their fault", async () => {
  let asked = 0;
  const away = await start(() => {
    asked += 1;
    return Promise.reject(new DomainError("unavailable", "service-unreachable", "profiles did not answer."));
  });
  await away.who();
  await away.who(signServiceToken(away.app, "web"));
  expect(asked).toBe(0);
  const token = signPersonToken(own.app, keys.privateKey, { id: personId, operator: false });
  await expect(away.who(token)).rejects.toMatchObject({ category: "unavailable" });
  expect(asked).toBe(1);
});

test("a secret that is too short is refused at the start", async () => {
  const app = Fastify();
  const registered = async () =>
    app.register(authentication, { serviceSecret: "short", personPublicKey: async () => "" });
  await expect(registered()).rejects.toThrow("at least 32 characters");
});
