import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  answerLotQuote as answerContract,
  ContractSide,
  signLotContract as signing,
} from "@minka/contracts/lot-contracts";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState, type Role } from "@minka/domain/lifecycle";
import { actOf, humansOf, type Act, type Context } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseOwnProposal } from "../authority.ts";
import { idempotencyKeys } from "../tables.ts";
import { askPerson } from "../telling/asking.ts";
import { compositions } from "./compositions-tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { lotContracts, lotQuotes, type LotContractRow } from "./contracts-tables.ts";
import { findContract, findLotQuote, other, refuseUnlessSide, roleOfSide } from "./contract-sides.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { findLot, lockLot, notePart } from "./lock-lot.ts";
import { contractLifecycle, roleAs } from "./lot-lifecycle.ts";
import { approversOf, refuseMaker } from "../organizers/organizer.ts";
import { bySms, speakerOf, type Speaking } from "../telling/speaker.ts";
import type { LotRow } from "./lots-tables.ts";
import type { Calling } from "./open-lot.ts";
import { supersedeComposition } from "./supersede-composition.ts";

/**
 * The other side accepts what was proposed, so that both may sign, or refuses it, and another may be proposed. The same
 * answer again has the same result. `quote-closed` (409, with its state), `quote-expired` (409).
 */
export async function answerLotQuote(
  { db, clock, call }: Calling,
  context: Context,
  { params: { quoteId }, body: { accept } }: HandlerInput<typeof answerContract>,
): Promise<Answer<typeof answerContract>> {
  const { actor, trace } = context;
  const found = await findLotQuote(db.read, quoteId);
  const before = await findContract(db.read, found.contractId);
  const lotBefore = await findLot(db.read, before.lotId);
  const side = other(found.by);
  await refuseUnlessSide(call, context, { side, lot: lotBefore, buyerId: before.buyerId });
  const own = side === "organizer" ? humansOf(actor) : [];
  // Who stands behind these terms: who proposed others, or refused some, may sign.
  const makers = found.by === "organizer" ? found.makers : own;
  const organizers = await approversOf(call, lotBefore, makers, trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const lot = await lockLot(tx, before.lotId);
      const contract = await findContract(tx, before.id);
      const quote = await findLotQuote(tx, quoteId);
      const answer = { lotId: lot.id, contractId: contract.id };
      if (quote.state === (accept ? "accepted" : "refused")) return { ...answer, state: contract.state };
      if (quote.state !== "open")
        throw new DomainError("conflict", "quote-closed", "This is no longer proposed.", {
          details: { state: quote.state },
        });
      if (accept && quote.validUntil <= act.at)
        throw new DomainError("conflict", "quote-expired", "The time to accept it is over.");
      if (accept) refuseOwnProposal(actor, quote.makers);
      const role = roleAs(actor, roleOfSide[side]);
      const state = nextState(contractLifecycle, contract.state, accept ? "accept" : "propose", role);
      await tx
        .update(lotQuotes)
        .set({ state: accept ? "accepted" : "refused" })
        .where(eq(lotQuotes.id, quoteId));
      await record(tx, act, `lot-contract.${accept ? "accept" : "refuse"}`, `lot-contract:${contract.id}`);
      if (side === "organizer") await notePart(tx, act, { lot, part: "negotiated", personIds: own });
      if (!accept) {
        const told = quote.by === "organizer" ? quote.makers : personOf(contract);
        await tellPeople(tx, act, { kind: "lot-quote-refused", id: quoteId }, told);
        return { ...answer, state };
      }
      const [approverId = null] = organizers;
      await tx
        .update(lotContracts)
        .set({ state, terms: quote.terms, approverId, makers, agreedAt: act.at })
        .where(eq(lotContracts.id, contract.id));
      await supersedeComposition(tx, act, lot.id);
      await askPerson(tx, act, { kind: "lot-contract", id: contract.id });
      return { ...answer, state };
    }),
  );
}

/** The buyer's contact person. */
const personOf = ({ buyerPersonId }: LotContractRow): string[] =>
  buyerPersonId === null ? [] : [buyerPersonId];

/**
 * A side signs, or does not, which ends it. Both signatures are needed; each stands when it is repeated. Nobody signs
 * who is behind the other signature, nor of the organizer's people who proposed or accepted it (`own-proposal`, 403); to
 * decline is anybody's of a side. `composition-outside-terms` (409) where the lot is composed of another volume than
 * these terms say, `illegal-transition` (409) once it is signed or ended.
 */
