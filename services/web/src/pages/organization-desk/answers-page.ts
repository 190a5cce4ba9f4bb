import { listInvitations, recordSpokenAgreement } from "@minka/contracts/imports";
import {
  answerMembership,
  endMembership,
  listMembers,
  readMemberFigures,
} from "@minka/contracts/memberships";
import type { Answer } from "@minka/contracts/endpoint";
import { limaDay } from "@minka/domain/lima-time";
import { z } from "zod";
import { actionButton, dayField, form, hidden, submit, textField } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, empty, notice, pager, progress, row, rows } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { dayWords } from "../../words/field-words.ts";
import { peopleWords, roleWords, wantingWords } from "./desk-words.ts";
import { deskPath, isBroker, isManager, readDesk, type DeskVisit } from "./own-organization.ts";
import type { Member } from "./members-page.ts";

type Invitation = Answer<typeof listInvitations>["items"][number];

/** Lists of the page beside that of whom was asked: who wants to come in, and whom nobody has asked yet. */
const [wantingList, unaskedList] = ["piden", "faltan"];

async function readAnswers(visit: DeskVisit) {
  const { params, query } = visit;
  const from = (name: string) => {
    const cursor = z.uuid().safeParse(query[name]);
    return cursor.success ? { cursor: cursor.data } : {};
  };
  const ofState = { state: "asked", limit: 50 } as const;
  const [desk, asking, asked, figures, invitations] = await Promise.all([
    readDesk(visit),
    visit.call(listMembers, {
      params,
      query: { ...ofState, waitsFor: "organization", ...from(wantingList) },
    }),
    visit.call(listMembers, {
      params,
      query: { ...ofState, waitsFor: "person", ...from("desde") },
    }),
    visit.callIfAny(readMemberFigures, { params }),
    visit.callIfAny(listInvitations, {
      params,
      query: { state: "waiting", limit: 50, ...from(unaskedList) },
    }),
  ]);
  return { desk, asking, asked, figures, invitations };
}
type Answers = Awaited<ReturnType<typeof readAnswers>>;

const someone = z.object({ socio: kinds.id() });
const back = (visit: DeskVisit, said: string) => goTo(deskPath(visit, "/miembros/respuestas"), said);

/** Who wants to come in, whom the organization has asked and who has not answered yet. */
export const answersPage = signedPage("/mi-organizacion/:organizationId/miembros/respuestas")({
  read: readAnswers,
  show: (visit: DeskVisit, data, attempt) => ({
    title: "Quién falta responder",
    desk: true,
    main: html`<h1>${heading(visit, data)}</h1>
      ${asking(visit, data, attempt)} ${asked(visit, data, attempt)} ${spoken(visit, data, attempt)}`,
  }),
  actions: {
    entra: action(someone, async (visit: DeskVisit, { socio }) => {
      await visit.call(answerMembership, { params: { membershipId: socio }, body: { accepted: true } });
      return back(visit, "entra");
    }),
    "no-entra": action(someone, async (visit: DeskVisit, { socio }) => {
      await visit.call(answerMembership, { params: { membershipId: socio }, body: { accepted: false } });
      return back(visit, "no-entra");
    }),
    dejar: action(someone, async (visit: DeskVisit, { socio }) => {
      await visit.call(endMembership, {
        params: { membershipId: socio },
        body: { reason: "Ya no se pregunta" },
      });
      return back(visit, "dejado");
    }),
    "de-palabra": action(
      z.object({
        invitacion: kinds.id(),
        testigo: kinds.text(80, "Escriba quién lo oyó.").required.refine((name) => name.length >= 3, {
          message: "Escriba el nombre completo.",
        }),
        dia: kinds.day().required,
      }),
      async (visit: DeskVisit, { invitacion, testigo, dia }) => {
        const { organizationId } = visit.params;
        await visit.call(recordSpokenAgreement, {
          params: { organizationId, invitationId: invitacion },
          body: { witness: testigo, at: momentOf(dia, visit) },
        });
        return back(visit, "de-palabra");
      },
      (path) => ({ "body.witness": "testigo", "body.at": "dia" })[path],
    ),
  },
  notices: {
    invitado: "Le preguntamos por SMS. Cuando responda SI, es parte.",
    entra: "Ya es parte. Le avisamos por SMS.",
    "no-entra": "Le avisamos que esta vez no.",
    dejado: "Ya no le preguntamos.",
    "de-palabra": "Anotado, con quien lo oyó. Ya es parte.",
  },
});

/** Of a day in the past its last minute counts, of today this moment. */
const momentOf = (day: string, { today, now }: DeskVisit): string =>
  day === today ? now.toISOString() : new Date(`${day}T23:59:00-05:00`).toISOString();

function heading({ query }: DeskVisit, { asking: wanting, figures, asked: waiting }: Answers): string {
  // A later page of them says nothing about all.
  if (wanting.items.length > 0) return query[wantingList] ? "Quién quiere entrar" : wantingWords(wanting);
  const missing = figures?.invited.waiting ?? waiting.items.length;
  if (missing === 0) return "Todos respondieron";
  return missing === 1 ? "Falta que responda 1 persona" : `Falta que respondan ${missing} personas`;
}

