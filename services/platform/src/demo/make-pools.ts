import type { LoadedPool } from "@minka/brokering";
import type { ProviderRow } from "@minka/catalog";
import { addDays, limaInstant, type LimaDay } from "@minka/domain/lima-time";
import type { MembershipRow, OrganizationRow } from "@minka/profiles";
import type { Random } from "./random.ts";

type Market = {
  readonly organizations: readonly OrganizationRow[];
  readonly memberships: readonly MembershipRow[];
  readonly providers: readonly ProviderRow[];
  readonly today: LimaDay;
};

const town = "221001";
/** For everybody of the province of Tocache. */
const districts = ["221001", "221002", "221003", "221004", "221005", "221006"];
const openDays = 9;
const peopleIn = 11;
/** Céntimos a sack of 50 kg of urea, from so many sacks on: the second shop is cheaper only for many. */
const tiersOf = [
  [
    { minimumPacks: 1, priceCentimos: 11_800 },
    { minimumPacks: 60, priceCentimos: 11_200 },
    { minimumPacks: 120, priceCentimos: 10_600 },
  ],
  [
    { minimumPacks: 40, priceCentimos: 11_500 },
    { minimumPacks: 100, priceCentimos: 10_400 },
    { minimumPacks: 180, priceCentimos: 9_800 },
  ],
];
const bringing = [15_000, 22_000];

/** One that the association of Tocache has opened for urea: eleven are in, and two shops have quoted. */
export function makePools(
  random: Random,
  { organizations, memberships, providers, today }: Market,
): LoadedPool[] {
  const home = organizations.find(({ districtCode }) => districtCode === town);
  const members = memberships.filter(({ organizationId }) => organizationId === home?.id);
  const broker = members.find(({ role }) => role === "broker");
  const shops = providers.filter(
    ({ kinds, districtCode }) => kinds.includes("supplier") && districtCode.startsWith(town.slice(0, 4)),
  );
  if (!home || !broker) throw new Error("the association of the demo has no broker");
  const points = [
    { id: random.id(), name: `Local de ${home.name}`, districtCode: town },
    { id: random.id(), name: "Plaza de Uchiza", districtCode: "221005" },
  ];
  return [
    {
      id: random.id(),
      organizer: { id: home.id, name: home.name, brokerId: broker.personId },
      title: "Urea 46%, sacos de 50 kg",
      product: "urea",
      pack: { amount: 50, unit: "kg" },
      districts,
      points,
      deadline: limaInstant(addDays(today, openDays), 18),
      minimumPacks: 40,
      suppliers: tiersOf.flatMap((tiers, index) => {
        const shop = shops[index];
        return shop
          ? [
              {
                quoteId: random.id(),
                providerId: shop.id,
                name: shop.name,
                personId: shop.personId,
                tiers,
                deliveryCentimos: Object.fromEntries(points.map(({ id }) => [id, bringing[index] ?? 0])),
              },
            ]
          : [];
      }),
      orders: members.slice(0, peopleIn).map(({ personId }) => ({
        id: random.id(),
        personId,
        pointId: points[0]?.id ?? "",
        packs: random.between(4, 12),
        agreedPriceCentimos: 12_000,
      })),
    },
  ];
}
