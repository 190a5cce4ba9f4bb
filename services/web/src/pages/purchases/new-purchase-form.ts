import type { CallInput } from "@minka/contracts/endpoint";
import {
  deliveryShares,
  minimumRules,
  poolJoiners,
  poolProducts,
  type openPool,
} from "@minka/contracts/pools";
import { limaInstant } from "@minka/domain/lima-time";
import { packUnits } from "@minka/domain/vocabulary";
import type { District } from "@minka/geography/districts";
import { z } from "zod";
import {
  dayField,
  districtField,
  form,
  moneyField,
  numberField,
  optionsField,
  selectField,
  submit,
  textField,
} from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized } from "../../words/field-words.ts";
import { productName } from "./purchase-words.ts";

const rules = ["split", "sealed"] as const;
/** More places are rare, and each would make the form longer for all. */
const places = [1, 2, 3] as const;

const otherDistricts = kinds.text(600).optional.transform((text, context): string[] => {
  const written = (text ?? "").split(/[\n;]+/).filter((part) => part.trim() !== "");
  const read = written.map((part) => kinds.district().required.safeParse(part));
  for (const { error } of read)
    if (error)
      context.addIssue({ code: "custom", message: error.issues[0]?.message ?? "No conocemos ese lugar." });
  return read.flatMap(({ data }) => data ?? []);
});

export const newPurchaseFields = z
  .object({
    titulo: kinds
      .text(80, "Escriba qué es, como lo van a leer.")
      .required.refine((text) => text.length >= 3, "Escriba qué es, como lo van a leer."),
    producto: kinds.choice(poolProducts, "Elija el producto.").required,
    trae: kinds.decimal({ least: 0.01, most: 100_000 }).required,
    unidad: kinds.choice(packUnits).required,
    minimo: kinds.wholeNumber({ least: 1 }).required,
    cierra: kinds.day().required,
    hora: kinds.wholeNumber({ least: 6, most: 22 }).required,
    distritos: kinds.list(z.string().regex(/^\d{6}$/, { error: "Elija entre los distritos." })),
    otros: otherDistricts,
    punto1: kinds.text(60, "Escriba dónde se entrega.").required,
    lugar1: kinds.district().required,
    punto2: kinds.text(60).optional,
    lugar2: kinds.district().optional,
    punto3: kinds.text(60).optional,
    lugar3: kinds.district().optional,
    quienes: kinds.choice(poolJoiners).required,
    falta: kinds.choice(minimumRules).required,
    dias: kinds.wholeNumber({ least: 1, most: 30 }).required,
    horas: kinds.wholeNumber({ least: 12, most: 168 }).required,
    aporte: kinds.money({ most: 1000 }).required,
    transporte: kinds.choice(deliveryShares).required,
    reglas: kinds.choices(rules),
  })
  .refine(({ distritos, otros }) => distritos.length + otros.length > 0, {
    path: ["distritos"],
    message: "Elija para qué distritos es.",
  })
  .refine(({ punto2, lugar2 }) => (punto2 === undefined) === (lugar2 === undefined), {
    path: ["lugar2"],
    message: "Ponga el nombre y el distrito de este lugar.",
  })
  .refine(({ punto3, lugar3 }) => (punto3 === undefined) === (lugar3 === undefined), {
    path: ["lugar3"],
    message: "Ponga el nombre y el distrito de este lugar.",
  });

type Values = z.output<typeof newPurchaseFields>;
type Body = CallInput<typeof openPool>["body"];

export function bodyOf(organizer: Body["organizer"], values: Values): Body {
  const points = places.flatMap((place) => {
    const [name, districtCode] = [values[`punto${place}`], values[`lugar${place}`]];
    return name === undefined || districtCode === undefined ? [] : [{ name, districtCode }];
  });
  return {
    organizer,
    title: values.titulo,
    product: values.producto,
    pack: { amount: values.trae, unit: values.unidad },
    districts: [...new Set([...values.distritos, ...values.otros])],
    points,
    deadline: limaInstant(values.cierra, values.hora).toISOString(),
    minimumPacks: values.minimo,
    split: values.reglas.includes("split"),
    sealed: values.reglas.includes("sealed"),
    deliveryShared: values.transporte,
    feeCentimosPerPack: values.aporte,
    joiners: values.quienes,
    whenMissed: values.falta,
    extendDays: values.dias,
    confirmHours: values.horas,
  };
}

const names: Readonly<Record<string, string>> = {
  "body.deadline": "cierra",
  "body.title": "titulo",
  "body.minimumPacks": "minimo",
  "body.joiners": "quienes",
  "body.districts": "distritos",
};
export const newPurchaseFieldOf = (path: string): string | undefined => names[path];

const unitNames = { kg: "kilos", liter: "litros", unit: "unidades" } as const;

