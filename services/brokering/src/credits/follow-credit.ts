import { creditUnattended } from "@minka/contracts/credits";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { limaDay } from "@minka/domain/lima-time";
import type { Job } from "@minka/queue/worker";
import { timerAct, type Act } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import { record } from "../acting.ts";
import { turnEndorsements } from "../endorsements/endorsement-row.ts";
import { endorsements } from "../endorsements/endorsements-tables.ts";
import { turnGuarantee } from "../group-guarantees/guarantee-row.ts";
import { peopleOf } from "../payments/payment-parties.ts";
import { askPerson } from "../telling/asking.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { instalmentsOf, lockCredit, moveCredit, toldOf } from "./credit-row.ts";
import { instalmentTimer, lapseTimer, operatorTimer, type Timer } from "./credit-timer.ts";
import { credits, type CreditRow } from "./credits-tables.ts";

/** The job `follow-credit`: whoever is silent is reminded, and then their silence has its consequence. */
export function followCreditJob(kit: ServiceKit): Job {
  const { db, clock } = kit;
  const due = db.read
    .select({ id: credits.id, trace: credits.trace })
    .from(credits)
    .where(lte(credits.nextAt, sql.placeholder("now")))
    .orderBy(asc(credits.nextAt))
    .limit(sql.placeholder("limit"))
    .prepare("credits_due");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    async run(id, trace) {
      const [before] = await db.read.select().from(credits).where(eq(credits.id, id));
      const officers = before?.nextStep === "call-endorsers" ? await officersOf(kit, id, trace) : new Map();
      await db.transaction(async (tx) => {
        const credit = await lockCredit(tx, id);
        const act = timerAct(clock(), trace);
        if (!credit.nextAt || credit.nextAt > act.at || credit.nextStep !== before?.nextStep) return;
        await takeNext(tx, act, { credit, officers });
      });
    },
  };
}

type Officers = ReadonlyMap<string, readonly string[]>;

async function takeNext(
  tx: Transaction,
  act: Act,
  { credit, officers }: { credit: CreditRow; officers: Officers },
): Promise<void> {
  const { id, lenderPersonId } = credit;
  const lender = lenderPersonId ? [lenderPersonId] : [];
  switch (credit.nextStep) {
    case "lapse-draft":
      await moveCredit(tx, act, { credit, step: "lapse", role: "timer" });
      return;
    case "remind-lender":
      await wait(tx, act, { id, action: "remind-lender", timer: operatorTimer(act.at) });
      await tellPeople(tx, act, { kind: "credit-waiting", id }, lender);
      return;
    case "call-operator":
      await wait(tx, act, { id, action: "call-operator", timer: { nextStep: null, nextAt: null } });
      if (lenderPersonId) await emit(tx, creditUnattended, { creditId: id, personId: lenderPersonId }, act);
      return;
    case "remind-borrower":
      await wait(tx, act, { id, action: "remind-borrower", timer: lapseTimer(act.at) });
      await askPerson(tx, act, { kind: "credit-terms", id });
      return;
    case "lapse-approval":
      await moveCredit(tx, act, { credit, step: "lapse", role: "timer" });
      await tellPeople(tx, act, { kind: "credit-told", id }, toldOf(credit));
      await tellPeople(tx, act, { kind: "credit-answered", id }, lender);
      return;
    case "remind-instalment": {
      const timer = instalmentTimer(await nextDueOn(tx, id), act.at);
      await wait(tx, act, { id, action: "remind-instalment", timer });
      await tellPeople(tx, act, { kind: "credit-due", id }, toldOf(credit));
      return;
    }
    case "fall-in-arrears":
      await fall(tx, act, credit);
      return;
    case "call-endorsers":
      await callEndorsers(tx, act, { credit, officers });
      return;
    case null:
  }
}

async function wait(
  tx: Transaction,
  act: Act,
  { id, action, timer }: { id: string; action: string; timer: Timer },
): Promise<void> {
  await tx.update(credits).set(timer).where(eq(credits.id, id));
  await record(tx, act, `credit.${action}`, `credit:${id}`);
}

/** Grace is over; what was paid meanwhile moved the timer to the next instalment. */
async function fall(tx: Transaction, act: Act, credit: CreditRow): Promise<void> {
  const { id } = credit;
  const dueOn = await nextDueOn(tx, id);
  if (dueOn === undefined || dueOn >= limaDay(act.at)) {
    await wait(tx, act, { id, action: "wait", timer: instalmentTimer(dueOn, act.at) });
    return;
  }
  await moveCredit(tx, act, { credit, step: "fall", role: "timer" });
  await tellPeople(tx, act, { kind: "credit-told", id }, toldOf(credit));
  if (credit.lenderPersonId)
    await tellPeople(tx, act, { kind: "credit-answered", id }, [credit.lenderPersonId]);
}

/** Those who vouched are called once the borrower had time of their own. */
async function callEndorsers(
  tx: Transaction,
  act: Act,
  { credit: { id }, officers }: { credit: CreditRow; officers: Officers },
): Promise<void> {
  await wait(tx, act, { id, action: "call-endorsers", timer: { nextStep: null, nextAt: null } });
  for (const endorsement of await turnEndorsements(tx, act, { creditId: id, step: "call" }))
    await tellPeople(
      tx,
      act,
      { kind: "endorsement-called", id: endorsement.id },
      officers.get(endorsement.organizationId) ?? [],
    );
  for (const { guarantorId, personId } of await turnGuarantee(tx, act, { creditId: id, to: "called" }))
    await tellPeople(tx, act, { kind: "guarantee-called", id: guarantorId }, [personId]);
}

async function nextDueOn(tx: Transaction, creditId: string): Promise<string | undefined> {
  const rows = await instalmentsOf(tx, creditId);
  return rows.find(({ totalCentimos, paidCentimos }) => paidCentimos < totalCentimos)?.dueOn;
}

/** Who is told for each organization that vouches for a credit. */
async function officersOf(
  { db, call }: ServiceKit,
  creditId: string,
  trace: string,
): Promise<Map<string, string[]>> {
  const rows = await db.read
    .select({ id: endorsements.organizationId })
    .from(endorsements)
    .where(and(eq(endorsements.creditId, creditId), inArray(endorsements.state, ["standing"])));
  const found = new Map<string, string[]>();
  for (const { id } of rows) found.set(id, await peopleOf(call, { kind: "organization", id }, { trace }));
  return found;
}
