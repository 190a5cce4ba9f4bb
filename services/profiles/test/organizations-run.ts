import { generateKeyPairSync } from "node:crypto";
import { signPersonToken } from "@minka/auth/authentication";
import type { Through } from "@minka/contracts/actor";
import { profilesConfirmations } from "@minka/contracts/confirmations";
import { membershipNews, membershipSettled } from "@minka/contracts/memberships";
import { registerPerson, updatePerson } from "@minka/contracts/profiles";
import { newId } from "@minka/database/new-id";
import { sayWording } from "@minka/language/say-wording";
import { defineService, on } from "@minka/service/define-service";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { profiles } from "../src/service.ts";
import { trace } from "./profiles-run.ts";

export type Someone = { id: string; phone: string; operator: boolean };
type Question = {
  kind: "membership" | "admission" | "invitation";
  id: string;
  personId: string;
  text: string;
};

export const membersOf = (organizationId: string) => `/api/profiles/organizations/${organizationId}/members`;
export const requestsTo = (organizationId: string) =>
  `/api/profiles/organizations/${organizationId}/requests`;
export const onMembership = (id: string, what: string) => `/api/profiles/memberships/${id}/${what}`;
export const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

/** Profiles beside a neighbour that reads each question and each piece of news as it is told of it. */
export async function runOrganizations(environment: Record<string, string> = {}) {
  const questions: Question[] = [];
  const news: { personId: string; text: string }[] = [];
  const notifications = defineService({
    name: "notifications",
    migrations: null,
    start: ({ call }) => ({
      routes() {},
      handlers: [
        on(profilesConfirmations.asked, async ({ payload, trace, once }) => {
          const { question } = await call(profilesConfirmations.read, { params: payload }, { trace });
          await once(async () => {
            if (!question) return;
            const { personId } = question;
            const kind = payload.kind as Question["kind"];
            questions.push({ kind, id: payload.id, personId, text: sayWording(question, run.clock()) });
          });
        }),
        on(membershipSettled, async ({ payload, trace, once }) => {
          const told = await call(membershipNews, { params: payload }, { trace });
          await once(async () => {
            for (const { personId, ...wording } of told.news)
              news.push({ personId, text: sayWording(wording, run.clock()) });
          });
        }),
      ],
    }),
  });
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const run = await runForTest([profiles, notifications], {
    environment: { TOKEN_PRIVATE_KEY: pem, ...environment },
  });
  let phones = 900_000_000;

  async function send(
    who: Someone | null,
    method: "GET" | "POST" | "PUT" | "DELETE",
    url: string,
    body?: object,
  ) {
    return inject(run, who && signPersonToken(run.app, pem, who), method, url, body);
  }
  return {
    ...run,
    pem,
    questions,
    news,
    nextPhone: () => `+51${(phones += 1)}`,
    /** A person who has agreed, new each time. */
    async newPerson(
      name: string,
      {
        sex,
        operator = false,
        phone = `+51${(phones += 1)}`,
      }: Partial<Pick<Someone, "operator" | "phone">> & { sex?: "f" | "m" } = {},
    ): Promise<Someone> {
      const consent = { version: "1", channel: "sms" as const, at: run.clock().toISOString() };
      const body = { phone, name, districtCode: "221001", consent };
      const { person } = await run.callAs("notifications")(registerPerson, { body }, trace);
      if (sex) {
        const params = { personId: person.id };
        await run.callAs("notifications")(updatePerson, { params, body: { sex } }, trace);
      }
      return { id: person.id, phone, operator };
    },
    get: (who: Someone | null, url: string) => send(who, "GET", url),
    post: (who: Someone | null, url: string, body?: object) => send(who, "POST", url, body ?? {}),
    put: (who: Someone | null, url: string, body: object) => send(who, "PUT", url, body),
    remove: (who: Someone | null, url: string) => send(who, "DELETE", url),
    /** As `post`, by somebody in the person's name. */
    postThrough: (who: Someone, through: Through, url: string, body: object) =>
      inject(run, signPersonToken(run.app, pem, { ...who, through }), "POST", url, body),
    /** What somebody says to a question, through the door that notifications uses. */
    async answer({ kind, id, personId }: Omit<Question, "text">, accepted: boolean, at = run.clock()) {
      const { reply } = await run.callAs("notifications")(
        profilesConfirmations.answer,
        { params: { kind, id }, body: { personId, accepted, at: at.toISOString() } },
        { ...trace, idempotencyKey: newId() },
      );
      return sayWording(reply, run.clock());
    },
    /** The one open question to a person. */
    async questionTo(personId: string): Promise<Question> {
      await run.settle();
      const question = questions.findLast((asked) => asked.personId === personId);
      if (!question) throw new Error("this person was asked nothing");
      return question;
    },
    /** What the person reads of their latest membership of the organization. */
    async membershipOf(who: Someone, organizationId: string) {
      const { body } = await send(who, "GET", `/api/profiles/people/${who.id}/memberships`);
      return body.memberships.find(
        (membership: { organizationId: string }) => membership.organizationId === organizationId,
      );
    },
    /** Registers an association that a new person manages. */
    async newOrganization(name: string, more: object = {}) {
      const manager = await this.newPerson(`Manager of ${name}`);
      const body = { personId: manager.id, kind: "association", name, districtCode: "221001", ...more };
      const answer = await send(manager, "POST", "/api/profiles/organizations", body);
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return { id: answer.body.organization.id as string, manager };
    },
    /** A new person who has been named by the manager and has said yes. */
    async newMember(
      organization: { id: string; manager: Someone },
      name: string,
      more: { role?: string; sex?: "f" | "m" } = {},
    ) {
      const { role = "member", ...about } = more;
      const member = await this.newPerson(name, about);
      const url = `/api/profiles/organizations/${organization.id}/members`;
      const answer = await send(organization.manager, "POST", url, { personId: member.id, role });
      const { membershipId } = answer.body.membership as { membershipId: string };
      await this.answer({ kind: "membership", id: membershipId, personId: member.id }, true);
      return { ...member, membershipId };
    },
  };
}
export type OrganizationsRun = Awaited<ReturnType<typeof runOrganizations>>;

async function inject(
  run: TestRun,
  token: string | null,
  method: "GET" | "POST" | "PUT" | "DELETE",
  url: string,
  body?: object,
) {
  const answer = await run.app.inject({
    method,
    url,
    ...(body ? { payload: body } : {}),
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  return { status: answer.statusCode, body: answer.json() };
}
