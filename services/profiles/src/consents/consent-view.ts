import type { consents } from "../tables.ts";

/** A row of the ledger as the contract shows it. */
export function consentView(row: typeof consents.$inferSelect) {
  const { id, purpose, version, channel, witness, givenAt, withdrawnAt } = row;
  return {
    id,
    purpose,
    version,
    channel,
    witness,
    givenAt: givenAt.toISOString(),
    withdrawal: withdrawnAt && {
      channel: row.withdrawnChannel,
      witness: row.withdrawnWitness,
      at: withdrawnAt.toISOString(),
    },
  };
}
