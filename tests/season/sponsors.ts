import { publishOffer } from "@minka/contracts/offers";
import { approveSponsorship, proposeSponsorship } from "@minka/contracts/sponsorships";
import { addDays, type LimaDay } from "@minka/domain/lima-time";
import type { SeasonPlatform } from "./open-platform.ts";
import type { Population } from "./population.ts";

type Operator = ReturnType<SeasonPlatform["operator"]>;

/** Céntimos a producer of the population: sponsors do not pay for everybody. */
const budgets = { programme: 60, buyer: 25 };

/** A programme pays small producers' visits in full, and a buyer half of what members who grow cacao pay. */
export async function fundSponsors(
  { proposer, approver }: { proposer: Operator; approver: Operator },
  { producers, companies }: Population,
  { from, until }: { from: LimaDay; until: LimaDay },
): Promise<void> {
  const buyer = companies.find(({ kinds }) => kinds.includes("buyer"));
  if (!buyer) throw new Error("nobody buys");
  const shared = { from, until, kinds: ["assistance" as const], mostPerPerson: 3 };
  const drafts = [
    {
      ...shared,
      sponsor: { kind: "programme" as const, name: "Programa de visitas" },
      title: "Visitas para productores pequeños y medianos",
      budgetCentimos: producers.length * budgets.programme,
      sizeClasses: ["small" as const, "medium" as const],
      sharePercent: 100,
      mostPerServiceCentimos: 4_000,
    },
    {
      ...shared,
      sponsor: { kind: "provider" as const, id: buyer.id },
      title: "Media visita para socios que cultivan cacao",
      budgetCentimos: producers.length * budgets.buyer,
      crops: ["cacao" as const],
      member: true,
      sharePercent: 50,
      mostPerServiceCentimos: 2_000,
    },
  ];
  for (const body of drafts) {
    const { sponsorshipId } = await proposer(proposeSponsorship, { body });
    await approver(approveSponsorship, { params: { sponsorshipId } });
  }
}

/** Whoever teaches holds the same trainings once more, so many days after those of the data. */
export async function repeatTrainings(
  operator: Operator,
  { companies }: Population,
  days: number,
): Promise<void> {
  for (const { id: providerId, offers } of companies)
    for (const { terms, coverage } of offers) {
      if (terms.kind !== "training") continue;
      const again = {
        ...terms,
        startsOn: addDays(terms.startsOn, days),
        endsOn: addDays(terms.endsOn, days),
      };
      await operator(publishOffer, {
        params: { providerId },
        body: { terms: again, coverage: [...coverage] },
      });
    }
}
