import { endorsementUnattended } from "@minka/contracts/endorsements";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import type { Job } from "@minka/queue/worker";
import { timerAct, type Act } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { asc, eq, lte, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { householdOf } from "../credits/household.ts";
import { lockCredit, toldOf } from "../credits/credit-row.ts";
import { askPerson } from "../telling/asking.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { approverOf } from "./approver.ts";
import { lockEndorsement } from "./endorsement-row.ts";
import { endorsementTimer, type EndorsementTimer } from "./endorsement-timer.ts";
import { endorsements, type EndorsementRow } from "./endorsements-tables.ts";
import { officersOf } from "./officers.ts";

/** The job `follow-endorsement`: an organization that does not say whether it vouches. */
export function followEndorsementJob(kit: ServiceKit): Job {
  const { db, clock, call } = kit;
  const due = db.read
    .select({ id: endorsements.id, trace: endorsements.trace })
    .from(endorsements)
    .where(lte(endorsements.nextAt, sql.placeholder("now")))
    .orderBy(asc(endorsements.nextAt))
    .limit(sql.placeholder("limit"))
    .prepare("endorsements_due");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    async run(id, trace) {
      const [before] = await db.read.select().from(endorsements).where(eq(endorsements.id, id));
      if (!before?.nextAt) return;
      const { organizationId, personId, makers, creditId } = before;
      const officers = await officersOf(call, { organizationId, personId }, trace);
      // Who was asked to approve it may have left.
      const except = [...makers, personId, ...(await householdOf(call, personId, trace))];
      const approverId =
        before.state === "proposed" ? await approverOf(call, { organizationId, except }, trace) : null;
      await db.transaction(async (tx) => {
        const told = toldOf(await lockCredit(tx, creditId));
        const endorsement = await lockEndorsement(tx, id);
        const act = timerAct(clock(), trace);
        if (!endorsement.nextAt || endorsement.nextAt > act.at || endorsement.version !== before.version)
          return;
        await takeNext(tx, act, { endorsement, officers, approverId, told });
      });
    },
  };
}

type Waiting = {
  endorsement: EndorsementRow;
  officers: readonly string[];
  approverId: string | null;
  told: readonly string[];
};

async function takeNext(
  tx: Transaction,
  act: Act,
  { endorsement, officers, approverId, told }: Waiting,
): Promise<void> {
  const { id, state } = endorsement;
  switch (endorsement.nextStep) {
    case "remind":
      await wait(tx, act, id, endorsementTimer(act.at, "call-operator"));
      if (state === "asked") return tellPeople(tx, act, { kind: "endorsement-waiting", id }, officers);
      if (approverId !== endorsement.approverId) {
        await tx.update(endorsements).set({ approverId }).where(eq(endorsements.id, id));
        await endQuestions(tx, act, [endorsement.approverId]);
      }
      if (approverId !== null) await askPerson(tx, act, { kind: "endorsement", id });
      return;
    case "call-operator": {
      await wait(tx, act, id, endorsementTimer(act.at, "tell-borrower"));
      const first = state === "proposed" && endorsement.approverId ? [endorsement.approverId] : [];
      const personIds = [...new Set([...first, ...officers, ...told])];
      return emit(tx, endorsementUnattended, { endorsementId: id, personIds }, act);
    }
    case "tell-borrower":
      await wait(tx, act, id, { nextStep: null, nextAt: null });
      await tx.update(endorsements).set({ unansweredAt: act.at }).where(eq(endorsements.id, id));
      return tellPeople(tx, act, { kind: "endorsement-settled", id }, told);
    case null:
  }
}

async function wait(tx: Transaction, act: Act, id: string, timer: EndorsementTimer): Promise<void> {
  const [before] = await tx.select().from(endorsements).where(eq(endorsements.id, id));
  await tx.update(endorsements).set(timer).where(eq(endorsements.id, id));
  await record(tx, act, `endorsement.${before?.nextStep ?? "wait"}`, `endorsement:${id}`);
}
