import { addDays, type LimaDay } from "@minka/domain/lima-time";
import type { OrganizationRow } from "@minka/profiles";
import type { Random } from "./random.ts";

type Kind = "association" | "cooperative" | "committee";
type Details = Pick<
  OrganizationRow,
  "entryFeeCentimos" | "requirements" | "services" | "genderGuideline" | "certificates"
>;

/** What joining costs in soles, what it asks and what it gives. */
const models: Readonly<
  Record<Kind, { soles: readonly number[]; requirements: readonly string[]; services: readonly string[] }>
> = {
  association: {
    soles: [20, 30, 50],
    requirements: ["Copia del DNI", "Tener parcela en la zona", "Dos reuniones al mes"],
    services: ["Venta en grupo", "Visita técnica cada mes", "Abono a precio de grupo"],
  },
  cooperative: {
    soles: [100, 150, 200],
    requirements: ["Copia del DNI", "Documento de la parcela", "Aporte de capital en dos partes"],
    services: [
      "Acopio y venta certificada",
      "Crédito de campaña",
      "Secado y fermentado",
      "Laboratorio de calidad",
    ],
  },
  committee: {
    soles: [0, 0, 10],
    requirements: ["Vivir en la zona"],
    services: ["Compra de abono en grupo", "Préstamo de herramientas"],
  },
};

const guidelines = [
  "La mitad de los cargos es para mujeres y hombres por igual",
  "Dos de los cinco cargos son de mujeres",
];

export function organizationDetails(random: Random, kind: Kind, today: LimaDay): Details {
  const { soles, requirements, services } = models[kind];
  const guided = random.next() < 0.4;
  const certified = kind === "cooperative" || random.next() < 0.2;
  return {
    entryFeeCentimos: random.pick(soles) * 100,
    requirements,
    services: random.shuffled(services).slice(0, random.between(2, services.length)),
    genderGuideline: guided
      ? { text: random.pick(guidelines), adoptedOn: `${random.between(2019, 2025)}-03-08` }
      : null,
    certificates: certified
      ? [
          {
            id: random.id(),
            certificate: random.pick(["organic", "fair_trade", "rainforest"] as const),
            issuer: "Certificadora de muestra",
            expiresOn: addDays(today, random.between(30, 600)),
          },
        ]
      : [],
  };
}
