import { answerAsk, chooseMatch, openRequest, readRequest } from "@minka/contracts/matching";
import type { Need } from "@minka/contracts/need";
import { sold } from "./make-providers.ts";
import type { Making, Person, PersonRole, Rows } from "./world.ts";

type Village = {
  readonly districtCode: string;
  readonly people: Readonly<Record<PersonRole | "spare", Person>>;
  readonly roles: readonly PersonRole[];
};

const agent: Need = { kind: "assistance", topic: "nutrition", crop: "cacao" };
const seller = (product: (typeof sold)[keyof typeof sold]): Need => ({ kind: "equipment", product });

/** Who works for whom, so that each of the providers' people has been asked and has agreed. */
const engagedFor: Record<PersonRole, Need> = {
  producer: agent,
  broker: seller(sold.company),
  operator: seller(sold.branch),
  staff: seller(sold.organization),
  manager: agent,
  owner: agent,
  agent: seller(sold.company),
  ward: seller(sold.company),
};

/** Nobody is matched with themself. */
const listedFor = (role: PersonRole): Need =>
  role === "agent" ? seller(sold.branch) : { kind: "assistance", topic: "pruning", crop: "cacao" };

const refusableFor = (role: PersonRole): Need =>
  seller(role === "manager" || role === "staff" ? sold.company : sold.organization);

/** What nobody here has: it is handed over to an operator. */
const wanted: Need = { kind: "input", product: "guano" };

/** For each person requests with their lists, one that a provider has agreed to, and one that an operator has. */
export async function addWork(
  { platform }: Making,
  { districtCode, people, roles }: Village,
): Promise<Partial<Record<PersonRole, Rows>>> {
  const call = platform.callAs("notifications");
  const trace = { trace: "rights-test" };
  const open = async (role: PersonRole, need: Need) =>
    (
      await call(
        openRequest,
        { body: { personId: people[role].id, need, districtCode, channel: "sms" } },
        trace,
      )
    ).requestId;
  const opened: { role: PersonRole; engagedRequestId: string; requests: Rows & { requestId: string } }[] = [];
  for (const role of roles) {
    const requests = {
      requestId: await open(role, listedFor(role)),
      refusableRequestId: await open(role, refusableFor(role)),
      handedRequestId: await open(role, wanted),
    };
    opened.push({ role, requests, engagedRequestId: await open(role, engagedFor[role]) });
  }
  await platform.settle();

  const matchOf = async (requestId: string) => {
    const { request } = await call(readRequest, { params: { requestId } }, trace);
    const [match] = request.matches;
    if (!match) throw new Error(`nobody was found for ${JSON.stringify(request.need)} of ${districtCode}`);
    return match;
  };
  const work: Partial<Record<PersonRole, Record<string, string>>> = {};
  for (const { role, requests, engagedRequestId } of opened) {
    const { id: askMatchId, providerPersonId } = await matchOf(engagedRequestId);
    await call(chooseMatch, { params: { matchId: askMatchId } }, trace);
    const { engagementId } = await call(
      answerAsk,
      { params: { matchId: askMatchId }, body: { accept: true } },
      trace,
    );
    const matchId = (await matchOf(requests.requestId)).id;
    const providedEngagementId = engagementId ?? "";
    work[role] = {
      askMatchId,
      providedEngagementId,
      ...work[role],
      ...requests,
      matchId,
      engagementId: providedEngagementId,
    };
    const asked = roles.find((other) => people[other].id === providerPersonId);
    if (asked) work[asked] = { ...work[asked], askMatchId, providedEngagementId };
  }
  return work;
}
