import { generateKeyPairSync } from "node:crypto";
import { authentication, signPersonToken, signServiceToken } from "@minka/auth/authentication";
import type { Actor } from "@minka/contracts/actor";
import { endpoint, type Access } from "@minka/contracts/endpoint";
import { createApp, type App } from "@minka/http/app";
import { createLog } from "@minka/http/log";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { onTestFinished } from "vitest";
import { z } from "zod";

const { publicKey, privateKey } = generateKeyPairSync("ed25519", {
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

export type AppForTest = {
  readonly app: App;
  /** Each line that was logged, as written. */
  readonly lines: string[];
  /** The Authorization header of somebody. */
  token(actor: Actor): Record<string, string>;
};

/** An app with real tokens and a log that the test reads; `mount` adds the routes. */
export async function startApp(
  mount: (app: App) => void | Promise<void> = () => {},
  { level = "debug", trustProxy = false } = {},
): Promise<AppForTest> {
  const lines: string[] = [];
  const log = createLog({ level, service: "test", destination: { write: (line) => void lines.push(line) } });
  const app = createApp({ log, trustProxy });
  await app.register(authentication, {
    serviceSecret: "a secret of at least thirty-two characters",
    personPublicKey: async () => publicKey,
  });
  await mount(app);
  await app.ready();
  onTestFinished(() => app.close());
  return {
    app,
    lines,
    token(actor) {
      const headers: Record<string, string> = {};
      if (actor.kind === "service")
        headers["authorization"] = `Bearer ${signServiceToken(app, actor.service)}`;
      if (actor.kind === "person") {
        const { personId: id, operator: mayOperate, through } = actor;
        const token = signPersonToken(app, privateKey, {
          id,
          operator: mayOperate,
          ...(through ? { through } : {}),
        });
        headers["authorization"] = `Bearer ${token}`;
      }
      return headers;
    },
  };
}

/** A lot of cacao is announced: everything that an endpoint can have. */
export const announce = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/test/lots/:crop",
  summary: "For tests",
  access: ["person", "service"],
  params: z.object({ crop: z.enum(["coffee", "cacao"]) }),
  query: z.object({ draft: z.stringbool().optional() }),
  body: z.object({ kilos: z.int().min(1), places: z.array(z.object({ code: z.string().length(6) })) }),
  answer: z.object({ id: z.string(), kilos: z.int() }),
  status: 201,
});

export const open = (access: readonly Access[], path = "/api/test/open") =>
  endpoint({
    service: "matching",
    method: "POST",
    path,
    summary: "For tests",
    access,
    answer: z.object({ done: z.boolean() }),
  });

export function mountAnnounce(app: App): void {
  mountEndpoint(app, announce, async ({ params, body }) => ({ id: `lot-${params.crop}`, kilos: body.kilos }));
}

export const person: Actor = {
  kind: "person",
  personId: "0198c0de-0000-7000-8000-000000000001",
  operator: false,
};
export const operator: Actor = {
  kind: "person",
  personId: "0198c0de-0000-7000-8000-000000000002",
  operator: true,
};
export const service: Actor = { kind: "service", service: "notifications" };
