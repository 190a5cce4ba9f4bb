import type { Kind } from "@minka/domain/vocabulary";
import { allDistricts } from "@minka/geography/districts";
import { fakeCatalog, fakeMatching, goods, loan, visit, type Offer } from "./fake-neighbours.ts";

export const longName =
  "María del Carmen Huancabamba-Sangama Tuanama de los Ríos, Cooperativa Agraria Cafetalera Divisoria";

/** As much as a page has to bear: 200 offers with long names, something in every district of the four regions. */
export function fullMarket() {
  const offers: Offer[] = Array.from({ length: 200 }, (_, number) =>
    number % 7 === 3
      ? goods(number, "Abono orgánico fermentado de guano de isla con roca fosfórica y ceniza")
      : number % 7 === 5
        ? loan(number, "Crédito para mujeres productoras de cacao y café")
        : visit(number, {
            name: number % 5 === 0 ? longName : `Elmer Sangama ${number}`,
            price: number % 4 === 0 ? 0 : 2000 + (number % 9) * 250,
            coverage:
              number % 3 === 0 ? ["221001", "221002", "221005", "221006", "100604"] : ["2210", "1006"],
          }),
  );
  const programme = allDistricts().filter(({ code }) => ["22", "10", "25", "19"].includes(code.slice(0, 2)));
  const kinds: Kind[] = ["assistance", "input", "equipment", "credit", "purchase", "service", "training"];
  return {
    catalog: fakeCatalog({
      offers,
      counts: programme.map(({ code }, number) => ({
        districtCode: code,
        kind: kinds[number % kinds.length] ?? "assistance",
        offers: ((number * 7) % 23) + 1,
      })),
    }),
    matching: fakeMatching({
      counts: programme.map(({ code }, number) => ({
        districtCode: code,
        kind: "assistance" as const,
        open: number % 2 === 0 ? null : number + 5,
      })),
    }),
  };
}

/** What a first season looks like. */
export function smallMarket() {
  return {
    catalog: fakeCatalog({
      offers: [
        visit(1, { name: "Rosa Pinchi Tuanama", price: 3000, coverage: ["221001", "221005"] }),
        visit(2, { name: "Elmer Sangama Cachique", price: 2500 }),
        visit(3, { name: "Nélida Vásquez Isuiza", price: 0, coverage: ["22"] }),
        goods(4, "Compost de cacao, saco de 50 kg"),
      ],
      counts: [
        { districtCode: "221001", kind: "assistance", offers: 12 },
        { districtCode: "221001", kind: "input", offers: 3 },
        { districtCode: "221005", kind: "assistance", offers: 7 },
        { districtCode: "100601", kind: "assistance", offers: 9 },
        { districtCode: "250301", kind: "assistance", offers: 5 },
        { districtCode: "250101", kind: "credit", offers: 4 },
        { districtCode: "220601", kind: "assistance", offers: 22 },
        { districtCode: "220501", kind: "assistance", offers: 6 },
        { districtCode: "190301", kind: "assistance", offers: 3 },
        { districtCode: "220901", kind: "purchase", offers: 2 },
        { districtCode: "100604", kind: "assistance", offers: 1 },
      ],
    }),
    matching: fakeMatching({
      counts: [
        { districtCode: "221001", kind: "assistance", open: 14 },
        { districtCode: "221005", kind: "assistance", open: null },
        { districtCode: "250301", kind: "assistance", open: null },
        { districtCode: "250301", kind: "input", open: null },
        { districtCode: "221004", kind: "assistance", open: 6 },
      ],
    }),
  };
}
