import {
  addSeason,
  changeSeason,
  listPlots,
  listSeasons,
  removeSeason,
  type Season,
} from "@minka/contracts/plots";
import { areaUnits } from "@minka/domain/area-units";
import { DomainError } from "@minka/domain/errors";
import { harvestStates, harvestUnits } from "@minka/domain/harvest-weights";
import { cropStates, crops } from "@minka/domain/vocabulary";
import { z } from "zod";
import {
  actionButton,
  form,
  numberField,
  selectField,
  submit,
  textField,
  tickField,
} from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import { formState, type FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { areaOptions, cropOptions, farmPath, harvestUnitOptions, stateOptions } from "./farm-words.ts";

const fields = z
  .object({
    parcela: kinds.optionalId(),
    cultivo: kinds.choice(crops, "Elija el cultivo.").required,
    anio: kinds.wholeNumber({ least: 1990, most: 2100 }).required,
    cantidad: kinds.decimal({ least: 0.01, most: 10_000_000 }).optional,
    unidad: kinds.choice(harvestUnits).required,
    estado: kinds.choice(cropStates).optional,
    superficie: kinds.decimal({ least: 0.01 }).optional,
    medida: kinds.choice(areaUnits).required,
    variedad: kinds.text(40).optional,
    organico: kinds.tick(),
  })
  .superRefine(({ cultivo, cantidad, estado }, context) => {
    const states = harvestStates(cultivo);
    if (cantidad === undefined || states.length === 0) return;
    if (estado === undefined || !states.includes(estado))
      context.addIssue({
        code: "custom",
        path: ["estado"],
        message: "Diga cómo lo pesó: con eso se sabe cuánto es.",
      });
  });

const bodyOf = (said: z.output<typeof fields>) => ({
  crop: said.cultivo,
  year: said.anio,
  area: said.superficie === undefined ? null : { amount: said.superficie, unit: said.medida },
  production:
    said.cantidad === undefined
      ? null
      : {
          amount: said.cantidad,
          unit: said.unidad,
          state: harvestStates(said.cultivo).length > 0 ? (said.estado ?? null) : null,
        },
  organic: said.organico,
  variety: said.variedad ?? null,
});

const fieldOf = (path: string) => {
  if (path.startsWith("body.production.state")) return "estado";
  if (path.startsWith("body.production")) return "cantidad";
  if (path.startsWith("body.area")) return "superficie";
  return { "body.crop": "cultivo", "body.year": "anio", "body.variety": "variedad" }[path];
};

type Plots = readonly { readonly id: string; readonly name: string | null }[];

function seasonFields(state: FormState, plots: Plots): Html {
  return html`${selectField(state, { name: "cultivo", label: "¿Qué cosechó?", options: cropOptions, none: "Elija" })}
  ${numberField(state, { name: "anio", label: "¿De qué año?", inputmode: "numeric", maxlength: 4 })}
  ${numberField(state, { name: "cantidad", label: "¿Cuánto?", optional: true })}
  ${selectField(state, { name: "unidad", label: "¿En qué medida?", options: harvestUnitOptions })}
  ${selectField(state, { name: "estado", label: "¿Cómo lo pesó?", hint: "Solo café y cacao", options: stateOptions, none: "Elija", optional: true })}
  ${
    plots.length > 0
      ? selectField(state, {
          name: "parcela",
          label: "¿En qué parcela?",
          options: plots.map(({ id, name }) => ({ value: id, words: name ?? "Parcela sin nombre" })),
          none: "En toda la chacra",
        })
      : null
  }
  ${numberField(state, { name: "superficie", label: "¿En cuánta tierra?", optional: true })}
  ${selectField(state, { name: "medida", label: "Medida de la tierra", options: areaOptions })}
  ${textField(state, { name: "variedad", label: "Variedad", hint: "Por ejemplo: catimor, CCN-51", maxlength: 40, optional: true })}
  ${tickField(state, { name: "organico", label: "La cultivé como orgánica" })}
  ${submit("Guardar esta cosecha")}`;
}

export const newSeasonPage = signedPage(`${farmPath}/cosechas/nueva`)({
  read: ({ call, person }) =>
    call(listPlots, { params: { personId: person.personId }, query: { limit: 100 } }),
  show: (visit, { items }, attempt) => {
    const state = formState(attempt, "guardar", {
      anio: visit.today.slice(0, 4),
      unidad: "quintal",
      medida: "ha",
    });
    return {
      title: "Añadir una cosecha",
      main: html`<h1>¿Cuánto cosechó?</h1>
        ${form(visit, state, seasonFields(state, items))}`,
    };
  },
  actions: {
    guardar: action(
      fields,
      async (visit, said) => {
        await visit.call(addSeason, {
          params: { personId: visit.person.personId },
          body: { plotId: said.parcela ?? null, ...bodyOf(said) },
        });
        return goTo(farmPath, "cosecha");
      },
      fieldOf,
    ),
  },
});

/** There is no reading of one alone; a farm has few. */
async function findSeason({ call, person }: SignedVisit, seasonId: string): Promise<Season> {
  const params = { personId: person.personId };
  let cursor: string | undefined;
  do {
    const { items, next } = await call(listSeasons, {
      params,
      query: { limit: 100, ...(cursor ? { cursor } : {}) },
    });
    const found = items.find(({ id }) => id === seasonId);
    if (found) return found;
    cursor = next ?? undefined;
  } while (cursor);
  throw new DomainError("not-found", "season-unknown", "This person has no such season.");
}

export const seasonPage = signedPage(`${farmPath}/cosechas/:seasonId`)({
  read: (visit) => findSeason(visit, visit.params.seasonId),
  show: (visit, season, attempt) => {
    const state = formState(attempt, "guardar", knownOf(season));
    return {
      title: "Su cosecha",
      main: html`<h1>Su cosecha de ${season.year}</h1>
        ${form(visit, state, seasonFields(state, []))}
        <details>
          <summary>Me equivoqué al anotarla</summary>
          ${actionButton(visit, formState(attempt, "borrar"), "Borrar esta cosecha", { danger: true })}
        </details>`,
    };
  },
  actions: {
    guardar: action(
      fields,
      async (visit, said) => {
        const params = { personId: visit.person.personId, seasonId: visit.params.seasonId };
        await visit.call(changeSeason, { params, body: bodyOf(said) });
        return goTo(farmPath, "cosecha");
      },
      fieldOf,
    ),
    borrar: action(z.object({}), async (visit) => {
      const params = { personId: visit.person.personId, seasonId: visit.params.seasonId };
      await visit.call(removeSeason, { params });
      return goTo(farmPath, "borrado");
    }),
  },
});

const knownOf = ({ crop, year, area, production, organic, variety }: Season) => ({
  cultivo: crop,
  anio: year,
  cantidad: production?.amount,
  unidad: production?.unit ?? "quintal",
  estado: production?.state,
  superficie: area?.amount,
  medida: area?.unit ?? "ha",
  organico: organic,
  variedad: variety,
});
