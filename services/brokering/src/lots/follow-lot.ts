import { mostTold } from "@minka/contracts/brokering-news";
import { lotUnattended } from "@minka/contracts/lots";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import type { Job } from "@minka/queue/worker";
import { timerAct, type Act } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, inArray, isNull, lte, or, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { approversOf } from "../organizers/organizer.ts";
import { pledges } from "../pledges/pledges-tables.ts";
import { askPerson } from "../telling/asking.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { contractOf } from "./contract-sides.ts";
import { findLot, lockLot } from "./lock-lot.ts";
import { contractAsking, compositionAsking, deliveryAsking, settlementAsking } from "./lot-askings.ts";
import { mayTakeHome, nextLook, stepDue, waitOf, type Waiting } from "./lot-waits.ts";
import { lots, type LotRow } from "./lots-tables.ts";
import { endAgreed } from "./sign-contract.ts";

/** In these a lot may wait for somebody. */
const followed = ["open", "collecting", "composed"] as const;

/**
 * The job `follow-lot`: each morning a lot is looked at. Whoever keeps it waiting is reminded, then an operator is
 * called; terms that nobody signs come to nothing, and members may take home what nobody composes.
 */
export function followLotJob(kit: ServiceKit): Job {
  const { db, clock } = kit;
  const due = db.read
    .select({ id: lots.id, trace: lots.trace })
    .from(lots)
    .where(
      and(
        inArray(lots.state, [...followed]),
        or(isNull(lots.lookAt), lte(lots.lookAt, sql.placeholder("now"))),
      ),
    )
    .orderBy(sql`${lots.lookAt} asc nulls first`)
    .limit(sql.placeholder("limit"))
    .prepare("lots_to_look_at");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    async run(id, trace) {
      const before = await findLot(db.read, id);
      const seen = await waitOf(db.read, before);
      const step = seen && stepDue(before, seen, clock());
      const people = step ? await peopleOf(kit, before, seen, trace) : nobody;
      await db.transaction(async (tx) => {
        const lot = await lockLot(tx, id);
        const act = timerAct(clock(), trace);
        if (!followed.some((state) => state === lot.state)) return;
        if (lot.lookAt !== null && lot.lookAt > act.at) return;
        if (lot.lookAt?.getTime() !== before.lookAt?.getTime()) return;
        const waiting = await waitOf(tx, lot);
        // Somebody did something this very moment: the next sweep looks at how it stands then.
        if (waiting?.for !== seen?.for || waiting?.since.getTime() !== seen?.since.getTime()) return;
        await tx
          .update(lots)
          .set({ lookAt: nextLook(act.at) })
          .where(eq(lots.id, id));
        if (waiting && step) await follow(tx, act, { lot, waiting, step, people });
        if (waiting && mayTakeHome(lot, waiting, act.at)) await freeHeld(tx, act, lot);
      });
    },
  };
}

/** Who could end the wait, of whom one was asked by SMS; and whose phone an operator gets, if it is nobody's to end. */
type People = {
  readonly asked: string | null;
  readonly all: readonly string[];
  readonly known: readonly string[];
};
const nobody: People = { asked: null, all: [], known: [] };

const askings = {
  "lot-contract": contractAsking,
  "lot-composition": compositionAsking,
  "lot-delivery": deliveryAsking,
  "lot-settlement": settlementAsking,
} as const;

const askedKinds = Object.keys(askings) as (keyof typeof askings)[];

async function peopleOf(
  kit: ServiceKit,
  lot: LotRow,
  { on, not, question }: Waiting,
  trace: string,
): Promise<People> {
  const organizers = on.includes("organizer") ? await approversOf(kit.call, lot, not, trace) : [];
  const contract = on.includes("buyer") ? await contractOf(kit.db.read, lot.id) : null;
  const all = [...new Set([...organizers, ...(contract?.buyerPersonId ? [contract.buyerPersonId] : [])])];
  // Nobody but who proposed it is there to approve it: an operator helps them to a second person.
  const known = all.length > 0 ? all : await approversOf(kit.call, lot, [], trace);
  const kind = askedKinds.find((each) => each === question?.kind);
  const asked = kind && question ? await askings[kind].readQuestion(kit, question.id, trace) : null;
  return { all, known, asked: asked && asked.expiresAt > kit.clock() ? asked.personId : null };
}

type DueStep = NonNullable<ReturnType<typeof stepDue>>;

async function follow(
  tx: Transaction,
  act: Act,
  { lot, waiting, step, people }: { lot: LotRow; waiting: Waiting; step: DueStep; people: People },
): Promise<void> {
  if (step === "lapse") {
    const contract = await contractOf(tx, lot.id);
    if (contract) await endAgreed(tx, act, { contract, step, role: "timer" });
    return;
  }
  await tx
    .update(lots)
    .set({ waitsFor: waiting.for, waitsSince: waiting.since, waitStep: step, waitStepAt: act.at })
    .where(eq(lots.id, lot.id));
  await record(tx, act, `lot.${step === "reminded" ? "remind" : "call-operator"}`, `lot:${lot.id}`);
  if (step === "called") {
    const personIds = people.known.slice(0, mostTold);
    if (personIds.length > 0) await emit(tx, lotUnattended, { lotId: lot.id, personIds }, act);
    return;
  }
  // Who can answer by SMS is asked anew, the others are told where it stands.
  if (people.asked !== null && waiting.question) await askPerson(tx, act, waiting.question);
  const told = people.all.filter((personId) => personId !== people.asked);
  await tellPeople(tx, act, { kind: "lot-waiting", id: lot.id }, told);
}

/** Nobody's harvest is held for as long as a broker does nothing. */
async function freeHeld(tx: Transaction, act: Act, lot: LotRow): Promise<void> {
  if (lot.freeSince !== null) return;
  await tx.update(lots).set({ freeSince: act.at }).where(eq(lots.id, lot.id));
  await record(tx, act, "lot.free", `lot:${lot.id}`);
  const held = await tx
    .select({ personId: pledges.personId })
    .from(pledges)
    .where(and(eq(pledges.lotId, lot.id), eq(pledges.state, "open")))
    .orderBy(asc(pledges.id));
  await tellPeople(
    tx,
    act,
    { kind: "lot-free", id: lot.id },
    held.map(({ personId }) => personId),
  );
}
