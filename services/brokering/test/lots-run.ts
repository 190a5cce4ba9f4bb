import { randomUUID } from "node:crypto";
import { readBrokeringNews, type BrokeringNewsKind } from "@minka/contracts/brokering-news";
import { brokeringConfirmations } from "@minka/contracts/confirmations";
import { makePledge } from "@minka/contracts/lot-pledges";
import { startBrokering, type BrokeringRun } from "./brokering-run.ts";
import { tocache } from "./fake-world.ts";

const dayMs = 24 * 60 * 60 * 1000;

type Cooperative = ReturnType<BrokeringRun["world"]["cooperative"]>;
type Ask = ReturnType<BrokeringRun["signIn"]>;

/** What a call answers; throws for a refusal. */
export async function ok(answer: ReturnType<Ask>) {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(JSON.stringify(body));
  return body;
}

/** The code with which somebody signed in is refused. */
export async function code(answer: ReturnType<Ask>): Promise<string> {
  const { body } = await answer;
  return body.code ?? "was not refused";
}

/** Harvest lots as tests begin them: a cooperative, a lot of cacao, what members pledge and bring. */
export async function startLots() {
  const run = await startBrokering();
  return { ...run, ...lotSteps(run) };
}
export type LotsRun = Awaited<ReturnType<typeof startLots>>;

function lotSteps(run: BrokeringRun) {
  const inDays = (days: number) => new Date(run.clock().getTime() + days * dayMs).toISOString();
  const dayIn = (days: number) => inDays(days).slice(0, 10);

  function cacaoLot(organizationId: string, over: object = {}) {
    return {
      organizer: { kind: "organization", id: organizationId },
      title: "Cacao de noviembre",
      crop: "cacao",
      cropState: "dry",
      minimumKg: 500,
      maximumKg: 700,
      points: [{ name: "Acopio Tocache", districtCode: tocache, collectsOn: dayIn(12) }],
      pledgeUntil: inDays(10),
      collectFrom: dayIn(11),
      collectUntil: dayIn(20),
      expectedCentimosPerKg: 2_000,
      ...over,
    };
  }

  async function open(cooperative: Cooperative, over: object = {}) {
    const as = run.signIn(cooperative.broker);
    const { lotId } = await ok(as("POST", "/api/brokering/lots", cacaoLot(cooperative.id, over)));
    const { lot } = await ok(as("GET", `/api/brokering/lots/${lotId}`));
    return { lotId: lotId as string, lot, point: lot.points[0].id as string };
  }

  /** By SMS, as the service passes it on. */
  function pledge(lotId: string, personId: string, kg: number, over: object = {}) {
    const body = { personId, amount: { amount: kg, unit: "kg" as const }, ...over };
    return run.call(makePledge, { params: { lotId }, body }, { ...run.trace, idempotencyKey: randomUUID() });
  }

  /** Weighed at the point, and measured by a laboratory. */
  async function bring(
    { broker }: Cooperative,
    { pledgeId, pointId, kg, results }: { pledgeId: string; pointId: string; kg: number; results?: object },
  ) {
    const as = run.signIn(broker);
    const amount = { amount: kg, unit: "kg" };
    await ok(as("POST", `/api/brokering/pledges/${pledgeId}/receipts`, { amount, pointId }));
    if (!results) return;
    const measured = { results, measuredOn: dayIn(0), laboratory: "Laboratorio del Huallaga" };
    await ok(as("POST", `/api/brokering/pledges/${pledgeId}/quality`, measured));
  }

  async function questionTo(kind: string, id: string) {
    const params = { kind: kind as "pledge", id };
    return (await run.call(brokeringConfirmations.read, { params }, run.trace)).question;
  }

  async function answerSms(kind: string, id: string, personId: string, accepted: boolean, version?: string) {
    const params = { kind: kind as "pledge", id };
    const body = { personId, accepted, version, at: run.clock().toISOString() };
    const options = { ...run.trace, idempotencyKey: randomUUID() };
    return (await run.call(brokeringConfirmations.answer, { params, body }, options)).reply;
  }

  async function newsOf(kind: BrokeringNewsKind, id: string, personIds: string[]) {
    const { news } = await run.call(readBrokeringNews, { body: { kind, id, personIds } }, run.trace);
    return news;
  }

  return { inDays, dayIn, cacaoLot, open, pledge, bring, questionTo, answerSms, newsOf };
}
