import type { ContractTerms, LotContract, LotDelivery } from "@minka/contracts/lot-contracts";
import { formatCount, word } from "@minka/language/texts";
import type { Content, Html } from "../../design/html.ts";
import { facts, stateMark, type Tone } from "../../design/parts.ts";
import { capitalized, dayWords, soles } from "../../words/field-words.ts";
import { measureValue, placeName, qualityWords } from "./lot-words.ts";

export const contractStateWords: Readonly<Record<LotContract["state"], readonly [string, Tone]>> = {
  negotiating: ["negociando", "going"],
  agreed: ["falta firmar", "waiting"],
  signed: ["firmado", "good"],
  ended: ["terminó sin acuerdo", "over"],
};

export const deliveryMark = (state: LotDelivery["state"]): Html =>
  stateMark(
    ...({
      recorded: ["falta confirmar", "waiting"],
      confirmed: ["confirmada", "good"],
      disputed: ["el comprador dice que no", "bad"],
    }[state] as [string, Tone]),
  );

const counting = { full: "", begun: " o parte", fractions: ", en proporción" } as const;

/** "Humedad: S/ 0.10 menos por cada 0.5 % encima de 7 %" */
function adjustmentWords({
  measure,
  beyond,
  from,
  per,
  centimosPerKg,
  counts,
  atMostCentimosPerKg,
}: ContractTerms["adjustments"][number]): string {
  const most = atMostCentimosPerKg === null ? "" : `, hasta ${soles(atMostCentimosPerKg)}`;
  return `${capitalized(word("lot_measure", measure))}: ${soles(Math.abs(centimosPerKg))} ${centimosPerKg < 0 ? "menos" : "más"} por kilo por cada ${measureValue(measure, per)}${counting[counts]} ${beyond === "above" ? "encima" : "debajo"} de ${measureValue(measure, from)}${most}`;
}

export function termsFacts(terms: ContractTerms, today: string): Html {
  const { minimumKg, maximumKg, delivery, paymentDays, womenPremiumCentimosPerKg, advanceCentimos } = terms;
  return facts([
    ["Precio", `${soles(terms.centimosPerKg)} por kilo`],
    ["Cantidad", `de ${formatCount(minimumKg)} a ${formatCount(maximumKg)} kg`],
    ...terms.adjustments.map((one) => ["Ajuste", adjustmentWords(one)] as const),
    womenPremiumCentimosPerKg > 0 && [
      "Premio por cosecha de mujeres",
      `${soles(womenPremiumCentimosPerKg)} por kilo`,
    ],
    [
      "Entrega",
      `${delivery.place}, ${placeName(delivery.districtCode)}, del ${dayWords(delivery.from, today)} al ${dayWords(delivery.until, today)}`,
    ],
    [
      "Pago",
      paymentDays === 0
        ? "el día de la entrega"
        : paymentDays === 1
          ? "al día siguiente de la entrega"
          : `a los ${paymentDays} días de la entrega`,
    ],
    advanceCentimos > 0 && ["Adelanto del comprador", soles(advanceCentimos)],
  ]);
}

/** "18.5 kg a S/ 20 el kilo, humedad 7 %" under a delivery's weight. */
export function deliveryWords({
  quality,
  centimosPerKg,
  womenPremiumCentimos,
  recordedBy,
}: LotDelivery): Content {
  const measured = qualityWords(quality);
  return [
    `A ${soles(centimosPerKg)} el kilo`,
    womenPremiumCentimos > 0 ? `, más ${soles(womenPremiumCentimos)} de premio por cosecha de mujeres` : "",
    measured === "" ? "" : `. ${capitalized(measured)}`,
    `. Lo anotó ${recordedBy === "buyer" ? "el comprador" : "quien arma el lote"}.`,
  ].join("");
}
