import type { BrokeringNewsKind } from "@minka/contracts/brokering-news";
import type { InvitedTo } from "@minka/contracts/invitations";
import type { Queries, Transaction } from "@minka/database/connect";
import { and, eq } from "@minka/database/query";
import { partsTaken } from "../decision-makers/decision-makers-tables.ts";
import { refuseUnlessOpen } from "../lots/change-lot.ts";
import { findLot, lockLot } from "../lots/lock-lot.ts";
import { lots } from "../lots/lots-tables.ts";
import type { Organizer } from "../organizers/organizer.ts";
import { pledges } from "../pledges/pledges-tables.ts";
import { poolClosed } from "../pools/invite-supplier.ts";
import { findPool, lockPool } from "../pools/lock-pool.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { pools } from "../pools/pools-tables.ts";

type Reminded = { remindedAt: Date | null; remindedPeople: number | null };
/** What members are invited to, as far as an invitation knows of it. */
export type Invited = Organizer &
  Reminded & {
    openedAt: Date;
    /** Of what people are invited to a page at a time: whom the next page begins with; null once all were. */
    inviting?: string | null;
  };

type Kind = {
  /** What is told to remind of it. */
  readonly news: BrokeringNewsKind;
  find(queries: Queries, id: string): Promise<Invited>;
  /** Takes it for this transaction; refuses once nobody may join any more. */
  lockOpen(tx: Transaction, id: string, now: Date): Promise<Invited>;
  /** Whoever answered, also who said no or left, and who opened it. */
  answered(queries: Queries, id: string): Promise<string[]>;
  note(tx: Transaction, id: string, reminded: Reminded): Promise<void>;
};

const pool: Kind = {
  news: "pool-reminder",
  find: findPool,
  async lockOpen(tx, id, now) {
    const row = await lockPool(tx, id);
    if (row.state !== "open" || now >= row.deadline) throw poolClosed();
    return row;
  },
  async answered(queries, id) {
    const { makers } = await findPool(queries, id);
    const rows = await queries
      .select({ personId: poolOrders.personId })
      .from(poolOrders)
      .where(eq(poolOrders.poolId, id));
    return [...makers, ...rows.map(({ personId }) => personId)];
  },
  async note(tx, id, reminded) {
    await tx.update(pools).set(reminded).where(eq(pools.id, id));
  },
};

const lot: Kind = {
  news: "lot-reminder",
  find: findLot,
  async lockOpen(tx, id, now) {
    const row = await lockLot(tx, id);
    refuseUnlessOpen(row, now);
    return row;
  },
  async answered(queries, id) {
    const openers = await queries
      .select({ personId: partsTaken.personId })
      .from(partsTaken)
      .where(and(eq(partsTaken.noun, "lot"), eq(partsTaken.subjectId, id), eq(partsTaken.part, "proposed")));
    const rows = await queries
      .selectDistinct({ personId: pledges.personId })
      .from(pledges)
      .where(eq(pledges.lotId, id));
    return [...openers, ...rows].map(({ personId }) => personId);
  },
  async note(tx, id, reminded) {
    await tx.update(lots).set(reminded).where(eq(lots.id, id));
  },
};

export const invitedTo: Readonly<Record<InvitedTo, Kind>> = { pool, lot };
