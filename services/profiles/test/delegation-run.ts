import { profilesConfirmations } from "@minka/contracts/confirmations";
import { registerPerson } from "@minka/contracts/profiles";
import { connectDatabase, type Database } from "@minka/database/connect";
import { consentAt, runProfiles, signIn, trace, type ProfilesRun } from "./profiles-run.ts";

export const agentPhone = "+51900099300";
export const farmerPhone = "+51900099301";
const operatorPhone = "+51900099001";
export const witness = "Elmer Sangama Tapullima";

type SignedIn = { token: string; personId: string };

export type DelegationRun = ProfilesRun & {
  owner: Database;
  agent: SignedIn;
  farmer: SignedIn;
  operator: SignedIn;
  send(
    method: "GET" | "POST",
    url: string,
    token: string,
    payload?: object,
  ): Promise<{ status: number; body: ReturnType<typeof JSON.parse> }>;
  /** Ids of the questions that people were asked. */
  questions(): Promise<string[]>;
  answer(id: string, personId: string, accepted: boolean): Promise<{ text: string }>;
  /** An agent and a farmer who agreed. */
  delegate(): Promise<string>;
  newPerson(phone: string, name: string): Promise<SignedIn>;
};

/** Profiles with an agent, a farmer and an operator, each signed in. */
export async function runDelegations(): Promise<DelegationRun> {
  const run = await runProfiles({ OPERATOR_PHONES: operatorPhone, CODES_PER_ADDRESS: "1000" });
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "test-owner", maxConnections: 2 });
  const call = run.callAs("notifications");
  const newPerson = async (phone: string, name: string) => {
    await call(registerPerson, { body: { phone, name, consent: consentAt(run) } }, trace);
    return signIn(run, phone);
  };
  const agent = await newPerson(agentPhone, "Rosa Pinchi Tuanama");
  const farmer = await newPerson(farmerPhone, "Segundo Huamán");
  const operator = await signIn(run, operatorPhone);
  const send: DelegationRun["send"] = async (method, url, token, payload) => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await run.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
    return { status: response.statusCode, body: response.json() };
  };
  const questions = async () => {
    const rows = await owner.sql<{ id: string }[]>`
      select payload->>'id' as id from events.deliveries
      where event = ${profilesConfirmations.asked.name} and payload->>'kind' = 'delegation' order by events.deliveries.id`;
    return rows.map(({ id }) => id);
  };
  const answer = async (id: string, personId: string, accepted: boolean) => {
    const { reply } = await call(
      profilesConfirmations.answer,
      { params: { kind: "delegation", id }, body: { personId, accepted, at: run.clock().toISOString() } },
      trace,
    );
    return reply;
  };
  return {
    ...run,
    owner,
    agent,
    farmer,
    operator,
    send,
    questions,
    answer,
    newPerson,
    async delegate() {
      const asked = await send("POST", "/api/profiles/delegations", agent.token, {
        principal: { phone: farmerPhone },
      });
      await answer(asked.body.delegationId, farmer.personId, true);
      return asked.body.delegationId;
    },
    async stop() {
      await owner.close();
      await run.stop();
    },
  };
}
