import type { BrokeringNewsKind } from "@minka/contracts/brokering-news";
import type { InvitedTo } from "@minka/contracts/invitations";
import { findLot } from "../lots/lock-lot.ts";
import { lotWords, toEach } from "../lots/lot-words.ts";
import { findPool } from "../pools/lock-pool.ts";
import { poolWords } from "../pools/pool-words.ts";
import type { NewsReader, Told } from "../telling/news.ts";
import { invitedTo } from "./invited-to.ts";

type Kit = Parameters<NewsReader>[0];
type Words = (kit: Kit, id: string) => Promise<Omit<Told, "personId" | "toMany"> | null>;

/** To members who have not answered: nothing any more once they have, or it is closed. */
const ofKind =
  (kind: InvitedTo, words: Words): NewsReader =>
  async (kit, { id, personIds }) => {
    const told = await words(kit, id);
    if (!told) return [];
    const answered = new Set(await invitedTo[kind].answered(kit.db.read, id));
    const silent = personIds.filter((personId) => !answered.has(personId));
    return toEach(silent, told, { until: told.until, toMany: true });
  };

export const reminderNews = {
  "pool-reminder": ofKind("pool", async ({ db }, id) => {
    const pool = await findPool(db.read, id);
    if (pool.state !== "open") return null;
    return { text: "pool_reminder", parameters: poolWords(pool), until: pool.deadline };
  }),
  "lot-reminder": ofKind("lot", async ({ db }, id) => {
    const lot = await findLot(db.read, id);
    if (lot.state !== "open") return null;
    const deadline = { as: "deadline", at: lot.pledgeUntil.toISOString() } as const;
    return { text: "lot_reminder", parameters: { ...lotWords(lot), deadline }, until: lot.pledgeUntil };
  }),
} satisfies Partial<Record<BrokeringNewsKind, NewsReader>>;