export async function signContract(
  { db, clock, call }: Calling,
  given: Context,
  { params: { contractId }, body: { as: side, sign, personId } }: HandlerInput<typeof signing>,
): Promise<Answer<typeof signing>> {
  const context: Speaking = speakerOf(given, personId);
  const { actor } = context;
  const before = await findContract(db.read, contractId);
  const lotBefore = await findLot(db.read, before.lotId);
  await refuseUnlessSide(call, context, { side, lot: lotBefore, buyerId: before.buyerId });
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const lot = await lockLot(tx, before.lotId);
      const contract = await findContract(tx, contractId);
      const answer = { lotId: lot.id, contractId };
      if (sign && signedBy(contract, side)) return { ...answer, state: contract.state };
      if (sign) {
        if (side === "organizer") refuseMaker(actor, lot, contract.makers);
        refuseOwnProposal(actor, signersOf(contract));
        await refuseOtherVolume(tx, contract);
      }
      const role = roleAs(actor, roleOfSide[side]);
      if (!sign) {
        const ending = { contract, step: "decline", role, answeredBySms: bySms(context) } as const;
        return { ...answer, state: await endAgreed(tx, act, ending) };
      }
      const asked = side === "organizer" ? contract.approverId : contract.buyerPersonId;
      await endQuestions(tx, act, [asked], bySms(context));
      const state = await put(tx, act, { lot, contract, side, role, signer: humansOf(actor) });
      return { ...answer, state };
    }),
  );
}
const signedBy = (contract: LotContractRow, side: ContractSide): boolean =>
  (side === "organizer" ? contract.signedByOrganizerAt : contract.signedByBuyerAt) !== null;

/** A contract has two people's signatures, also where one of them speaks for both sides, or helps or acts for both. */
function signersOf({ signers, signedByOrganizer, signedByBuyer }: LotContractRow): string[] {
  return [...signers, ...[signedByOrganizer, signedByBuyer].flatMap((signer) => signer ?? [])];
}

/** Nobody signs what the lot, as it was composed before, can no longer be. */
async function refuseOtherVolume(tx: Transaction, { lotId, terms }: LotContractRow): Promise<void> {
  const [composed] = await tx
    .select({ grams: compositions.grams })
    .from(compositions)
    .where(and(eq(compositions.lotId, lotId), eq(compositions.state, "approved")));
  if (!composed || !terms) return;
  const kg = composed.grams / 1000;
  if (kg >= terms.minimumKg && kg <= terms.maximumKg) return;
  throw new DomainError(
    "conflict",
    "composition-outside-terms",
    "The lot is composed of another volume: compose it anew, or agree on other terms.",
    { details: { composedKg: kg, minimumKg: terms.minimumKg, maximumKg: terms.maximumKg } },
  );
}

type Ending = {
  contract: LotContractRow;
  step: "decline" | "lapse";
  role: Role;
  answeredBySms?: string | null;
};

/**
 * Agreed terms come to nothing: a side declines, or they are not signed in time. What was composed on them and is not
 * decided yet is worked out anew; both sides are told.
 */
export async function endAgreed(
  tx: Transaction,
  act: Act,
  { contract, step, role, answeredBySms = null }: Ending,
): Promise<LotContractRow["state"]> {
  const { id, lotId } = contract;
  const state = nextState(contractLifecycle, contract.state, step, role);
  await tx.update(lotContracts).set({ state }).where(eq(lotContracts.id, id));
  await record(tx, act, `lot-contract.${step}`, `lot-contract:${id}`);
  await supersedeComposition(tx, act, lotId);
  await endQuestions(tx, act, [contract.approverId, contract.buyerPersonId], answeredBySms);
  await tellPeople(tx, act, { kind: "lot-contract-ended", id }, bothSides(contract));
  return state;
}

const bothSides = (contract: LotContractRow): string[] => [
  ...contract.makers,
  ...(contract.approverId === null ? [] : [contract.approverId]),
  ...personOf(contract),
];

type Putting = {
  lot: LotRow;
  contract: LotContractRow;
  side: ContractSide;
  role: Role;
  signer: readonly string[];
};

async function put(tx: Transaction, act: Act, { lot, contract, side, role, signer }: Putting) {
  const last = signedBy(contract, other(side));
  const step = last ? "sign" : "sign-first";
  const state = nextState(contractLifecycle, contract.state, step, role);
  const [by = null] = signer;
  await tx
    .update(lotContracts)
    .set({
      state,
      ...(side === "organizer"
        ? { signedByOrganizer: by, signedByOrganizerAt: act.at }
        : { signedByBuyer: by, signedByBuyerAt: act.at }),
      signers: [...new Set([...contract.signers, ...signer])],
    })
    .where(eq(lotContracts.id, contract.id));
  await record(tx, act, `lot-contract.sign-by-${side}`, `lot-contract:${contract.id}`);
  if (side === "organizer") await notePart(tx, act, { lot, part: "approved", personIds: signer });
  if (last) await tellPeople(tx, act, { kind: "lot-signed", id: contract.id }, bothSides(contract));
  // The other side in its turn.
  else await askPerson(tx, act, { kind: "lot-contract", id: contract.id });
  return state;
}