function asking(visit: DeskVisit, { asking: wanting, desk }: Answers, attempt: Attempt | null): Content {
  if (wanting.items.length === 0) return null;
  const may = isBroker(desk);
  return html`<p class="lead">Sin respuesta, en 14 días su pregunta vence.</p>
    ${rows(
      wanting.items.map(({ membershipId, name }) => {
        const values = { socio: membershipId };
        return row({
          title: name ?? "Alguien sin nombre",
          lines: may ? [] : ["Responde quien dirige, o quien compra y vende."],
          more: may
            ? html`<div class="acts">
                ${actionButton(visit, formState(attempt, "entra", {}, values), "Dejar entrar", { values })}
                ${actionButton(visit, formState(attempt, "no-entra", {}, values), "Esta vez no", { values, quiet: true })}
              </div>`
            : null,
        });
      }),
    )}
    ${pager(visit.path, visit.query, wanting.next, wantingList)}`;
}

function asked(visit: DeskVisit, data: Answers, attempt: Attempt | null): Html {
  const { asked: waiting, figures, desk } = data;
  const invited = figures?.invited;
  const said = (invited?.yes ?? 0) + (invited?.no ?? 0);
  const all = said + (invited?.waiting ?? 0) + (invited?.silent ?? 0);
  return html`<h2>Les preguntamos por SMS</h2>
    ${
      invited && all > 0
        ? progress({
            part: said,
            whole: all,
            words: `Respondieron ${said} de ${all}: sí ${invited.yes}, no ${invited.no}${invited.silent > 0 ? `, a tiempo no respondieron ${invited.silent}` : ""}.`,
          })
        : null
    }
    ${
      waiting.items.length === 0
        ? empty(
            "Nadie tiene una pregunta pendiente.",
            isManager(desk)
              ? { href: deskPath(visit, "/miembros/agregar"), words: "Invitar a una persona" }
              : undefined,
          )
        : html`<p>
              Minka pregunta una vez y no insiste. Recuérdeles de palabra: que respondan SI o NO al SMS de
              Minka. Tienen 14 días.
            </p>
            ${rows(waiting.items.map((member) => askedRow(visit, data, member, attempt)))}
            ${pager(visit.path, visit.query, waiting.next)}`
    }`;
}

function askedRow(visit: DeskVisit, { desk }: Answers, member: Member, attempt: Attempt | null): Html {
  const values = { socio: member.membershipId };
  return row({
    title: member.name ?? "Alguien sin nombre",
    lines: [member.role === "member" ? null : `Para: ${roleWords[member.role].toLowerCase()}`],
    more: isManager(desk)
      ? html`<details>
          <summary>Fue un error</summary>
          ${actionButton(
            visit,
            formState(attempt, "dejar", {}, values),
            `Ya no preguntar a ${member.name ?? "esta persona"}`,
            { values, quiet: true },
          )}
        </details>`
      : null,
  });
}

/** Who has no phone is asked aloud, before a witness. */
function spoken(visit: DeskVisit, { invitations, desk }: Answers, attempt: Attempt | null): Content {
  if (!isBroker(desk)) return null;
  if (invitations === null)
    return notice(
      "Cuando una persona de Minka revise la organización, podrá anotar aquí a quien dice sí de palabra.",
    );
  if (invitations.count === 0) return null;
  return html`<h2>Falta preguntarles</h2>
    <p>
      ${peopleWords(invitations.count)} de su lista: el SMS sale pronto. Quien no tiene celular puede decir sí
      de palabra delante de un testigo.
    </p>
    ${rows(invitations.items.map((invitation) => spokenRow(visit, invitation, attempt)))}
    ${pager(visit.path, visit.query, invitations.next, unaskedList)}
    ${actionLink(deskPath(visit, "/miembros/importar"), "Subir otra lista", { quiet: true })}`;
}

function spokenRow(
  visit: DeskVisit,
  { invitationId, name, expiresAt }: Invitation,
  attempt: Attempt | null,
): Html {
  const state = formState(attempt, "de-palabra", { dia: visit.today }, { invitacion: invitationId });
  const failed = state.problem !== null || Object.keys(state.errors).length > 0;
  const who = name ?? "Alguien sin nombre";
  return row({
    title: who,
    lines: [
      `Si no dice que sí hasta el ${dayWords(limaDay(new Date(expiresAt)), visit.today)}, borramos sus datos.`,
    ],
    more: html`<details ${failed ? html` open` : null}>
      <summary>${who} dijo que sí</summary>
      ${form(
        visit,
        state,
        html`${hidden("invitacion", invitationId)}
        ${textField(state, { name: "testigo", of: invitationId, label: "¿Quién lo oyó?", hint: "Nombre completo de otra persona, no usted.", maxlength: 80, autocomplete: "off" })}
        ${dayField(state, { name: "dia", of: invitationId, label: "¿Qué día lo dijo?" })}
        ${submit("Anotar su sí", { quiet: true })}`,
      )}
    </details>`,
  });
}
