import type { Holding } from "@minka/database/holdings";
import type { PgTable } from "@minka/database/table";
import { eq, or, sql } from "@minka/database/query";
import { compositionLines, compositions } from "../lots/compositions-tables.ts";
import { lotContracts, lotDeliveries, lotQuotes } from "../lots/contracts-tables.ts";
import { lotPoints, lots } from "../lots/lots-tables.ts";
import { lotAdvances, settlementCredits, settlementLines, settlements } from "../lots/settlements-tables.ts";
import { pledgePlots, pledges, qualityResults, receipts } from "../pledges/pledges-tables.ts";

/**
 * What somebody sold with others stays as their part of it, under an id that names nobody any more: a contract was
 * signed on it, and where it grew has to be known for five years (Regulation (EU) 2023/1115). What they had offered and
 * was not sold is withdrawn before, and its plots go (`leaveLots`).
 */
export const lotHoldings: readonly Holding[] = [
  {
    table: pledges,
    of: ({ personId }) => eq(pledges.personId, personId),
    show: {
      section: "pledges",
      columns: {
        lot: sql`(select l.title from ${lots} l where l.id = lot_id)`,
        state: pledges.state,
        amount: pledges.amount,
        unit: pledges.unit,
        cropState: pledges.cropState,
        grams: pledges.grams,
        variety: pledges.variety,
        certificates: pledges.certificates,
        flags: pledges.flags,
        pledgedAt: pledges.pledgedAt,
        weighedGrams: pledges.weighedGrams,
        takenGrams: pledges.takenGrams,
        leftGrams: pledges.leftGrams,
        leftBecause: pledges.leftBecause,
      },
    },
    erase: "keep",
  },
  {
    table: pledgePlots,
    of: ({ personId }) =>
      sql`${pledgePlots.pledgeId} in (select p.id from ${pledges} p where p.person_id = ${personId})`,
    show: {
      section: "pledgePlots",
      columns: { pledgeId: pledgePlots.pledgeId, plotId: pledgePlots.plotId, plot: pledgePlots.plot },
    },
    erase: "keep",
  },
  {
    table: receipts,
    of: ({ personId }) =>
      or(
        sql`${receipts.pledgeId} in (select p.id from ${pledges} p where p.person_id = ${personId})`,
        eq(receipts.weighedBy, personId),
      ),
    show: {
      section: "receipts",
      columns: { number: receipts.number, grams: receipts.grams, weighedAt: receipts.weighedAt },
    },
    erase: "keep",
  },
  {
    table: qualityResults,
    of: ({ personId }) =>
      or(
        sql`${qualityResults.pledgeId} in (select p.id from ${pledges} p where p.person_id = ${personId})`,
        eq(qualityResults.measuredBy, personId),
      ),
    show: {
      section: "quality",
      columns: {
        measure: qualityResults.measure,
        value: qualityResults.value,
        measuredOn: qualityResults.measuredOn,
        replacedAt: qualityResults.replacedAt,
      },
    },
    erase: "keep",
  },
  {
    table: compositionLines,
    of: ({ personId }) => eq(compositionLines.personId, personId),
    show: {
      section: "lotShares",
      columns: {
        offeredGrams: compositionLines.offeredGrams,
        takenGrams: compositionLines.takenGrams,
        leftGrams: compositionLines.leftGrams,
        centimosPerKg: compositionLines.centimosPerKg,
        reason: compositionLines.reason,
      },
    },
    erase: "keep",
  },
  {
    table: settlementLines,
    of: ({ personId }) => eq(settlementLines.personId, personId),
    show: {
      section: "lotStatements",
      columns: {
        lot: sql`(select l.title from ${lots} l where l.id = lot_id)`,
        grams: settlementLines.grams,
        grossCentimos: settlementLines.grossCentimos,
        premiumCentimos: settlementLines.premiumCentimos,
        advanceCentimos: settlementLines.advanceCentimos,
        feeCentimos: settlementLines.feeCentimos,
        creditCentimos: settlementLines.creditCentimos,
        netCentimos: settlementLines.netCentimos,
      },
    },
    erase: "keep",
  },
  {
    table: settlementCredits,
    of: ({ personId }) => eq(settlementCredits.personId, personId),
    show: { section: "lotRepayments", columns: { centimos: settlementCredits.centimos } },
    erase: "keep",
  },
  {
    table: lotAdvances,
    of: ({ personId }) => eq(lotAdvances.personId, personId),
    show: {
      section: "lotAdvances",
      columns: {
        centimos: lotAdvances.centimos,
        takenCentimos: lotAdvances.takenCentimos,
        promisedAt: lotAdvances.promisedAt,
      },
    },
    erase: "keep",
  },
  {
    table: compositions,
    of: ({ personId }) =>
      or(sql`${personId}::uuid = any(${compositions.makers})`, eq(compositions.approverId, personId)),
    show: {
      section: "compositionsProposed",
      columns: { state: compositions.state, proposedAt: compositions.proposedAt },
    },
    erase: "keep",
  },
  {
    table: settlements,
    of: ({ personId }) =>
      or(sql`${personId}::uuid = any(${settlements.makers})`, eq(settlements.approverId, personId)),
    show: {
      section: "settlementsProposed",
      columns: { state: settlements.state, proposedAt: settlements.proposedAt },
    },
    erase: "keep",
  },
  {
    table: lotContracts,
    of: ({ personId }) =>
      or(
        sql`${personId}::uuid = any(${lotContracts.makers})`,
        eq(lotContracts.approverId, personId),
        eq(lotContracts.buyerPersonId, personId),
        eq(lotContracts.signedByOrganizer, personId),
        eq(lotContracts.signedByBuyer, personId),
        sql`${personId}::uuid = any(${lotContracts.signers})`,
      ),
    show: {
      section: "lotContracts",
      columns: {
        buyer: lotContracts.buyerName,
        state: lotContracts.state,
        createdAt: lotContracts.createdAt,
      },
    },
    erase: "keep",
  },
  {
    table: lotDeliveries,
    of: ({ personId }) => sql`${personId}::uuid = any(${lotDeliveries.makers})`,
    show: {
      section: "lotDeliveries",
      columns: { grams: lotDeliveries.grams, deliveredOn: lotDeliveries.deliveredOn, at: lotDeliveries.at },
    },
    erase: "keep",
  },
  {
    table: lotQuotes,
    of: ({ personId }) => sql`${personId}::uuid = any(${lotQuotes.makers})`,
    show: {
      section: "lotQuotes",
      columns: { by: lotQuotes.by, state: lotQuotes.state, terms: lotQuotes.terms, at: lotQuotes.at },
    },
    erase: "keep",
  },
];

/** Of lots themselves: their organizers' and buyers' names, where those were one person alone, go in `leaveLots`. */
export const impersonalOfLots: readonly PgTable[] = [lots, lotPoints];
