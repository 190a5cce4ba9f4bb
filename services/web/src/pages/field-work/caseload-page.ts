import {
  listCaseload,
  putCaseload,
  removeFromCaseload,
  type caseloadRefusals,
} from "@minka/contracts/caseloads";
import { listMembers } from "@minka/contracts/memberships";
import { readProvider } from "@minka/contracts/providers";
import { crops, topics } from "@minka/domain/vocabulary";
import { sayLesson } from "@minka/language/say-plan";
import { word } from "@minka/language/texts";
import { z } from "zod";
import { actionButton, form, optionsField, selectField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { chips, empty, notice, pager, row, rows, withQuery } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { actsFor, standingOf } from "../../frame/standing.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, joinWords } from "../../words/field-words.ts";
import { readOwnProvider } from "../provider/own-provider.ts";
import { fieldWorkRefusals } from "../../words/refusals/field-work.ts";

type Visit = SignedVisit<{ readonly providerId: string }>;
type Member = { readonly personId: string; readonly name: string };

const pathOf = ({ params }: Visit) => `/mi-servicio/${params.providerId}/atendidos`;

/** Whom an agent owes a routine visit a month. Who decides on it is the agent's organization, or an operator. */
export const caseloadPage = signedPage("/mi-servicio/:providerId/atendidos")({
  async read(visit) {
    const { params, query } = visit;
    const named = await nameOf(visit);
    const [caseload, profile, choosing] = await Promise.all([
      visit.call(listCaseload, { params, query: { cursor: query["desde"], limit: 50 } }),
      visit.callIfAny(readProvider, { params }),
      membersToChoose(visit),
    ]);
    const names = await visit.namesOf(caseload.items.map(({ personId }) => personId));
    const own = actsFor(await standingOf(visit), params.providerId);
    return { named, caseload, names, choosing, own, agent: profile?.provider.agent ?? null };
  },
  show(visit, { named, caseload, names, choosing, own, agent }, attempt) {
    const path = pathOf(visit);
    const people = [...Map.groupBy(caseload.items, ({ personId }) => personId)];
    const managing = choosing !== null || visit.person.operator;
    return {
      title: "A quiénes atiende",
      desk: true,
      main: html`<h1>A quiénes visita ${named} cada mes</h1>
        <p class="lead">
          Con esta lista se hace el plan: cada persona recibe una visita al mes.
          ${agent ? `Puede atender a ${agent.monthlyCapacity} al mes.` : null}
        </p>
        <h2>La lista</h2>
        ${
          people.length === 0
            ? empty(
                managing
                  ? "Todavía nadie está en la lista. Agregue abajo a las socias y los socios."
                  : "Todavía nadie está en la lista. La llena su organización, o una persona de Minka.",
              )
            : rows(
                people.map(([personId, owed]) =>
                  row({
                    title: names.get(personId) ?? "Alguien que ya no está en Minka",
                    lines: [capitalized(joinWords(owed.map((each) => sayLesson(each))))],
                    more: managing
                      ? actionButton(
                          visit,
                          formState(attempt, "quitar", {}, { persona: personId }),
                          `Sacar de la lista a ${names.get(personId) ?? "esta persona"}`,
                          { values: { persona: personId }, quiet: true },
                        )
                      : null,
                  }),
                ),
              )
        }
        ${pager(path, visit.query, caseload.next)}
        ${choosing ? addMembers(visit, attempt, { ...choosing, listed: new Set(people.map(([id]) => id)), agent }) : null}
        ${
          own
            ? html`<h2>Ayudar a quien no tiene celular</h2>
                <p>Puede pedir por otra persona, con su permiso, y registrar a quien no tiene celular.</p>
                <p><a class="more" href="${path}/ayudar">Pedir permiso o registrar a alguien</a></p>
                <p class="pager">
                  <a class="more" href="/mi-servicio/${visit.params.providerId}/calendario"
                    >Citas y días de trabajo</a
                  >
                  <a class="more" href="/mi-servicio/${visit.params.providerId}/plan">El mes</a>
                </p>`
            : null
        }`,
    };
  },
  actions: {
    agregar: action(
      z.object({
        personas: kinds.list(z.uuid(), { least: 1, most: 100, missing: "Marque al menos a una persona." }),
        tema: kinds.choice(topics, "Elija el tema.").required,
        cultivo: kinds.choice(crops, "Elija el cultivo.").required,
      }),
      async (visit: Visit, { personas, tema, cultivo }) => {
        const entries = personas.map((personId) => ({ personId, topic: tema, crop: cultivo }));
        const { refused } = await visit.call(putCaseload, { params: visit.params, body: { entries } });
        if (refused.length === 0) return goTo(pathOf(visit), "agregadas");
        const names = await visit.namesOf(personas);
        return notAll(
          visit,
          refused.map(({ index, code }) => [names.get(personas[index] ?? "") ?? "Alguien", code]),
          personas.length,
        );
      },
    ),
    quitar: action(z.object({ persona: kinds.id() }), async (visit: Visit, { persona }) => {
      await visit.call(removeFromCaseload, { params: visit.params, body: { personIds: [persona] } });
      return goTo(pathOf(visit), "quitada");
    }),
  },
  refusals: fieldWorkRefusals,
  notices: {
    agregadas: "Ya están en la lista. El próximo plan las toma en cuenta.",
    quitada: "Ya no está en la lista. Los planes que ya están hechos siguen igual.",
  },
});

/** Operators come here from plans, and act for no provider. */
async function nameOf(visit: Visit): Promise<string> {
  const { providerId } = visit.params;
  if (!visit.person.operator) {
    const { name, as } = await readOwnProvider(visit);
    return as === "granted" ? name : "usted";
  }
  const found = await visit.callIfAny(readProvider, { params: { providerId } });
  return found?.provider.name ?? "esta persona";
}

type Choosing = {
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly organizationId: string;
  readonly members: readonly Member[];
  readonly next: string | null;
};

/** Members of an organization that the person manages; null for who manages none. */
async function membersToChoose(visit: Visit): Promise<Choosing | null> {
  const { organizations } = await standingOf(visit);
  const managed = organizations.filter(({ role }) => role === "manager");
  const chosen = managed.find(({ id }) => id === visit.query["organizacion"]) ?? managed[0];
  if (!chosen) return null;
  const query = { cursor: visit.query["socios"], limit: 20, state: "active" as const };
  const page = await visit.callIfAny(listMembers, { params: { organizationId: chosen.id }, query });
  const members = (page?.items ?? []).flatMap(({ personId, name }) =>
    personId === null ? [] : [{ personId, name: name ?? "Sin nombre" }],
  );
  return { organizations: managed, organizationId: chosen.id, members, next: page?.next ?? null };
}

type Adding = Choosing & {
  readonly listed: ReadonlySet<string>;
  readonly agent: { topics: readonly { topic: string }[]; crops: readonly string[] } | null;
};

function addMembers(visit: Visit, attempt: Attempt | null, adding: Adding): Html {
  const { organizations, organizationId, members, next, listed, agent } = adding;
  const path = pathOf(visit);
  const state = formState(attempt, "agregar");
  const options = (group: "topic" | "crop", values: readonly string[]) =>
    values.map((value) => ({ value, words: capitalized(word(group, value)) }));
  return html`<h2>Agregar a socias y socios</h2>
    ${
      organizations.length > 1
        ? chips(
            "Organizaciones",
            organizations.map(({ id, name }) => ({
              href: withQuery(path, { organizacion: id }),
              words: name,
              current: id === organizationId,
            })),
          )
        : null
    }
    ${
      members.length === 0
        ? empty("Su organización todavía no tiene socias ni socios en Minka.", {
            href: `/mi-organizacion/${organizationId}/miembros`,
            words: "Agregar socias y socios",
          })
        : form(
            visit,
            state,
            html`${optionsField(state, {
              name: "personas",
              label: "¿A quiénes?",
              many: true,
              options: members.map(({ personId, name }) => ({
                value: personId,
                words: name,
                ...(listed.has(personId) ? { hint: "Ya está en la lista" } : {}),
              })),
            })}
            ${next ? html`<p><a class="more" href="${withQuery(path, { organizacion: organizationId, socios: next })}">Ver más socias y socios</a></p>` : null}
            ${selectField(state, { name: "tema", label: "¿Sobre qué?", none: "Elija", options: options("topic", agent?.topics.map(({ topic }) => topic) ?? topics) })}
            ${selectField(state, { name: "cultivo", label: "¿En qué cultivo?", none: "Elija", options: options("crop", agent?.crops ?? crops) })}
            ${submit("Agregar a la lista")}`,
          )
    }`;
}

const refusalSaid: Record<(typeof caseloadRefusals)[number], string> = {
  "person-unknown": "no está en Minka, o no quiere que le atiendan",
  "not-a-member": "no es de su organización",
  "in-another-caseload": "ya le atiende alguien de otra organización",
  "agent-cannot": "esta técnica o técnico no sabe de ese tema o cultivo",
};

function notAll(
  visit: Visit,
  refused: readonly (readonly [name: string, code: (typeof caseloadRefusals)[number]])[],
  wanted: number,
) {
  const added = wanted - refused.length;
  const title = added === 0 ? "No se agregó a nadie" : `Se agregó a ${added}, y a ${refused.length} no`;
  const list: Content = refused.map(
    ([name, code]) => html`<li><strong>${name}</strong>: ${refusalSaid[code]}.</li>`,
  );
  return {
    title,
    desk: true,
    main: html`<h1>${title}</h1>
      ${notice("Revise estos nombres. Lo demás ya quedó guardado.")}
      <ul class="rows">
        ${list}
      </ul>
      <p><a class="action" href="${pathOf(visit)}">Volver a la lista</a></p>`,
  };
}
