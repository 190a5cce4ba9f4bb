import type { Gauge } from "@minka/http/metrics";
import type { Journal } from "./journal.ts";

/** How much waits in the journal, for how long, and what nobody could store. */
export function journalGauges({ depth }: Pick<Journal, "depth">): readonly Gauge[] {
  return [
    {
      name: "minka_sms_journal_messages",
      help: "Messages on disk that the database has not taken yet",
      read: async () => (await depth()).messages,
    },
    {
      name: "minka_sms_journal_oldest_seconds",
      help: "How long the oldest message on disk has waited for the database",
      read: async () => (await depth()).oldestSeconds,
    },
    {
      name: "minka_sms_journal_set_aside",
      help: "Messages of the last 30 days that could not be stored, for a person to look into",
      read: async () => (await depth()).setAside,
    },
  ];
}
