import {
  answerMembership,
  leaveOrganization,
  listMemberships,
  type Membership,
} from "@minka/contracts/memberships";
import { z } from "zod";
import { findOrganizations } from "@minka/contracts/organizations";
import { readProfile } from "@minka/contracts/people";
import type { Answer } from "@minka/contracts/endpoint";
import { actionButton } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, empty, row, rows, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, dayWords } from "../../words/field-words.ts";
import { entryFeeWords, organizationKindWords } from "../../words/organization-words.ts";

export const belongingPath = "/mi/organizacion";

type Near = Answer<typeof findOrganizations>["organizations"];

const roleWords: Readonly<Record<Membership["role"], string>> = {
  member: "Socia o socio",
  delegate: "Delegada o delegado",
  broker: "Encargada o encargado de compras y ventas",
  manager: "Dirige",
};

/** Where somebody belongs, who says that they do, and how to come in or out. */
export const belongingPage = signedPage(belongingPath)({
  read: async (visit) => {
    const params = { personId: visit.person.personId };
    const { memberships } = await visit.call(listMemberships, { params });
    const standing = memberships.filter(({ state }) => state === "active" || state === "asked");
    return { memberships: standing, near: standing.length > 0 ? [] : await readNear(visit) };
  },
  show: (visit, { memberships, near }, attempt) => ({
    title: "Mi organización",
    main: html`<h1>${heading(memberships)}</h1>
      ${
        memberships.length > 0
          ? rows(memberships.map((membership) => membershipRow(visit, membership, attempt)))
          : empty("En una organización se compra más barato, se vende junto y hay quien avale un crédito.", {
              href: "/organizaciones",
              words: "Ver organizaciones cerca",
            })
      }
      ${
        near.length > 0
          ? html`<h2>Cerca de usted</h2>
              ${rows(near.map(nearRow))}`
          : null
      }
      <h2>Empezar algo nuevo</h2>
      <p>Con dos vecinos o más ya puede comprar y vender en grupo, sin papeles.</p>
      ${actionLink(`${belongingPath}/grupo`, "Formar un grupo de vecinos", { quiet: true })}
      <p><a class="more" href="${belongingPath}/nueva">Registrar mi asociación o cooperativa</a></p>`,
  }),
  actions: {
    si: action(z.object({ socio: kinds.id() }), async (visit, { socio }) => {
      await visit.call(answerMembership, { params: { membershipId: socio }, body: { accepted: true } });
      return goTo(belongingPath, "si");
    }),
    no: action(z.object({ socio: kinds.id() }), async (visit, { socio }) => {
      await visit.call(answerMembership, { params: { membershipId: socio }, body: { accepted: false } });
      return goTo(belongingPath, "no");
    }),
    salir: action(z.object({ socio: kinds.id() }), async (visit, { socio }) => {
      await visit.call(leaveOrganization, { params: { membershipId: socio } });
      return goTo(belongingPath, "salio");
    }),
  },
  notices: {
    si: "Listo, usted es parte.",
    no: "Está bien, no le cuentan.",
    salio: "Listo, ya no es parte.",
    pedido: "Listo, pidió entrar. Le avisamos por SMS cuando respondan.",
    grupo: "Listo, preguntamos a sus vecinos. Con tres personas el grupo queda formado.",
    registrada: "Listo, su organización ya se ve en la lista. Una persona de Minka la revisará.",
  },
});

async function readNear(visit: SignedVisit): Promise<Near> {
  const { personId } = visit.person;
  const profile = await visit.callIfAny(readProfile, { params: { personId } });
  const districtCode = profile?.profile.districtCode;
  if (!districtCode) return [];
  const found = await visit.callIfAny(findOrganizations, { query: { districtCode, limit: 3 } });
  return found?.organizations ?? [];
}

function heading(memberships: readonly Membership[]): string {
  const active = memberships.filter(({ state }) => state === "active");
  const [only, another] = active;
  if (only && !another) return `Usted es parte de ${only.organizationName}`;
  if (another) return `Usted es parte de ${active.length} organizaciones`;
  const asked = memberships.find(({ waitsFor }) => waitsFor === "person");
  if (asked) return `¿Usted es parte de ${asked.organizationName}?`;
  return memberships.length > 0 ? "Usted pidió entrar" : "Usted no está en ninguna organización";
}

const isLed = ({ state, role }: Membership) => state === "active" && role !== "member";

function membershipRow(visit: SignedVisit, membership: Membership, attempt: Attempt | null): Html {
  const { organizationId, organizationName, role, state, since, waitsFor } = membership;
  return row({
    title: organizationName,
    href: `/organizaciones/${organizationId}`,
    side:
      state === "active"
        ? stateMark("Es parte", "good")
        : waitsFor === "person"
          ? stateMark("Responda", "waiting")
          : stateMark("Esperando", "going"),
    lines: [
      state === "active"
        ? `${roleWords[role]}${since ? `, desde el ${dayWords(since, visit.today)}` : ""}.`
        : waitsFor === "person"
          ? `Dicen que usted es parte${role === "member" ? "" : `: ${roleWords[role].toLowerCase()}`}. ¿Es así? Sin respuesta, en 14 días no le preguntan más.`
          : "Usted pidió entrar. Tienen 14 días para responder.",
    ],
    more: html`${isLed(membership) ? actionLink(`/mi-organizacion/${organizationId}`, "Ir a su trabajo de hoy") : null}
    ${membershipForms(visit, membership, attempt)}`,
  });
}

function membershipForms(
  visit: SignedVisit,
  { membershipId, organizationName, state, waitsFor }: Membership,
  attempt: Attempt | null,
): Content {
  const values = { socio: membershipId };
  const stateOf = (name: string) => formState(attempt, name, {}, values);
  if (waitsFor === "person")
    return html`${actionButton(visit, stateOf("si"), "Sí, soy parte", { values })}
    ${actionButton(visit, stateOf("no"), "No soy parte", { values, quiet: true })}`;
  if (state === "asked")
    return actionButton(visit, stateOf("salir"), "Ya no quiero entrar", { values, quiet: true });
  const failed = attempt?.action === "salir" && attempt.typed["socio"] === membershipId;
  return html`<details ${failed ? html` open` : null}>
    <summary>Salir de ${organizationName}</summary>
    <p>Ya no entra a sus compras ni a sus lotes. Lo que debe y lo que le deben sigue igual.</p>
    ${actionButton(visit, stateOf("salir"), "Sí, quiero salir", { values, danger: true })}
  </details>`;
}

const nearRow = ({ id, name, kind, entryFeeCentimos, services }: Near[number]): Html =>
  row({
    title: name,
    href: `/organizaciones/${id}`,
    lines: [
      `${capitalized(organizationKindWords[kind])}, ${entryFeeWords(entryFeeCentimos)}.`,
      services.length > 0 ? `${capitalized(services.slice(0, 3).join(", "))}.` : null,
    ],
    more: actionLink(`${belongingPath}/entrar/${id}`, "Pedir entrar", { quiet: true }),
  });
