import { randomUUID } from "node:crypto";
import type { Traits } from "@minka/contracts/traits";
import type { MatchingRun } from "./matching-run.ts";

const base = "/api/matching/sponsorships";

/** Pays half of a visit, up to S/ 20, for whoever asks for one in San Martín. */
export const halfOfVisits = {
  title: "Visitas de la campaña",
  budgetCentimos: 100_000,
  from: "2026-11-01",
  until: "2026-12-31",
  kinds: ["assistance"],
  districts: ["22"],
  sharePercent: 50,
  mostPerServiceCentimos: 2_000,
  mostPerPerson: 10,
};

/** Sponsors and whom they pay for, as a test speaks of them. */
export function sponsoring(run: MatchingRun) {
  const operator = randomUUID();
  const as = (personId: string, isOperator = false) => run.signIn(personId, isOperator);
  const asOperator = as(operator, true);
  return {
    base,
    as,
    asOperator,
    /** Somebody of whom profiles knows these traits. */
    person(traits: Partial<Traits> = {}): string {
      const personId = randomUUID();
      const known = { sex: null, sizeClass: null, districtCode: "221001", organizationIds: [], ...traits };
      run.sponsors.traits.set(personId, known);
      return personId;
    },
    buyer(name = "Cacao Andino") {
      const [id, manager] = [randomUUID(), randomUUID()];
      run.sponsors.buyers.set(id, { name, managers: [manager] });
      return { id, manager };
    },
    /** Proposed by a buyer's manager and approved by an operator. */
    async active(over: object = {}, name?: string) {
      const buyer = this.buyer(name);
      const body = { sponsor: { kind: "provider", id: buyer.id }, ...halfOfVisits, ...over };
      const proposed = await as(buyer.manager)("POST", base, body);
      const sponsorshipId = String(proposed.body.sponsorshipId);
      const approved = await asOperator("POST", `${base}/${sponsorshipId}/approval`);
      if (approved.status !== 200) throw new Error(JSON.stringify([proposed.body, approved.body]));
      return { sponsorshipId, ...buyer };
    },
    step: (sponsorshipId: string, name: string) => asOperator("POST", `${base}/${sponsorshipId}/${name}`),
    async money(sponsorshipId: string): Promise<{ reserved: number; spent: number }> {
      const { body } = await asOperator("GET", `${base}/${sponsorshipId}`);
      const { reservedCentimos, spentCentimos } = body.sponsorship;
      return { reserved: reservedCentimos, spent: spentCentimos };
    },
    /** A test's sponsorships pay for nobody in the next one. */
    async endAll(): Promise<void> {
      await run.owner.sql`update matching.sponsorships set state = 'ended'`;
    },
  };
}
