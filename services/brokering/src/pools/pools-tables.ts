import {
  deliveryShares,
  minimumRules,
  organizerKinds,
  poolCancelCauses,
  poolJoiners,
  poolProducts,
  poolStates,
} from "@minka/contracts/pools";
import { awardCauses } from "@minka/contracts/pool-awards";
import { id, instant } from "@minka/database/columns";
import { packUnits } from "@minka/domain/vocabulary";
import { sql } from "@minka/database/query";
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uuid,
} from "@minka/database/table";

const schema = pgSchema("brokering");

/**
 * A joint purchase. Its row is the lock of all that is in it: whoever joins, quotes, answers or ends it takes it first,
 * so that the deadline is one instant for everybody.
 */
export const pools = schema.table(
  "pools",
  {
    id: id(),
    organizerKind: text("organizer_kind", { enum: organizerKinds }).notNull(),
    organizerId: uuid("organizer_id").notNull(),
    /** As people read it. */
    organizerName: text("organizer_name").notNull(),
    /** Neighbours among themselves: any member proposes, any other one approves. */
    organizerIsGroup: boolean("organizer_is_group").notNull(),
    /** Who opened it and in whose name: none of them approves what follows by itself. */
    makers: uuid("makers").array().notNull(),
    state: text("state", { enum: poolStates }).notNull(),
    title: text("title").notNull(),
    product: text("product", { enum: poolProducts }).notNull(),
    packAmount: doublePrecision("pack_amount").notNull(),
    packUnit: text("pack_unit", { enum: packUnits }).notNull(),
    districts: text("districts").array().notNull(),
    joiners: text("joiners", { enum: poolJoiners }).notNull(),
    deadline: instant("deadline").notNull(),
    minimumPacks: integer("minimum_packs").notNull(),
    split: boolean("split").notNull(),
    sealed: boolean("sealed").notNull(),
    deliveryShared: text("delivery_shared", { enum: deliveryShares }).notNull(),
    feeCentimosPerPack: integer("fee_centimos_per_pack").notNull(),
    whenMissed: text("when_missed", { enum: minimumRules }).notNull(),
    extendDays: integer("extend_days").notNull(),
    confirmHours: integer("confirm_hours").notNull(),
    extended: integer("extended").notNull().default(0),
    // Running sums of the orders that stand, kept under the row's lock.
    people: integer("people").notNull().default(0),
    packs: integer("packs").notNull().default(0),
    mostPacks: integer("most_packs").notNull().default(0),
    /** What people were last told that a pack costs, and when they were told that it fell. */
    toldCentimos: integer("told_centimos"),
    toldAt: instant("told_at"),
    /** When people hear of a price that fell while they had just heard of another; null while there is none. */
    tellAt: instant("tell_at"),
    /** When its timer is due: the deadline, the end of somebody's time to answer, or when a computation is given up. */
    nextAt: instant("next_at"),
    /** What the award that is being computed is for; null unless closed. */
    computing: text("computing", { enum: awardCauses }),
    /** Who had it computed anew; none: nobody but the timer. */
    computingFor: uuid("computing_for")
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** The newest award. */
    awardId: uuid("award_id"),
    /** Rounds in which members were asked to confirm. */
    rounds: integer("rounds").notNull().default(0),
    suppliersInvitedAt: instant("suppliers_invited_at"),
    /** How far telling people that it is open has come: null once it is done. */
    inviting: text("inviting"),
    /** When members who had not answered were last reminded, and how many. */
    remindedAt: instant("reminded_at"),
    remindedPeople: integer("reminded_people"),
    openedAt: instant("opened_at").notNull(),
    orderedAt: instant("ordered_at"),
    cancelCause: text("cancel_cause", { enum: poolCancelCauses }),
    cancelReason: text("cancel_reason"),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("pools_due").on(table.state, table.nextAt),
    index("pools_open_districts")
      .using("gin", table.districts)
      .where(sql`state = 'open'`),
    index("pools_organizer").on(table.organizerId, table.id),
    index("pools_inviting")
      .on(table.id)
      .where(sql`inviting is not null or suppliers_invited_at is null`),
    index("pools_price_news")
      .on(table.tellAt)
      .where(sql`tell_at is not null`),
    check("pools_nothing_negative", sql`people >= 0 and packs >= 0 and fee_centimos_per_pack >= 0`),
  ],
);
export type PoolRow = typeof pools.$inferSelect;

/** Where a pool is delivered. */
export const poolPoints = schema.table(
  "pool_points",
  {
    id: id(),
    poolId: uuid("pool_id")
      .notNull()
      .references(() => pools.id),
    name: text("name").notNull(),
    districtCode: text("district_code").notNull(),
  },
  (table) => [index("pool_points_pool").on(table.poolId)],
);
export type PoolPointRow = typeof poolPoints.$inferSelect;

/** Who was invited to quote, with what it publishes for everybody: the price while quotes are sealed. */
export const poolSuppliers = schema.table(
  "pool_suppliers",
  {
    poolId: uuid("pool_id")
      .notNull()
      .references(() => pools.id),
    providerId: uuid("provider_id").notNull(),
    providerName: text("provider_name").notNull(),
    /** Its contact person, when it was invited. */
    personId: uuid("person_id").notNull(),
    /** By Minka; else the organizer named it. */
    found: boolean("found").notNull(),
    invitedAt: instant("invited_at").notNull(),
    /** Of its offer of this very pack; null where it publishes none. */
    offerId: uuid("offer_id"),
    publicTiers: jsonb("public_tiers").$type<{ minimumPacks: number; priceCentimos: number }[]>(),
    publicStockPacks: integer("public_stock_packs"),
  },
  (table) => [
    primaryKey({ columns: [table.poolId, table.providerId] }),
    index("pool_suppliers_provider").on(table.providerId, table.poolId),
  ],
);
export type PoolSupplierRow = typeof poolSuppliers.$inferSelect;
