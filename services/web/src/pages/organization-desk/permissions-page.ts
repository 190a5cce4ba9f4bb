import {
  askToAct,
  recordSpokenDelegation,
  withdrawDelegation,
  type Delegation,
} from "@minka/contracts/acting";
import { limaDay } from "@minka/domain/lima-time";
import { z } from "zod";
import { actionButton, form, phoneField, selectField, submit, textField } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, empty, notice, pager, row, rows, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { dayWords } from "../../words/field-words.ts";
import { findMember, readMembers, type Choice, type Members } from "./choose-member.ts";
import { beginActing, inForce, readHeld, type Held } from "./acting.ts";
import { peopleWords } from "./desk-words.ts";
import { deskPath, organizationNotice, type DeskVisit } from "./own-organization.ts";

export const witnessField = kinds
  .text(80, "Escriba quién lo oyó.")
  .required.refine((name) => name.length >= 3, {
    message: "Escriba el nombre completo.",
  });

/** For whom the organization may ask and answer, until when, and how they said so. */
export const permissionsPage = signedPage("/mi-organizacion/:organizationId/permisos")({
  read: async (visit: DeskVisit) => {
    const held = await readHeld(visit);
    const members = await readMembers(visit);
    const represented = new Set(inForce(held.items).map(({ principal }) => principal.personId));
    const without = members.people.filter(
      ({ personId, phone }) => phone === null && !represented.has(personId),
    );
    return { held, members, without };
  },
  show: (visit: DeskVisit, data, attempt) => ({
    title: "Permisos para actuar por otros",
    desk: true,
    main: visit.person.actedBy
      ? html`<h1>Permisos para actuar por otros</h1>
          ${notice("Usted está haciendo algo por otra persona. Los permisos se ven cuando termine.")}`
      : html`<h1>${heading(data.held)}</h1>
          ${organizationNotice(data.held.desk.organization)}
          <p class="lead">
            Quien dirige, compra y vende o es delegado puede pedir y responder en su nombre. No ve sus
            mensajes ni decide sobre sus créditos.
          </p>
          ${permissions(visit, data.held, attempt)} ${asking(visit, attempt)}
          ${spokenPart(visit, data, attempt)}
          <h2>Alguien que no está en Minka</h2>
          ${actionLink(deskPath(visit, "/permisos/registrar"), "Registrar con un testigo", { quiet: true })}`,
  }),
  actions: {
    empezar: beginActing("/pedir"),
    pedir: action(
      z.object({ celular: kinds.phone().required }),
      async (visit: DeskVisit, { celular }) => {
        const { organizationId } = visit.params;
        await visit.call(askToAct, { body: { principal: { phone: celular }, organizationId } });
        return goTo(visit.path, "preguntado");
      },
      () => "celular",
    ),
    "de-palabra": action(
      z.object({ socio: kinds.id(), testigo: witnessField }),
      async (visit: DeskVisit, { socio, testigo }) => {
        const { organizationId } = visit.params;
        await visit.call(recordSpokenDelegation, {
          body: { principalId: socio, organizationId, witness: testigo },
        });
        return goTo(visit.path, "de-palabra");
      },
      (path) => ({ "body.witness": "testigo", "body.principalId": "socio" })[path],
    ),
    quitar: action(z.object({ permiso: kinds.id() }), async (visit: DeskVisit, { permiso }) => {
      await visit.call(withdrawDelegation, { params: { delegationId: permiso } });
      return goTo(visit.path, "quitado");
    }),
  },
  notices: {
    preguntado: "Le preguntamos por SMS. Tiene siete días para responder SI o NO.",
    "de-palabra": "Anotado, con quien lo oyó. Ya puede pedir en su nombre.",
    registrada: "Listo. Ya puede pedir en su nombre.",
    preguntada: "Le preguntamos a su celular. Cuando responda SI, podrá pedir en su nombre.",
    quitado: "Listo. La organización ya no actúa por esa persona.",
  },
});

function heading({ items, next }: Held): string {
  const count = inForce(items).length;
  if (count === 0) return "Nadie dio permiso todavía";
  return next
    ? `Más de ${count} personas dieron permiso a la organización`
    : `${peopleWords(count)} ${count === 1 ? "dio" : "dieron"} permiso a la organización`;
}

function permissions(visit: DeskVisit, { items, next }: Held, attempt: Attempt | null): Html {
  const shown = items.filter(({ state }) => state === "active" || state === "asked");
  if (shown.length === 0)
    return empty("El permiso se da respondiendo SI al SMS que pide aquí abajo, o de palabra con un testigo.");
  return html`${rows(shown.map((one) => permissionRow(visit, one, attempt)))}${pager(visit.path, visit.query, next)}`;
}

function permissionRow(visit: DeskVisit, delegation: Delegation, attempt: Attempt | null): Html {
  const { id, state, principal, askedPhone, expiresAt, channel, witness } = delegation;
  const until = dayWords(limaDay(new Date(expiresAt)), visit.today);
  const who = principal?.name ?? `El celular que termina en ${askedPhone ?? "…"}`;
  const permit = { permiso: id };
  const remove = (words: string) =>
    actionButton(visit, formState(attempt, "quitar", {}, permit), words, { values: permit, danger: true });
  if (state === "asked")
    return row({
      title: who,
      side: stateMark("Falta su SI", "waiting"),
      lines: [`Tiene hasta el ${until} para responder el SMS.`],
      more: remove("Ya no preguntar"),
    });
  const values = { persona: principal?.personId ?? "" };
  return row({
    title: who,
    side: stateMark("Permite", "good"),
    lines: [
      `Hasta el ${until}. ${channel === "spoken" ? `Lo dijo de palabra; lo oyó ${witness ?? "un testigo"}.` : "Respondió SI por SMS."}`,
    ],
    more: html`<div class="acts">
      ${actionButton(visit, formState(attempt, "empezar", {}, values), "Pedir en su nombre", { values })}
      ${remove("Terminar el permiso")}
    </div>`,
  });
}

function asking(visit: DeskVisit, attempt: Attempt | null): Content {
  const state = formState(attempt, "pedir");
  return html`<h2>Pedir permiso por SMS</h2>
    ${form(
      visit,
      state,
      html`${phoneField(state, { name: "celular", label: "Celular de la persona", hint: "Le llega la pregunta con el nombre de la organización.", maxlength: 20, autocomplete: "off" })}${submit("Preguntarle por SMS")}`,
    )}`;
}

/** Of a member who has no phone, what a witness heard is the proof. */
function spokenPart(
  visit: DeskVisit,
  { members, without }: { readonly members: Members; readonly without: readonly Choice[] },
  attempt: Attempt | null,
): Content {
  const state = formState(attempt, "de-palabra");
  return html`<h2>Permiso de palabra</h2>
    ${findMember(visit, members)}
    ${
      without.length === 0
        ? html`<p>
            Es para socias y socios sin celular, con un testigo.
            ${members.whole ? "Ahora no hay ninguno sin permiso." : "Entre estas personas no hay ninguno sin permiso."}
          </p>`
        : form(
            visit,
            state,
            html`${selectField(state, {
              name: "socio",
              label: "¿Quién dio permiso?",
              hint: "Socias y socios sin celular.",
              none: "Elija",
              options: without.map(({ personId, words }) => ({ value: personId, words })),
            })}
            ${textField(state, { name: "testigo", label: "¿Quién lo oyó?", hint: "Nombre completo de otra persona, no usted.", maxlength: 80, autocomplete: "off" })}
            ${submit("Anotar el permiso", { quiet: true })}`,
          )
    }`;
}
