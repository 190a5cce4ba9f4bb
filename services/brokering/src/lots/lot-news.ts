import { eq } from "@minka/database/query";
import type { NewsReader, Told } from "../telling/news.ts";
import { findContract, findLotQuote } from "./contract-sides.ts";
import { lotDeliveries } from "./contracts-tables.ts";
import { termsWords } from "./lot-askings.ts";
import { findLot } from "./lock-lot.ts";
import { kg, lotWords, partner, soles, toEach } from "./lot-words.ts";
import { statementOf } from "./read-statement.ts";

/** To members: it takes pledges. */
export const openedNews: NewsReader = async ({ db }, { id, personIds }) => {
  const lot = await findLot(db.read, id);
  if (lot.state !== "open") return [];
  const deadline = { as: "deadline", at: lot.pledgeUntil.toISOString() } as const;
  const parameters = { ...lotWords(lot), deadline };
  return toEach(personIds, { text: "lot_opened", parameters }, { until: lot.pledgeUntil, toMany: true });
};

/** To the buyer whose offer it answers. */
export const answersOfferNews: NewsReader = async ({ db }, { id, personIds }) => {
  const lot = await findLot(db.read, id);
  if (lot.state === "cancelled") return [];
  const volume = { least: Math.round(lot.minimumGrams / 1000), most: Math.round(lot.maximumGrams / 1000) };
  return toEach(personIds, { text: "lot_answers_offer", parameters: { ...lotWords(lot), ...volume } });
};

export const cancelledNews: NewsReader = async ({ db }, { id, personIds }) =>
  toEach(personIds, { text: "lot_cancelled", parameters: lotWords(await findLot(db.read, id)) });

/** To the other side: terms are proposed. */
export const quoteMadeNews: NewsReader = async ({ db }, { id, personIds }) => {
  const quote = await findLotQuote(db.read, id);
  if (quote.state !== "open") return [];
  const contract = await findContract(db.read, quote.contractId);
  const lot = await findLot(db.read, contract.lotId);
  const parameters = {
    ...lotWords(lot),
    ...termsWords(quote.terms),
    partner: partner(quote.by === "buyer" ? contract.buyerName : lot.organizerName),
    deadline: { as: "deadline", at: quote.validUntil.toISOString() } as const,
  };
  return toEach(personIds, { text: "lot_quote_made", parameters }, { until: quote.validUntil });
};

export const quoteRefusedNews: NewsReader = async ({ db }, { id, personIds }) => {
  const { contractId, by } = await findLotQuote(db.read, id);
  const contract = await findContract(db.read, contractId);
  const lot = await findLot(db.read, contract.lotId);
  const other = partner(by === "organizer" ? contract.buyerName : lot.organizerName);
  return toEach(personIds, { text: "lot_quote_refused", parameters: { ...lotWords(lot), partner: other } });
};

/** To both sides: it is signed, or came to nothing. */
export const contractNews: NewsReader = async ({ db }, { id, personIds }) => {
  const contract = await findContract(db.read, id);
  const lot = await findLot(db.read, contract.lotId);
  const text = contract.state === "signed" ? "lot_signed" : "lot_contract_ended";
  return personIds.flatMap((personId): Told[] => {
    const other = personId === contract.buyerPersonId ? lot.organizerName : contract.buyerName;
    return toEach([personId], { text, parameters: { ...lotWords(lot), partner: partner(other) } });
  });
};

/** To the organizer: the buyer confirms what came, or does not. */
export const deliveryAnsweredNews: NewsReader = async ({ db }, { id, personIds }) => {
  const [delivery] = await db.read.select().from(lotDeliveries).where(eq(lotDeliveries.id, id));
  if (!delivery || delivery.state === "recorded") return [];
  const contract = await findContract(db.read, delivery.contractId);
  const parameters = {
    ...lotWords(await findLot(db.read, delivery.lotId)),
    partner: partner(contract.buyerName),
    kg: kg(delivery.grams),
    lot_value: soles(delivery.valueCentimos + delivery.womenPremiumCentimos),
  };
  const text = delivery.state === "confirmed" ? "lot_delivery_confirmed" : "lot_delivery_disputed";
  return toEach(personIds, { text, parameters });
};

/** To a member: what they get, in one message. */
export const statementNews: NewsReader = async ({ db }, { id, personIds }) => {
  const lot = await findLot(db.read, id);
  const told = await Promise.all(
    personIds.map(async (personId): Promise<Told[]> => {
      const statement = await statementOf(db.read, lot, personId);
      if (!statement) return [];
      const { grams, grossCentimos, premiumCentimos, carriedCentimos, netCentimos } = statement;
      const parameters = {
        ...lotWords(lot),
        kg: kg(grams),
        gross: soles(grossCentimos),
        deducted: soles(grossCentimos + premiumCentimos - netCentimos),
        net: soles(netCentimos),
      };
      if (carriedCentimos > 0) {
        const owed = { ...lotWords(lot), owed: soles(carriedCentimos) };
        const all = { kg: kg(grams), gross: soles(grossCentimos + premiumCentimos) };
        return toEach(
          [personId],
          grams === 0
            ? { text: "statement_left", parameters: owed }
            : { text: "statement_owed", parameters: { ...owed, ...all } },
        );
      }
      return toEach(
        [personId],
        premiumCentimos > 0
          ? { text: "statement_premium", parameters: { ...parameters, premium: soles(premiumCentimos) } }
          : { text: "statement_ready", parameters },
      );
    }),
  );
  return told.flat();
};
