import type { Reason } from "@minka/contracts/common";
import type { ClaimReason, ClaimState, ReceiptState } from "@minka/contracts/pool-deliveries";
import type { Pool, PoolOrder, PoolOrderState, PoolState } from "@minka/contracts/pools";
import { addDays, limaDay, weekday, type LimaDay } from "@minka/domain/lima-time";
import { findDistrict } from "@minka/geography/districts";
import { sayPacks } from "@minka/language/say-packs";
import { sayDay, word } from "@minka/language/texts";
import type { Tone } from "../../design/parts.ts";
import { dayWords, deadlineWords, soles } from "../../words/field-words.ts";

/** What a purchase's figures are told of: as it is listed, or in full. */
export type Listed = Omit<
  Pool,
  "order" | "tiers" | "organizerQuotes" | "quotes" | "awardId" | "answerBy" | "cancelled"
>;

/** "5 sacos", as the purchase's packs are called in SMS as well. */
export const packsOf = (packs: number, { pack }: Pick<Pool, "pack">): string => sayPacks(packs, pack);

/** "saco", "unidad": of which the price is. */
export const packName = (pool: Pick<Pool, "pack">): string => packsOf(1, pool).replace(/^1 /, "");

/** "hasta las 6 p. m. de hoy", "hasta las 6 p. m. del martes 1 de diciembre": no sentence ends in two full stops. */
export function untilWords(at: string, now: Date): string {
  const day = limaDay(new Date(at));
  const today = limaDay(now);
  const words = `hasta ${deadlineWords(at, now)}`;
  if (day === today) return `${words} de hoy`;
  return day === addDays(today, 1) ? words : words.replace(/ \d+$/, ` ${dayWords(day, today)}`);
}

/** "hoy", "mañana", "el martes 1 de diciembre" */
export function onDayWords(day: LimaDay, today: LimaDay): string {
  if (day === today || day === addDays(today, 1)) return sayDay(day, today);
  return `el ${word("weekday", String(weekday(day)))} ${dayWords(day, today)}`;
}
export const placeName = (code: string): string => findDistrict(code)?.name ?? "";

/** "Plaza de Uchiza, Uchiza": a point that says where it is says it once. */
export function pointWords({ name, districtCode }: { name: string; districtCode: string }): string {
  const place = placeName(districtCode);
  return name.includes(place) ? name : `${name}, ${place}`;
}

/** "S/ 118 el saco" */
export const perPack = (centimos: number, pool: Pick<Pool, "pack">): string =>
  `${soles(centimos)} cada ${packName(pool)}`;

/** In the words of who joins. */
export const stateWords: Record<PoolState, readonly [words: string, tone: Tone]> = {
  open: ["Abierta", "going"],
  closed: ["Se busca el mejor precio", "waiting"],
  proposed: ["Falta aprobar el reparto", "waiting"],
  asking_suppliers: ["Confirman los proveedores", "waiting"],
  asking_members: ["Se confirma el precio", "waiting"],
  undecided: ["Falta decidir si sigue", "waiting"],
  ordered: ["Comprada, por llegar", "going"],
  completed: ["Terminada", "good"],
  cancelled: ["No se hizo", "over"],
};

/** "Su pedido": said to the person, or about one by who arranges it. */
export const orderWords: Record<PoolOrderState, readonly [words: string, tone: Tone]> = {
  joined: ["Dentro", "going"],
  left: ["Salió", "over"],
  asked: ["Falta su sí", "waiting"],
  confirmed: ["Dijo sí al precio", "good"],
  out: ["Quedó fuera", "over"],
  final: ["Recibe", "good"],
};

const cancelWords: Record<NonNullable<Pool["cancelled"]>["cause"], string> = {
  organizer: "La canceló quien la organizaba.",
  minimum_missed: "No se juntó lo mínimo.",
  no_quote: "Ningún proveedor dio precio.",
  nobody_joined: "Nadie se apuntó.",
  undecided: "Salió gente y no se siguió.",
};

export function cancelledWords({ cause, reason }: NonNullable<Pool["cancelled"]>): string {
  return `${cancelWords[cause]}${reason ? ` Dijo: ${reason}` : ""}`;
}

