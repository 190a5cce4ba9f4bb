import type { ContractTerms } from "@minka/contracts/lot-contracts";
import type { WordingValue } from "@minka/contracts/wordings";
import { DomainError } from "@minka/domain/errors";
import { eq, and, gt } from "@minka/database/query";
import type { Asking } from "../telling/asking.ts";
import { compositionLines, compositions } from "./compositions-tables.ts";
import { findContract } from "./contract-sides.ts";
import { lotDeliveries } from "./contracts-tables.ts";
import { decideComposition } from "./decide-composition.ts";
import { answerDelivery } from "./deliver-lot.ts";
import { findLot } from "./lock-lot.ts";
import { speakerOf } from "../telling/speaker.ts";
import { kg, lotWords, partner, soles, unlessOver } from "./lot-words.ts";
import { decideSettlement, findSettlement } from "./settle-lot.ts";
import { lastSigned, signDays } from "./sign-days.ts";
import { signContract } from "./sign-contract.ts";

const dayMs = 24 * 60 * 60 * 1000;
const after = (at: Date, days: number) => new Date(at.getTime() + days * dayMs);

/** To who approves: is this what the lot is made of? */
export const compositionAsking: Asking = {
  async readQuestion({ db }, id) {
    const [found] = await db.read.select().from(compositions).where(eq(compositions.id, id));
    if (found?.state !== "proposed" || found.approverId === null) return null;
    const lot = await findLot(db.read, found.lotId);
    const lines = await db.read
      .selectDistinct({ personId: compositionLines.personId })
      .from(compositionLines)
      .where(and(eq(compositionLines.compositionId, id), gt(compositionLines.takenGrams, 0)));
    return {
      personId: found.approverId,
      expiresAt: after(found.proposedAt, 7),
      text: "lot_composition_ask",
      parameters: {
        ...lotWords(lot),
        kg: kg(found.grams),
        people: lines.length,
        lot_value: soles(found.payCentimos),
      },
    };
  },
  answerQuestion: (kit, context, { id, personId, accepted }) =>
    unlessOver(async () => {
      const [found] = await kit.db.read.select().from(compositions).where(eq(compositions.id, id));
      await decideComposition(kit, speakerOf(context, personId), {
        params: { compositionId: id },
        body: { approve: accepted },
      });
      const words = found ? lotWords(await findLot(kit.db.read, found.lotId)) : {};
      return { text: accepted ? "lot_approved" : "lot_not_approved", parameters: words };
    }),
};

/** To who approves: is this what each gets? */
export const settlementAsking: Asking = {
  async readQuestion({ db }, id) {
    const found = await findSettlement(db.read, id);
    if (found.state !== "proposed" || found.approverId === null) return null;
    const lot = await findLot(db.read, found.lotId);
    return {
      personId: found.approverId,
      expiresAt: after(found.proposedAt, 7),
      text: "lot_settlement_ask",
      parameters: {
        ...lotWords(lot),
        lot_value: soles(found.contractCentimos),
        lot_net: soles(found.netCentimos),
      },
    };
  },
  answerQuestion: (kit, context, { id, personId, accepted }) =>
    unlessOver(async () => {
      const { lotId } = await findSettlement(kit.db.read, id);
      await decideSettlement(kit, speakerOf(context, personId), {
        params: { settlementId: id },
        body: { approve: accepted },
      });
      const words = lotWords(await findLot(kit.db.read, lotId));
      return { text: accepted ? "lot_approved" : "lot_not_approved", parameters: words };
    }),
};

/** What a contract says, as far as a message has room. */
export function termsWords({ centimosPerKg, minimumKg, maximumKg, paymentDays }: ContractTerms) {
  return {
    kg_price: soles(centimosPerKg),
    least: minimumKg,
    most: maximumKg,
    pay_days: paymentDays,
  } as const satisfies Record<string, WordingValue>;
}

/** To each side in its turn, the organizer's second person first: do you sign? */
export const contractAsking: Asking = {
  async readQuestion({ db }, id) {
    const contract = await findContract(db.read, id);
    if (contract.state !== "agreed" || !contract.terms) return null;
    const ofOrganizer = contract.signedByOrganizerAt === null && contract.approverId !== null;
    const personId = ofOrganizer ? contract.approverId : contract.buyerPersonId;
    if (personId === null || (!ofOrganizer && contract.signedByBuyerAt !== null)) return null;
    const lot = await findLot(db.read, contract.lotId);
    const words = lotWords(lot);
    return {
      personId,
      // Not signed by then, it comes to nothing: see `lot-waits.ts`.
      expiresAt: after(lastSigned(contract), signDays),
      text: "lot_contract_ask",
      parameters: {
        ...words,
        ...termsWords(contract.terms),
        partner: ofOrganizer ? partner(contract.buyerName) : partner(lot.organizerName),
      },
    };
  },
  answerQuestion: (kit, context, { id, personId, accepted }) =>
    unlessOver(async () => {
      const contract = await findContract(kit.db.read, id);
      const lot = await findLot(kit.db.read, contract.lotId);
      const as = contract.approverId === personId ? ("organizer" as const) : ("buyer" as const);
      const words = lotWords(lot);
      try {
        await signContract(kit, context, {
          params: { contractId: id },
          body: { as, sign: accepted, personId },
        });
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== "composition-outside-terms") throw error;
        return { text: "lot_contract_outside", parameters: words };
      }
      const other = as === "organizer" ? contract.buyerName : lot.organizerName;
      return {
        text: accepted ? "lot_contract_yes" : "lot_contract_no",
        parameters: { ...words, partner: partner(other) },
      };
    }),
};

/** To the buyer: did so much come? */
export const deliveryAsking: Asking = {
  async readQuestion({ db }, id) {
    const [found] = await db.read.select().from(lotDeliveries).where(eq(lotDeliveries.id, id));
    if (found?.state !== "recorded") return null;
    const { buyerPersonId } = await findContract(db.read, found.contractId);
    if (buyerPersonId === null) return null;
    const lot = await findLot(db.read, found.lotId);
    return {
      personId: buyerPersonId,
      expiresAt: after(found.at, 7),
      text: "lot_delivery_ask",
      parameters: {
        ...lotWords(lot),
        kg: kg(found.grams),
        lot_value: soles(found.valueCentimos + found.womenPremiumCentimos),
      },
    };
  },
  answerQuestion: (kit, context, { id, personId, accepted }) =>
    unlessOver(async () => {
      const { delivery } = await answerDelivery(kit, context, {
        params: { deliveryId: id },
        body: { confirm: accepted, personId },
      });
      const [row] = await kit.db.read.select().from(lotDeliveries).where(eq(lotDeliveries.id, id));
      const words = row ? lotWords(await findLot(kit.db.read, row.lotId)) : {};
      return {
        text: accepted ? "lot_delivery_yes" : "lot_delivery_no",
        parameters: { ...words, kg: kg(delivery.grams) },
      };
    }),
};
