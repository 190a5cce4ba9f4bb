import { generateKeyPairSync } from "node:crypto";
import { signPersonToken } from "@minka/auth/authentication";
import type { Through } from "@minka/contracts/actor";
import { registerPerson } from "@minka/contracts/profiles";
import { connectDatabase, type Database } from "@minka/database/connect";
import { consentAt, runProfiles, trace, type ProfilesRun } from "./profiles-run.ts";

type Method = "GET" | "POST" | "PUT" | "DELETE";
type Options = { body?: object; key?: string };

async function ask(run: ProfilesRun, token: string | null, method: Method, path: string, options: Options) {
  const answer = await run.app.inject({
    method,
    url: `/api/profiles/people${path}`,
    ...(options.body ? { payload: options.body } : {}),
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(options.key ? { "idempotency-key": options.key } : {}),
    },
  });
  return { status: answer.statusCode, json: answer.json(), text: answer.body, headers: answer.headers };
}

/** Somebody who calls by the HTTP door; paths follow `/api/profiles/people`. */
type Caller = (method: Method, path: string, options?: Options) => ReturnType<typeof ask>;

export type Somebody = { id: string; phone: string; as: Caller };

export type PeopleRun = ProfilesRun & {
  owner: Database;
  /** A registered person with a token of their own. */
  somebody(name?: string): Promise<Somebody>;
  operator: Caller;
  anonymous: Caller;
  /** Somebody who acts in a person's name. */
  acting(personId: string, through: Through): Caller;
};

export async function runPeople(): Promise<PeopleRun> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const run = await runProfiles({ TOKEN_PRIVATE_KEY: pem });
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "look" });
  let registered = 0;

  const calling =
    (token: string | null): Caller =>
    (method, path, options = {}) =>
      ask(run, token, method, path, options);
  const register = async (name: string) => {
    registered += 1;
    const phone = `+519000${String(10_000 + registered)}`;
    const body = { phone, name, consent: consentAt(run) };
    const { person } = await run.callAs("notifications")(registerPerson, { body }, trace);
    return { id: person.id, phone };
  };
  const tokenOf = (id: string, more: { operator?: boolean; through?: Through } = {}) =>
    signPersonToken(run.app, pem, { id, operator: false, ...more });

  const { id: operatorId } = await register("Operadora");
  await owner.sql`
    insert into profiles.operators (person_id, appointed_at) values (${operatorId}, ${run.clock().toISOString()})`;
  return {
    ...run,
    owner,
    async somebody(name = "Rosa Tuanama") {
      const { id, phone } = await register(name);
      return { id, phone, as: calling(tokenOf(id)) };
    },
    operator: calling(tokenOf(operatorId, { operator: true })),
    anonymous: calling(null),
    acting: (personId, through) => calling(tokenOf(personId, { through })),
    async stop() {
      await owner.close();
      await run.stop();
    },
  };
}

/** The audit trail of a subject, oldest first. */
export async function acts(run: PeopleRun, subject: string) {
  const rows = await run.owner.sql<{ actor: string; action: string }[]>`
    select actor, action from profiles.audit where subject = ${subject} order by at, id`;
  return rows.map(({ actor, action }) => `${action} by ${actor}`);
}
