import { readCredit } from "@minka/contracts/credits";
import { nameGuarantors, smallestGuarantee } from "@minka/contracts/group-guarantees";
import { z } from "zod";
import { form, phoneField, submit } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { soles } from "../../words/field-words.ts";
import { creditRefusals } from "../../words/refusals/credit.ts";
import { creditIsTheirs } from "./not-while-acting.ts";

const asked = ["primero", "segundo", "tercero", "cuarto", "quinto"] as const;
const labels = ["Primera persona", "Segunda persona", "Tercera persona", "Cuarta persona", "Quinta persona"];

const fields = z.object({
  primero: kinds.phone().required,
  segundo: kinds.phone().required,
  tercero: kinds.phone().required,
  cuarto: kinds.phone().optional,
  quinto: kinds.phone().optional,
});

/** Neighbours who answer for a credit, each for an equal part. */
export const guarantorsPage = signedPage("/mi/credito/:creditId/grupo")({
  fleeting: true,
  read: async (visit) => {
    if (visit.person.actedBy) return null;
    return (await visit.call(readCredit, { params: visit.params, query: {} })).credit;
  },
  show: (visit, credit, attempt) => {
    if (credit === null) return creditIsTheirs;
    const state = formState(attempt, "juntar");
    return {
      title: "Vecinos que responden",
      main: html`<h1>¿Quiénes responden por usted?</h1>
        <p class="lead">
          Si usted no paga, cada quien paga una parte igual: con tres personas,
          ${soles(Math.ceil(credit.amountCentimos / smallestGuarantee))} cada una.
        </p>
        <p>
          Le preguntamos a cada una por SMS, y verá su nombre y cuánto le toca. Tienen que ser de otras casas,
          cada una con su propio celular.
        </p>
        ${form(
          visit,
          state,
          html`${asked.map((name, index) =>
            phoneField(state, {
              name,
              label: `${labels[index] ?? ""}: celular`,
              autocomplete: "off",
              maxlength: 20,
              optional: index >= smallestGuarantee,
            }),
          )}${submit("Preguntarles por SMS")}`,
        )}`,
    };
  },
  refusals: creditRefusals,
  actions: {
    juntar: action(fields, async (visit, given) => {
      const phones = asked.flatMap((name) => (given[name] === undefined ? [] : [given[name]]));
      await visit.call(nameGuarantors, {
        params: visit.params,
        body: { guarantors: phones.map((phone) => ({ phone })) },
      });
      return goTo(`/mi/credito/${visit.params.creditId}`, "grupo");
    }),
  },
});