/** Why somebody gets what they get, in a sentence; null for what has no words. */
export function orderReasonWords({ code, parameters: of }: Reason): string | null {
  const price = soles(Number(of["price"] ?? 0));
  switch (code) {
    case "shortage":
      return `Los proveedores traen menos: de ${of["wanted"]} le tocan ${of["got"]}.`;
    case "tolerance-used":
      return `Pidió ${of["wanted"]} y le tocan ${of["got"]}, dentro de lo que aceptó: así baja el precio para todos.`;
    case "tier-reached":
      return `Se juntó lo suficiente para ${price}.`;
    case "case-filled":
      return "Lo que va de más completa una caja cerrada.";
    case "price-refused":
      return "Dijo que no al precio final.";
    case "silent-price-rose":
      return `No respondió, y el precio subió a ${price}.`;
    case "silent-no-price":
      return "No respondió, y antes no había dicho que sí a un precio.";
    case "left-minka":
      return "Ya no está en Minka.";
    case "pool-cancelled":
      return "La compra no se hizo.";
    default:
      return null;
  }
}

/** What a broker should look at in an order. */
export function flagWords({ code }: Reason): string | null {
  if (code === "very-many-packs") return "Es mucho más de lo común";
  return code === "more-than-farm-uses" ? "Es más de lo que usa una chacra así" : null;
}

export const receiptWords: Record<ReceiptState, readonly [words: string, tone: Tone]> = {
  waiting: ["Por llegar", "waiting"],
  asked: ["¿Llegó todo?", "waiting"],
  all: ["Llegó todo", "good"],
  some: ["No llegó todo bien", "bad"],
  unclear: ["Faltó algo", "bad"],
  silent: ["Sin respuesta", "over"],
};

export const claimReasonWords: Record<ClaimReason, string> = {
  short: "faltó",
  damaged: "llegó roto o mojado",
  expired: "llegó vencido",
  wrong_product: "es otro producto",
  wrong_pack: "es otro tamaño",
  bad_quality: "es de mala calidad",
};

const claimStateWords: Record<ClaimState, string> = {
  open: "el proveedor todavía no responde",
  promised: "el proveedor lo trae",
  credited: "se descuenta",
  brought: "ya lo trajo",
  renewed: "no lo trajo: se reclama otra vez",
};

type Claim = {
  readonly reason: ClaimReason;
  readonly packs: number;
  readonly state: ClaimState;
  readonly bringOn: LimaDay | null;
  readonly creditCentimos: number | null;
};

/** "2 sacos: faltó; el proveedor lo trae el jueves 26" */
export function claimWords(claim: Claim, pool: Pick<Pool, "pack">, today: LimaDay): string {
  const { reason, packs, state, bringOn, creditCentimos } = claim;
  const when = state === "promised" && bringOn ? ` ${onDayWords(bringOn, today)}` : "";
  const off = state === "credited" && creditCentimos !== null ? ` ${soles(creditCentimos)}` : "";
  return `${packsOf(packs, pool)}: ${claimReasonWords[reason]}; ${claimStateWords[state]}${when}${off}.`;
}

/** "urea", as it is said within a sentence. */
export const productName = (product: string): string => word("product", product);

/** "urea, saco de 50 kilos" */
export function goodsWords({ product, pack: { amount, unit } }: Pick<Pool, "product" | "pack">): string {
  const each = {
    kg: `saco de ${amount} kilos`,
    liter: amount === 1 ? "litro" : `envase de ${amount} litros`,
    unit: amount === 1 ? "unidad" : `paquete de ${amount} unidades`,
  }[unit];
  return `${productName(product)}, ${each}`;
}

/** "8 sacos", or what they said they would take: "de 6 a 10 sacos". */
export function wishWords(
  { packs, minimumPacks, maximumPacks }: Pick<PoolOrder, "packs" | "minimumPacks" | "maximumPacks">,
  pool: Pick<Pool, "pack">,
): string {
  return minimumPacks === packs && maximumPacks === packs
    ? packsOf(packs, pool)
    : `${packsOf(packs, pool)} (acepta de ${minimumPacks} a ${maximumPacks})`;
}
