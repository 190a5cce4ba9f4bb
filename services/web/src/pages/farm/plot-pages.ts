import { readProfile } from "@minka/contracts/people";
import { addPlot, changePlot, readPlot, removePlot, type Plot } from "@minka/contracts/plots";
import { areaUnits } from "@minka/domain/area-units";
import { landDocuments, tenures } from "@minka/domain/vocabulary";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { z } from "zod";
import {
  actionButton,
  areaField,
  districtField,
  form,
  numberField,
  selectField,
  submit,
  textField,
} from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import { formState, type FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { areaOptions, documentOptions, farmPath, tenureOptions } from "./farm-words.ts";
import { plotPoints, writtenPoints } from "./plot-points.ts";

const fields = z.object({
  nombre: kinds.text(60).optional,
  superficie: kinds.decimal({ least: 0.01, most: 1_000_000_000 }).required,
  medida: kinds.choice(areaUnits).required,
  tenencia: kinds.choice(tenures).required,
  documento: kinds.choice(landDocuments).required,
  distrito: kinds.district().optional,
  puntos: plotPoints,
});

const bodyOf = (said: z.output<typeof fields>) => ({
  name: said.nombre ?? null,
  area: { amount: said.superficie, unit: said.medida },
  tenure: said.tenencia,
  document: said.documento,
  districtCode: said.distrito ?? null,
  geometry: said.puntos,
});

const fieldOf = (path: string) => {
  if (path.startsWith("body.geometry")) return "puntos";
  if (path.startsWith("body.area")) return "superficie";
  return { "body.name": "nombre", "body.districtCode": "distrito" }[path];
};

const districtSaid = (code: string | null | undefined) => {
  const district = findDistrict(code ?? "");
  return district ? districtLabel(district) : undefined;
};

function plotFields(state: FormState): Html {
  return html`${textField(state, { name: "nombre", label: "¿Cómo le dice?", hint: "Por ejemplo: la de arriba", maxlength: 60, optional: true })}
  ${numberField(state, { name: "superficie", label: "¿Cuánto mide?" })}
  ${selectField(state, { name: "medida", label: "¿En qué medida?", options: areaOptions })}
  ${selectField(state, { name: "tenencia", label: "¿De quién es?", options: tenureOptions })}
  ${selectField(state, { name: "documento", label: "¿Qué papel tiene?", options: documentOptions })}
  ${districtField(state, { name: "distrito", label: "Distrito", optional: true })}
  ${areaField(state, {
    name: "puntos",
    label: "¿Dónde está?",
    hint: "Copie del celular latitud y longitud: -8.189123, -76.512345. Si pasa de 4 hectáreas, las esquinas del lindero, una por línea.",
    optional: true,
  })}
  ${submit("Guardar esta parcela")}`;
}

export const newPlotPage = signedPage(`${farmPath}/parcelas/nueva`)({
  read: ({ call, person }) => call(readProfile, { params: { personId: person.personId } }),
  show: (visit, { profile }, attempt) => {
    const state = formState(attempt, "guardar", {
      medida: "ha",
      distrito: districtSaid(profile.districtCode),
    });
    return {
      title: "Añadir una parcela",
      main: html`<h1>¿Cómo es su parcela?</h1>
        ${form(visit, state, plotFields(state))}`,
    };
  },
  actions: {
    guardar: action(
      fields,
      async (visit, said) => {
        await visit.call(addPlot, { params: { personId: visit.person.personId }, body: bodyOf(said) });
        return goTo(farmPath, "parcela");
      },
      fieldOf,
    ),
  },
});

export const plotPage = signedPage(`${farmPath}/parcelas/:plotId`)({
  read: ({ call, params, person }) =>
    call(readPlot, { params: { personId: person.personId, plotId: params.plotId } }),
  show: (visit, { plot }, attempt) => {
    const state = formState(attempt, "guardar", knownOf(plot));
    return {
      title: plot.name ?? "Su parcela",
      main: html`<h1>${plot.name ?? "Su parcela"}</h1>
        ${form(visit, state, plotFields(state))}
        <details>
          <summary>Ya no la trabajo</summary>
          <p>Se borra de su chacra, con las cosechas que anotó en ella.</p>
          ${actionButton(visit, formState(attempt, "borrar"), "Borrar esta parcela", { danger: true })}
        </details>`,
    };
  },
  actions: {
    guardar: action(
      fields,
      async (visit, said) => {
        const params = { personId: visit.person.personId, plotId: visit.params.plotId };
        await visit.call(changePlot, { params, body: bodyOf(said) });
        return goTo(farmPath, "parcela");
      },
      fieldOf,
    ),
    borrar: action(z.object({}), async (visit) => {
      const params = { personId: visit.person.personId, plotId: visit.params.plotId };
      await visit.call(removePlot, { params });
      return goTo(farmPath, "borrado");
    }),
  },
});

const knownOf = ({ name, area, tenure, document, districtCode, geometry }: Plot) => ({
  nombre: name,
  superficie: area.amount,
  medida: area.unit,
  tenencia: tenure,
  documento: document,
  distrito: districtSaid(districtCode),
  puntos: writtenPoints(geometry),
});
