import { creditUnattended } from "@minka/contracts/credit-events";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { limaDay } from "@minka/domain/lima-time";
import type { Job } from "@minka/queue/worker";
import { timerAct, type Act } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, inArray, lte, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { turnEndorsements } from "../endorsements/endorsement-row.ts";
import { endorsements } from "../endorsements/endorsements-tables.ts";
import { officersOf } from "../endorsements/officers.ts";
import { guarantees, guarantors } from "../group-guarantees/group-guarantees-tables.ts";
import { turnGuarantee } from "../group-guarantees/guarantee-row.ts";
import { paidOf } from "../payments/paid.ts";
import { askPerson } from "../telling/asking.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { recheckDays } from "./credit-days.ts";
import { instalmentsOf, lockCredit, moveCredit, toldOf, unpaid } from "./credit-row.ts";
import { answeredMore } from "./ask-more.ts";
import { instalmentTimer, lapseTimer, moreTimer, operatorTimer, type Timer } from "./credit-timer.ts";
import { credits, type CreditRow } from "./credits-tables.ts";
import { lenderPeople } from "./lender-people.ts";
import { isAllPaidOut } from "./handed-over.ts";

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
      if (!before) return;
      const officers = await officersToTell(kit, before, trace);
      const toCall = before.nextStep === "call-operator" ? await peopleToCall(kit, before, trace) : [];
      await db.transaction(async (tx) => {
        const credit = await lockCredit(tx, id);
        const act = timerAct(clock(), trace);
        if (!credit.nextAt || credit.nextAt > act.at || credit.nextStep !== before.nextStep) return;
        await takeNext(tx, act, { credit, officers, toCall });
      });
    },
  };
}

type Officers = ReadonlyMap<string, readonly string[]>;

async function takeNext(
  tx: Transaction,
  act: Act,
  { credit, officers, toCall }: { credit: CreditRow; officers: Officers; toCall: readonly string[] },
): Promise<void> {
  const { id, lenderPersonId } = credit;
  const lender = lenderPersonId ? [lenderPersonId] : [];
  if (await waitsForAnotherWord(tx, act, credit)) return;
  switch (credit.nextStep) {
    case "lapse-draft":
      await lapseDraft(tx, act, { credit, officers });
      return;
    case "remind-lender":
      await wait(tx, act, { id, action: "remind-lender", timer: operatorTimer(act.at) });
      await tellPeople(tx, act, { kind: "credit-waiting", id }, lender);
      return;
    case "call-operator":
      await wait(tx, act, { id, action: "call-operator", timer: { nextStep: null, nextAt: null } });
      await emit(tx, creditUnattended, { creditId: id, personIds: [...toCall] }, act);
      return;
    case "remind-more":
      await wait(tx, act, { id, action: "remind-more", timer: moreTimer(act.at) });
      await askPerson(tx, act, { kind: "credit-more", id });
      return;
    case "end-more":
      await moveCredit(tx, act, {
        credit,
        step: "resume",
        role: "timer",
        set: answeredMore(credit, "silent", act.at),
      });
      await tellPeople(tx, act, { kind: "credit-told", id }, toldOf(credit));
      await tellPeople(tx, act, { kind: "credit-answered", id }, lender);
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

/**
 * What is written down as paid and not answered is its receiver's to answer, who is reminded of it (`follow-payment`):
 * nobody falls behind by it meanwhile, and the timer comes again.
 */
async function waitsForAnotherWord(tx: Transaction, act: Act, credit: CreditRow): Promise<boolean> {
  const { id, state, nextStep } = credit;
  const isPaid =
    state === "accepted"
      ? await isAllPaidOut(tx, credit)
      : owes(nextStep) && (await coversWhatIsLate(tx, act, id));
  if (!isPaid) return false;
  const nextAt = new Date(act.at.getTime() + recheckDays * 24 * 60 * 60 * 1000);
  await wait(tx, act, { id, action: "wait-for-payment", timer: { nextStep, nextAt } });
  return true;
}

const owes = (step: CreditRow["nextStep"]) => step === "fall-in-arrears" || step === "call-endorsers";

async function coversWhatIsLate(tx: Transaction, act: Act, creditId: string): Promise<boolean> {
  const today = limaDay(act.at);
  const late = unpaid((await instalmentsOf(tx, creditId)).filter(({ dueOn }) => dueOn < today));
  return late > 0 && (await paidOf(tx, "credit-instalment", creditId)).waiting >= late;
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

/** Whom an operator calls; where nobody is left of the lender, who asked: they wait for an answer all the same. */
async function peopleToCall({ call }: ServiceKit, credit: CreditRow, trace: string): Promise<string[]> {
  const { organizationId } = credit;
  const officers =
    organizationId === null ? [] : await officersOf(call, { organizationId, personId: null }, trace);
  return [...new Set([...(await lenderPeople(call, credit, trace)), ...toldOf(credit), ...officers])];
}

/** A draft that nobody went on with: whoever had a part in it is told, since they may count on it. */
async function lapseDraft(
  tx: Transaction,
  act: Act,
  { credit, officers }: { credit: CreditRow; officers: Officers },
): Promise<void> {
  const { id, originatorId } = credit;
  const answering = await tx
    .select({ personId: guarantors.personId })
    .from(guarantors)
    .innerJoin(guarantees, eq(guarantees.id, guarantors.guaranteeId))
    .where(and(eq(guarantees.creditId, id), inArray(guarantors.state, ["asked", "agreed"])));
  await moveCredit(tx, act, { credit, step: "lapse", role: "timer" });
  await tellPeople(tx, act, { kind: "credit-told", id }, toldOf(credit));
  const others = [
    originatorId,
    ...answering.map(({ personId }) => personId),
    ...[...officers.values()].flat(),
  ];
  await tellPeople(
    tx,
    act,
    { kind: "credit-draft-ended", id },
    others.flatMap((personId) => personId ?? []),
  );
}

/** Who is told for each organization that vouches for a credit, or was asked to. */
async function officersToTell(
  { db, call }: ServiceKit,
  { id: creditId, personId, nextStep }: CreditRow,
  trace: string,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (nextStep !== "call-endorsers" && nextStep !== "lapse-draft") return found;
  const told =
    nextStep === "lapse-draft" ? (["asked", "proposed", "standing"] as const) : (["standing"] as const);
  const rows = await db.read
    .select({ organizationId: endorsements.organizationId })
    .from(endorsements)
    .where(and(eq(endorsements.creditId, creditId), inArray(endorsements.state, [...told])));
  for (const { organizationId } of rows)
    found.set(organizationId, await officersOf(call, { organizationId, personId }, trace));
  return found;
}
