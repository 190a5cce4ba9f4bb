import { wordNeeded } from "@minka/contracts/actor";
import { askCredit, changeCredit, readCredit } from "@minka/contracts/credits";
import { readProfile } from "@minka/contracts/people";
import { z } from "zod";
import { districtField, form, submit } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { notice } from "../../design/parts.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { creditRefusals } from "../../words/refusals/credit.ts";
import { askedOf, creditFieldOf, creditFields, creditShape } from "./credit-fields.ts";
import { creditIsTheirs } from "./not-while-acting.ts";
import { askedWords } from "./say-credit.ts";

/** One short screen; what lenders ask for and what it costs comes before anybody is asked. */
export const askCreditPage = signedPage("/mi/credito/nuevo")({
  fleeting: true,
  read: async (visit) => {
    if (visit.person.actedBy) return null;
    const read = await visit.callIfAny(readProfile, { params: { personId: visit.person.personId } });
    if (read?.profile.withheld) throw wordNeeded();
    return { profile: read };
  },
  show: (visit, data, attempt) => {
    if (data === null) return creditIsTheirs;
    const state = formState(attempt, "pedir");
    const placed = data.profile?.profile.districtCode ?? null;
    return {
      title: "Pedir un crédito",
      main: html`<h1>¿Cuánto dinero necesita?</h1>
        <p class="lead">Primero compara. A nadie le avisamos hasta que usted lo diga.</p>
        ${form(
          visit,
          state,
          html`${creditFields(state)}
          ${placed === null || state.error("distrito") ? districtField(state, { name: "distrito", label: "¿En qué distrito está su chacra?" }) : null}
          ${submit("Ver qué créditos hay")}`,
        )}`,
    };
  },
  refusals: creditRefusals,
  actions: {
    pedir: action(
      z.object({ ...creditShape, distrito: kinds.district().optional }),
      async (visit, { distrito, ...asked }) => {
        const { creditId } = await visit.call(askCredit, {
          body: {
            borrower: { kind: "person", personId: visit.person.personId },
            ...askedOf(asked),
            ...(distrito ? { districtCode: distrito } : {}),
          },
        });
        return goTo(`/mi/credito/${creditId}`);
      },
      creditFieldOf,
    ),
  },
});

/** What a lender would lend instead comes with the address. */
const numberIn = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,7}(\.\d\d?)?$/.test(text) ? Number(text) : null;

/** Another amount, term or purpose, before it is sent. */
export const changeCreditPage = signedPage("/mi/credito/:creditId/cambiar")({
  fleeting: true,
  read: async (visit) => {
    if (visit.person.actedBy) return null;
    const { credit } = await visit.call(readCredit, { params: visit.params, query: {} });
    return credit.state === "draft" ? credit : goTo(`/mi/credito/${credit.id}`);
  },
  show: (visit, credit, attempt) => {
    if (credit === null) return creditIsTheirs;
    const state = formState(attempt, "cambiar", {
      monto: numberIn(visit.query["monto"]) ?? credit.amountCentimos / 100,
      meses: numberIn(visit.query["meses"]) ?? credit.months,
      para: credit.purpose,
      tiene: credit.declared,
    });
    const vouched = credit.endorsements.some(({ state: one }) => one === "proposed" || one === "standing");
    return {
      title: "Cambiar lo que pide",
      main: html`<h1>Cambie lo que pide</h1>
        <p class="lead">
          Ahora pide ${askedWords(credit)}. Después del cambio vuelve a elegir a quién pedir.
        </p>
        ${vouched ? notice("Si cambia el monto o para qué es, su organización tiene que dar su aval otra vez.") : null}
        ${form(visit, state, html`${creditFields(state)}${submit("Guardar y comparar otra vez")}`)}`,
    };
  },
  refusals: creditRefusals,
  actions: {
    cambiar: action(
      z.object(creditShape),
      async (visit, asked) => {
        await visit.call(changeCredit, { params: visit.params, body: askedOf(asked) });
        return goTo(`/mi/credito/${visit.params.creditId}`, "cambiado");
      },
      creditFieldOf,
    ),
  },
});
