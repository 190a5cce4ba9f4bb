import { readAskerFacts } from "@minka/contracts/asker";
import type { CreditHistory } from "@minka/contracts/credit-decisions";
import type { Obtaining } from "@minka/contracts/credit-words";
import { listMemberships } from "@minka/contracts/memberships";
import { countVisitsDone } from "@minka/contracts/visits-done";
import type { Queries } from "@minka/database/connect";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import type { LoanRequirement } from "@minka/domain/vocabulary";
import { and, eq, inArray } from "@minka/database/query";
import { vouching } from "../endorsements/endorsement-row.ts";
import { endorsements } from "../endorsements/endorsements-tables.ts";
import { guarantees } from "../group-guarantees/group-guarantees-tables.ts";
import { deliveriesOf } from "../lots/delivery-facts.ts";
import { poolsPaid } from "../pools/order-facts.ts";
import type { Standing } from "./assess-product.ts";
import { associationsOf } from "./associations-of.ts";
import { actsOfHistory } from "./credit-days.ts";
import { consents, type CreditRow } from "./credits-tables.ts";
import type { Calling } from "./speaker.ts";

/** All that is known of a borrower when products are compared or a credit is submitted. */
export type BorrowerFacts = Standing & {
  readonly sex: "f" | "m" | null;
  /** What the borrower said of themself and nobody knows. */
  readonly declared: readonly LoanRequirement[];
  readonly history: CreditHistory | null;
  /** Whether the person had agreed that the lender sees it. */
  readonly agreed: boolean;
  /** What their history says of them: they hold it before a lender only where they agreed to show that. */
  readonly ofHistory: readonly LoanRequirement[];
};

/** What a lender would learn of somebody's history by hearing that they meet it. */
const toldByHistory = [
  "harvest_history",
  "technical_visit",
  "membership",
] as const satisfies readonly LoanRequirement[];

/** Reads of others: never in a transaction. */
export async function readBorrower(kit: Calling, credit: CreditRow, trace: string): Promise<BorrowerFacts> {
  const vouched = await vouchedFor(kit.db.read, credit);
  if (credit.personId === null) {
    const known: LoanRequirement[] = credit.contractCentimos === null ? [] : ["purchase_contract"];
    return {
      holds: [...known, ...credit.declared],
      lacks: [],
      obtaining: (requirement) => obtainable(requirement, { member: true }),
      woman: false,
      sex: null,
      declared: credit.declared,
      history: null,
      agreed: false,
      ofHistory: [],
    };
  }
  const { personId } = credit;
  const [facts, history, associations, agreed] = await Promise.all([
    kit.call(readAskerFacts, { params: { personId } }, { trace }),
    readHistory(kit, personId, trace),
    associationsOf(kit.call, personId, trace),
    agreedTo(kit.db.read, credit.id, "history"),
  ]);
  const isOfHistory = (one: LoanRequirement) => toldByHistory.some((each) => each === one);
  const hasHistory = history.deliveries.deliveries + history.poolsPaid.pools >= actsOfHistory;
  const ofHistory = [
    ...facts.holds.filter(isOfHistory),
    ...(hasHistory ? (["harvest_history"] as const) : []),
    ...(history.visitsDone > 0 ? (["technical_visit"] as const) : []),
  ];
  const known = [...facts.holds.filter((one) => !isOfHistory(one)), ...vouched, ...(agreed ? ofHistory : [])];
  const holds = [...new Set([...known, ...credit.declared])];
  const member = associations.length > 0;
  return {
    holds,
    lacks: facts.lacks.filter((one) => !holds.includes(one)),
    obtaining: (requirement) =>
      !agreed && ofHistory.includes(requirement) ? "agree_to_history" : obtainable(requirement, { member }),
    woman: facts.sex === "f",
    sex: facts.sex,
    declared: credit.declared.filter((one) => !known.includes(one)),
    history,
    agreed,
    ofHistory,
  };
}

/** What others say for the borrower now. */
async function vouchedFor(queries: Queries, { id }: CreditRow): Promise<LoanRequirement[]> {
  const [[endorsed], [guaranteed]] = await Promise.all([
    queries
      .select({ id: endorsements.id })
      .from(endorsements)
      .where(and(eq(endorsements.creditId, id), inArray(endorsements.state, [...vouching])))
      .limit(1),
    queries
      .select({ id: guarantees.id })
      .from(guarantees)
      .where(and(eq(guarantees.creditId, id), eq(guarantees.state, "standing")))
      .limit(1),
  ]);
  return [
    ...(endorsed ? (["association_endorsement"] as const) : []),
    ...(guaranteed ? (["group_guarantee"] as const) : []),
  ];
}

/** Counts and sums, and nothing else: what a lender may see. */
async function readHistory(kit: Calling, personId: string, trace: string): Promise<CreditHistory> {
  const [deliveries, pools, { visits }, { memberships }] = await Promise.all([
    deliveriesOf(kit.db.read, personId, null),
    poolsPaid(kit.db.read, personId),
    kit.call(countVisitsDone, { params: { personId } }, { trace }),
    kit.call(listMemberships, { params: { personId } }, { trace }),
  ]);
  const today = limaDay(kit.clock());
  const months = memberships
    .filter(({ state, since }) => state === "active" && since !== null)
    .map(({ since }) => monthsBetween(since ?? today, today));
  return {
    deliveries: { deliveries: deliveries.deliveries, grams: deliveries.grams, seasons: deliveries.seasons },
    poolsPaid: { pools: pools.pools, centimos: pools.centimos },
    visitsDone: visits,
    monthsMember: months.length > 0 ? Math.max(...months) : null,
  };
}

/** Whole months from one day to a later one. */
function monthsBetween(from: LimaDay, to: LimaDay): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split("-").map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split("-").map(Number);
  return Math.max(0, (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0));
}

export async function agreedTo(
  queries: Queries,
  creditId: string,
  consent: "history" | "origination",
): Promise<boolean> {
  const [row] = await queries
    .select({ given: consents.given })
    .from(consents)
    .where(and(eq(consents.creditId, creditId), eq(consents.consent, consent)));
  return row?.given === true;
}

/** How somebody gets what a lender asks for; a title takes years, and communal land has none. */
function obtainable(requirement: LoanRequirement, { member }: { member: boolean }): Obtaining {
  switch (requirement) {
    case "association_endorsement":
      return member ? "ask_endorsement" : "join_organization";
    case "group_guarantee":
      return member ? "not_here" : "name_guarantors";
    case "membership":
      return "join_organization";
    case "harvest_history":
      return "not_here";
    case "purchase_contract":
      return "sign_contract";
    case "technical_visit":
      return "ask_visit";
    case "possession_certificate":
      return "ask_certificate";
    case "land_title":
      return "not_here";
    default:
      return "say_you_have_it";
  }
}
