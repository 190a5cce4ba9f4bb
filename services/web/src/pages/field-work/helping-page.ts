import {
  askToAct,
  listDelegations,
  registerAssisted,
  withdrawDelegation,
  type Delegation,
} from "@minka/contracts/acting";
import { limaDay } from "@minka/domain/lima-time";
import { z } from "zod";
import {
  actionButton,
  districtField,
  form,
  phoneField,
  submit,
  textField,
  tickField,
} from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, pager, row, rows, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords } from "../../words/field-words.ts";
import { readOwnProvider } from "../provider/own-provider.ts";
import { fieldWorkRefusals } from "../../words/refusals/field-work.ts";

type Visit = SignedVisit<{ readonly providerId: string }>;

/** Of the sentences below, which the person hears; they change together. */
const consentVersion = "web-spoken-2026-11";
const readAloud =
  "Minka guarda su nombre y sus pedidos para buscarle quien le ayude. Quien me escucha puede pedir por usted. Puede decir que no, y puede dejarlo cuando quiera.";

const pathOf = ({ params }: Visit) => `/mi-servicio/${params.providerId}/atendidos/ayudar`;

/** Acting for others: with an SMS where they have a phone, before a witness where they have none. */
export const helpingPage = signedPage("/mi-servicio/:providerId/atendidos/ayudar")({
  async read(visit) {
    await readOwnProvider(visit);
    return visit.call(listDelegations, {
      query: { side: "held", state: "standing", cursor: visit.query["desde"], limit: 20 },
    });
  },
  show: (visit, { items, next }, attempt) => ({
    title: "Pedir por otras personas",
    desk: true,
    main: html`<h1>Pida por quien no tiene celular</h1>
      <p class="lead">Siempre con su permiso: quien lo da puede quitarlo cuando quiera.</p>
      <h2>Registrar a quien no tiene celular</h2>
      ${registering(visit, attempt)}
      <h2>Pedir permiso a quien tiene celular</h2>
      ${asking(visit, attempt)}
      <h2>Permisos que tiene</h2>
      ${held(visit, items, attempt)}${pager(visit.path, visit.query, next)}`,
  }),
  actions: {
    registrar: action(
      z.object({
        nombre: kinds.text(80, "Escriba su nombre y apellidos.").required,
        distrito: kinds.district().required,
        testigo: kinds.text(80, "Escriba el nombre de quien escuchó.").required,
        oyo: kinds.tickNeeded("Léale las frases y marque que estuvo de acuerdo."),
      }),
      async (visit: Visit, { nombre, distrito, testigo }) => {
        await visit.call(registerAssisted, {
          body: {
            name: nombre,
            districtCode: distrito,
            consent: { version: consentVersion, witness: testigo },
          },
        });
        return goTo(pathOf(visit), "registrada");
      },
      (path) => (path.endsWith("witness") ? "testigo" : path.endsWith("name") ? "nombre" : undefined),
    ),
    preguntar: action(z.object({ celular: kinds.phone().required }), async (visit: Visit, { celular }) => {
      await visit.call(askToAct, { body: { principal: { phone: celular } } });
      return goTo(pathOf(visit), "preguntada");
    }),
    terminar: action(z.object({ permiso: kinds.id() }), async (visit: Visit, { permiso }) => {
      await visit.call(withdrawDelegation, { params: { delegationId: permiso } });
      return goTo(pathOf(visit), "terminado");
    }),
  },
  refusals: fieldWorkRefusals,
  notices: {
    registrada: "Quedó registrada. Ya puede pedir en su nombre: está abajo, en los permisos.",
    preguntada: "Le mandamos un SMS. Cuando responda SI, el permiso aparece abajo. Tiene siete días.",
    terminado: "Ese permiso terminó.",
  },
});

function registering(visit: Visit, attempt: Attempt | null): Html {
  const state = formState(attempt, "registrar");
  return form(
    visit,
    state,
    html`${textField(state, { name: "nombre", label: "Nombre y apellidos de la persona", maxlength: 80, autocomplete: "off" })}
    ${districtField(state, { name: "distrito", label: "¿En qué distrito está su chacra?", autocomplete: "off" })}
    ${textField(state, { name: "testigo", label: "¿Quién más escuchó que está de acuerdo?", hint: "Nombre completo de otra persona: ni usted ni quien da el permiso.", maxlength: 80, autocomplete: "off" })}
    ${tickField(state, { name: "oyo", label: "Le leí esto y está de acuerdo", hint: readAloud })}
    ${submit("Registrar a esta persona")}`,
  );
}

function asking(visit: Visit, attempt: Attempt | null): Html {
  const state = formState(attempt, "preguntar");
  return form(
    visit,
    state,
    html`${phoneField(state, { name: "celular", label: "Celular de la persona", hint: "Le preguntamos por SMS si le da permiso.", maxlength: 20, autocomplete: "off" })}${submit("Preguntarle por SMS", { quiet: true })}`,
  );
}

function held(visit: Visit, items: readonly Delegation[], attempt: Attempt | null): Content {
  if (items.length === 0) return empty("Todavía nadie le dio permiso.");
  return html`${rows(
      items.map((one) => {
        const asked = one.state === "asked";
        const until = dayWords(limaDay(new Date(one.expiresAt)), visit.today);
        return row({
          title:
            one.principal?.name ??
            (one.askedPhone ? `El celular que termina en ${one.askedPhone.slice(-3)}` : "Alguien sin nombre"),
          side: stateMark(asked ? "Falta su SI" : "Dio permiso", asked ? "waiting" : "good"),
          lines: [
            one.organization ? `Por ${one.organization.name}` : null,
            asked ? `Tiene hasta el ${until} para responder.` : `Vale hasta el ${until}.`,
            one.witness ? `Lo escuchó ${one.witness}.` : null,
          ],
          more: actionButton(
            visit,
            formState(attempt, "terminar", {}, { permiso: one.id }),
            asked ? "Ya no preguntar" : "Terminar este permiso",
            { values: { permiso: one.id }, quiet: true },
          ),
        });
      }),
    )}
    <p><a class="action" href="/mi/por-otros">Pedir en nombre de alguien</a></p>`;
}