export function newPurchaseForm(visit: SignedVisit, state: FormState, near: readonly District[]): Html {
  return form(
    visit,
    state,
    html`${textField(state, { name: "titulo", label: "Cómo se llama la compra", hint: "Así lo lee la gente por SMS: Urea 46%, sacos de 50 kg", maxlength: 80 })}
    ${selectField(state, { name: "producto", label: "Producto", none: "Elija", options: poolProducts.map((value) => ({ value, words: capitalized(productName(value)) })) })}
    ${numberField(state, { name: "trae", label: "Cuánto trae cada uno", hint: "Un saco de 50 kilos: 50.", maxlength: 8 })}
    ${selectField(state, { name: "unidad", label: "¿Kilos, litros o unidades?", options: packUnits.map((value) => ({ value, words: unitNames[value] })) })}
    ${numberField(state, { name: "minimo", label: "Lo menos que deben juntar entre todos", hint: "Cuántos sacos o unidades. Con menos no se compra.", inputmode: "numeric", maxlength: 8 })}
    ${dayField(state, { name: "cierra", label: "Hasta qué día se apunta la gente", hint: "Desde mañana y hasta dentro de 90 días." })}
    ${selectField(state, { name: "hora", label: "A qué hora cierra", options: [9, 12, 15, 18, 20].map((hour) => ({ value: String(hour), words: hourWords(hour) })) })}
    ${optionsField(state, {
      name: "quienes",
      label: "¿Quién puede entrar?",
      options: [
        { value: "members", words: "Solo socias y socios" },
        {
          value: "members_and_neighbours",
          words: "También vecinas y vecinos",
          hint: "Con más gente baja el precio para todos.",
        },
      ],
    })}
    ${optionsField(state, { name: "distritos", label: "¿Para qué distritos?", many: true, options: near.map(({ code, name }) => ({ value: code, words: name })) })}
    ${textField(state, { name: "otros", label: "Otros distritos", hint: "Separados por punto y coma: Juanjuí; Aucayacu, Leoncio Prado", maxlength: 600, optional: true })}
    ${placeFields(state, 1)} ${morePlaces(state)} ${ruleFields(state)}
    ${submit("Abrir la compra y avisar a la gente")}`,
  );
}

const hourWords = (hour: number) =>
  hour === 12 ? "12 del día" : `${hour % 12} ${hour < 12 ? "a. m." : "p. m."}`;

function morePlaces(state: FormState): Html {
  const more = places.filter((place) => place > 1);
  const filled = more.some((place) =>
    [`punto${place}`, `lugar${place}`].some((name) => state.value(name) !== "" || state.error(name)),
  );
  return html`<details class="f" ${filled ? html` open` : null}>
    <summary>Más lugares de entrega</summary>
    ${more.map((place) => placeFields(state, place))}
  </details>`;
}

const placeFields = (state: FormState, place: (typeof places)[number]): Html =>
  html`${textField(state, { name: `punto${place}`, label: place === 1 ? "¿Dónde se entrega?" : `Otro lugar de entrega (${place})`, maxlength: 60, optional: place > 1 })}
  ${districtField(state, { name: `lugar${place}`, label: place === 1 ? "Distrito del lugar" : `Distrito de ese lugar (${place})`, optional: place > 1 })}`;

function ruleFields(state: FormState): Html {
  const wrong = ["falta", "dias", "horas", "aporte", "transporte"].some((name) => state.error(name));
  return html`<details class="f" ${wrong ? html` open` : null}>
    <summary>Reglas de la compra (ya vienen puestas)</summary>
    ${optionsField(state, {
      name: "falta",
      label: "Si no se junta lo mínimo",
      options: [
        { value: "smaller", words: "Comprar menos, lo mejor que se pueda" },
        { value: "extend", words: "Dar más días, una vez" },
        { value: "cancel", words: "No comprar" },
      ],
    })}
    ${numberField(state, { name: "dias", label: "Si se dan más días, ¿cuántos?", inputmode: "numeric", unit: "días", maxlength: 2 })}
    ${numberField(state, { name: "horas", label: "Tiempo para decir sí al precio final", inputmode: "numeric", unit: "horas", maxlength: 3 })}
    ${moneyField(state, { name: "aporte", label: "Aporte para la organización por cada uno", hint: "Todos lo ven. Ponga 0 si no hay.", maxlength: 8 })}
    ${optionsField(state, {
      name: "transporte",
      label: "¿Quién paga llevarlo a cada lugar?",
      options: [
        { value: "by_point", words: "Quienes recogen en ese lugar" },
        { value: "by_pack", words: "Todos por igual" },
      ],
    })}
    ${optionsField(state, {
      name: "reglas",
      label: "Los proveedores",
      many: true,
      options: [
        { value: "split", words: "Pueden ser varios, si así sale más barato" },
        {
          value: "sealed",
          words: "Dan su precio en sobre cerrado",
          hint: "Hasta el cierre nadie ve lo que ofrece el otro.",
        },
      ],
    })}
  </details>`;
}
