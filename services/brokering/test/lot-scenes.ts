import { tocache } from "./fake-world.ts";
import { ok, type LotsRun } from "./lots-run.ts";

export const of = (lotId: string, what: string) => `/api/brokering/lots/${lotId}/${what}`;
export const decision = (noun: string, id: string) => `/api/brokering/${noun}/${id}/decision`;

type Ask = ReturnType<LotsRun["signIn"]>;
type Organized = { broker: Ask; manager: Ask; lotId: string };

/** A lot as it stands when something happens to it: collected, composed, signed, delivered. */
export function lotScenes(run: LotsRun) {
  /** A closed lot to which each member has brought so much. */
  async function collected(kgs: readonly number[], over: object = {}) {
    const cooperative = run.world.cooperative(kgs.length);
    return bringTo(cooperative, kgs, over);
  }

  async function bringTo(
    cooperative: ReturnType<LotsRun["world"]["cooperative"]>,
    kgs: readonly number[],
    over: object = {},
  ) {
    const [broker, manager] = [run.signIn(cooperative.broker), run.signIn(cooperative.manager)];
    const { lotId, point } = await run.open(cooperative, { minimumKg: 50, maximumKg: 500, ...over });
    const pledgeIds: string[] = [];
    for (const [index, kg] of kgs.entries())
      pledgeIds.push((await run.pledge(lotId, cooperative.members[index] ?? "", kg)).pledgeId);
    await ok(broker("POST", of(lotId, "closing")));
    for (const [index, pledgeId] of pledgeIds.entries())
      await run.bring(cooperative, { pledgeId, pointId: point, kg: kgs[index] ?? 0 });
    return { cooperative, broker, manager, lotId, point, pledgeIds };
  }

  const propose = async ({ broker, lotId }: Pick<Organized, "broker" | "lotId">) =>
    (await ok(broker("POST", of(lotId, "compositions")))).composition;

  async function compose(lot: Organized) {
    const { id } = await propose(lot);
    await ok(lot.manager("POST", decision("compositions", id), { approve: true }));
    return id as string;
  }

  const termsOf = (over: object = {}) => ({
    minimumKg: 50,
    maximumKg: 500,
    centimosPerKg: 1_000,
    delivery: { districtCode: tocache, place: "Almacén", from: run.dayIn(0), until: run.dayIn(30) },
    paymentDays: 0,
    ...over,
  });

  /** The broker proposes, and the buyer accepts: neither side has signed. */
  async function agree({ broker, lotId }: Pick<Organized, "broker" | "lotId">, over: object = {}) {
    const buyer = run.world.provider(["buyer"], "Exportadora");
    const staff = run.signIn(buyer.owner);
    const body = { as: "organizer", buyerId: buyer.id, terms: termsOf(over), validUntil: run.inDays(1) };
    const { quoteId, contractId } = await ok(broker("POST", of(lotId, "quotes"), body));
    await ok(staff("POST", `/api/brokering/lot-quotes/${quoteId}/answer`, { accept: true }));
    const signature = `/api/brokering/lot-contracts/${contractId}/signature`;
    return { buyer, staff, contractId: contractId as string, signature };
  }

  async function sign(lot: Organized, over: object = {}) {
    const agreed = await agree(lot, over);
    await ok(lot.manager("POST", agreed.signature, { as: "organizer", sign: true }));
    await ok(agreed.staff("POST", agreed.signature, { as: "buyer", sign: true }));
    return agreed;
  }

  async function settle({ broker, manager, lotId }: Organized) {
    const { settlement } = await ok(broker("POST", of(lotId, "settlements")));
    await ok(manager("POST", decision("settlements", settlement.id), { approve: true }));
    return settlement;
  }

  const readPledge = async ({ broker }: Pick<Organized, "broker">, pledgeId: string) =>
    (await ok(broker("GET", `/api/brokering/pledges/${pledgeId}`))).pledge;

  return { collected, bringTo, propose, compose, termsOf, agree, sign, settle, readPledge };
}
