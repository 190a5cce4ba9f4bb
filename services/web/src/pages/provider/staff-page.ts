import {
  addStaff,
  grantOffers,
  removeStaff,
  staffRoles,
  withdrawGrant,
} from "@minka/contracts/provider-details";
import { findOrganizations, readOrganization } from "@minka/contracts/organizations";
import { readProvider, readProviderRecord } from "@minka/contracts/providers";
import { z } from "zod";
import { actionButton, form, hidden, optionsField, selectField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, notice, row, rows, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { dayWords } from "../../words/field-words.ts";
import { providerPath, type ProviderVisit } from "./own-provider.ts";
import { invitationDays, introduce, readIntroduction } from "./introductions.ts";

const roleWords = { manager: "Persona encargada", staff: "Ayuda con las ofertas" } as const;

async function readStaff(visit: ProviderVisit) {
  const { providerId } = visit.params;
  const { provider } = await visit.call(readProviderRecord, { params: { providerId } });
  const [names, near, granted] = await Promise.all([
    visit.namesOf(provider.staff.map(({ personId }) => personId)),
    visit.callIfAny(findOrganizations, { query: { districtCode: provider.districtCode, limit: 20 } }),
    Promise.all(
      provider.grants.map(({ organizationId }) =>
        visit.callIfAny(readOrganization, { params: { organizationId } }),
      ),
    ),
  ]);
  const organizationNames = new Map(
    granted.flatMap((found) => (found ? [[found.organization.id, found.organization.name] as const] : [])),
  );
  return { provider, names, organizationNames, near: near?.organizations ?? [] };
}
type Staff = Awaited<ReturnType<typeof readStaff>>;

const paramsOf = ({ params: { providerId } }: ProviderVisit) => ({ providerId });
const someone = z.object({ persona: kinds.id() });
const someOrganization = z.object({ organizacion: kinds.id() });

/** Who acts for a provider, and which organizations look after its offers. */
export const staffPage = signedPage("/mi-servicio/:providerId/personal")({
  read: readStaff,
  show: (visit: ProviderVisit, data, attempt) => ({
    title: `Personal de ${data.provider.name}`,
    desk: true,
    main: html`<h1>
        ${data.provider.form === "person" ? "Quiénes trabajan con usted" : `Quiénes trabajan en ${data.provider.name}`}
      </h1>
      ${rows(data.provider.staff.map((member) => memberRow(visit, data, member, attempt)))}
      <h2>Agregar a alguien</h2>
      <p>
        Mándele esta dirección: <strong>${visit.origin}${providerPath(data.provider.id, "/unirme")}</strong>
      </p>
      <p class="quiet">
        Entra con su celular y recibe otra dirección para devolverle a usted. Cuando usted la abra, decide si
        la agrega. Así nadie entra sin querer.
      </p>
      <h2>Organizaciones con permiso</h2>
      ${grants(visit, data, attempt)}`,
  }),
  actions: {
    rol: action(
      someone.extend({ rol: kinds.choice(staffRoles).required }),
      async (visit: ProviderVisit, { persona, rol }) => {
        await visit.call(addStaff, { params: paramsOf(visit), body: { personId: persona, role: rol } });
        return goTo(visit.path, "rol");
      },
    ),
    quitar: action(someone, async (visit: ProviderVisit, { persona }) => {
      await visit.call(removeStaff, { params: { ...paramsOf(visit), personId: persona } });
      return goTo(persona === visit.person.personId ? "/mi" : visit.path, "quitado");
    }),
    permitir: action(someOrganization, async (visit: ProviderVisit, { organizacion }) => {
      await visit.call(grantOffers, { params: paramsOf(visit), body: { organizationId: organizacion } });
      return goTo(visit.path, "permitido");
    }),
    retirar: action(someOrganization, async (visit: ProviderVisit, { organizacion }) => {
      await visit.call(withdrawGrant, { params: { ...paramsOf(visit), organizationId: organizacion } });
      return goTo(visit.path, "retirado");
    }),
  },
  notices: {
    agregado: "Ya es parte del personal.",
    rol: "Guardado.",
    quitado: "Ya no es parte del personal.",
    permitido: "Desde ahora esa organización puede cuidar sus ofertas.",
    retirado: "Esa organización ya no puede cambiar sus ofertas.",
  },
});

function memberRow(
  visit: ProviderVisit,
  { provider, names }: Staff,
  { personId, role, since, contact }: Staff["provider"]["staff"][number],
  attempt: Attempt | null,
): Html {
  const of = { persona: personId };
  const other = role === "manager" ? "staff" : "manager";
  return row({
    title: names.get(personId) ?? "Alguien sin nombre",
    side: contact ? stateMark("Recibe los pedidos", "good") : null,
    lines: [`${roleWords[role]} desde el ${dayWords(since, visit.today)}`],
    more:
      provider.staff.length < 2
        ? null
        : html`${actionButton(visit, formState(attempt, "rol", {}, of), other === "manager" ? "Hacer persona encargada" : "Que solo ayude con las ofertas", { values: { ...of, rol: other }, quiet: true })}
          ${contact ? null : actionButton(visit, formState(attempt, "quitar", {}, of), "Quitar del personal", { values: of, danger: true })}`,
  });
}

function grants(
  visit: ProviderVisit,
  { provider, organizationNames, near }: Staff,
  attempt: Attempt | null,
): Content {
  const free = near.filter(({ id }) => !provider.grants.some(({ organizationId }) => organizationId === id));
  const state = formState(attempt, "permitir", {});
  return html`<p class="quiet">
      Su directiva puede cambiar
      ${provider.form === "person" ? "sus ofertas" : `las ofertas de ${provider.name}`}, y nada
      más.${
        provider.kinds.includes("agent")
          ? " También arma con usted el plan del mes de sus socias y socios."
          : ""
      }
    </p>
    ${
      provider.grants.length === 0
        ? empty("Ninguna organización tiene permiso.")
        : rows(
            provider.grants.map(({ organizationId, since }) =>
              row({
                title: organizationNames.get(organizationId) ?? "Una organización",
                lines: [`Desde el ${dayWords(since, visit.today)}`],
                more: actionButton(
                  visit,
                  formState(attempt, "retirar", {}, { organizacion: organizationId }),
                  "Retirar el permiso",
                  {
                    values: { organizacion: organizationId },
                    quiet: true,
                  },
                ),
              }),
            ),
          )
    }
    ${
      free.length === 0
        ? null
        : form(
            visit,
            state,
            html`${selectField(state, {
              name: "organizacion",
              label: "Dar permiso a una organización cercana",
              none: "Elija",
              options: free.map(({ id, name }) => ({ value: id, words: name })),
            })}${submit("Dar permiso", { quiet: true })}`,
          )
    }`;
}

/** Who wants to be of the staff says who they are; a manager decides. */
export const joinPage = signedPage("/mi-servicio/:providerId/unirme")({
  read: async (visit: ProviderVisit) => visit.callIfAny(readProvider, { params: paramsOf(visit) }),
  show: (visit: ProviderVisit, found) => {
    const name = found?.provider.name ?? "este servicio";
    const address = `${visit.origin}${providerPath(visit.params.providerId, "/personal/agregar")}?persona=${introduce(visit, visit.params.providerId)}`;
    return {
      title: `Trabajar en ${name}`,
      desk: true,
      main: html`<h1>Pida que le agreguen al personal de ${name}</h1>
        <p class="lead">Mande esta dirección a la persona encargada. Ella ve su nombre y decide.</p>
        <p class="notice"><strong>${address}</strong></p>
        <p>
          <a
            class="action"
            href="sms:?body=${encodeURIComponent(`Agrégueme al personal en Minka: ${address}`)}"
            >Mandarla por SMS</a
          >
        </p>
        <p class="quiet">Vale ${invitationDays} días. Si no quiere, no haga nada.</p>`,
    };
  },
});

/** A manager opens what somebody sent who wants to be of the staff. */
export const addStaffPage = signedPage("/mi-servicio/:providerId/personal/agregar")({
  read: async (visit: ProviderVisit) => {
    const { provider } = await visit.call(readProviderRecord, { params: paramsOf(visit) });
    const personId = readIntroduction(visit, provider.id, visit.query["persona"]);
    const names = await visit.namesOf([personId]);
    return { provider, personId, name: (personId && names.get(personId)) ?? "Esta persona" };
  },
  show: (visit: ProviderVisit, { provider, personId, name }, attempt) => {
    const state = formState(attempt, "agregar", { rol: "staff" });
    return {
      title: "Agregar al personal",
      desk: true,
      main: personId
        ? html`<h1>${name} quiere trabajar en ${provider.name}</h1>
            ${form(
              visit,
              state,
              html`${hidden("presentacion", visit.query["persona"] ?? "")}${optionsField(state, {
                name: "rol",
                label: "¿Qué podrá hacer?",
                options: [
                  { value: "staff", words: roleWords.staff, hint: "Pone precios y ofertas" },
                  {
                    value: "manager",
                    words: roleWords.manager,
                    hint: "También cambia datos, agrega personal y ve la confianza",
                  },
                ],
              })}${submit("Agregar al personal")}`,
              { to: `${visit.path}?persona=${encodeURIComponent(visit.query["persona"] ?? "")}` },
            )}`
        : html`<h1>Esta dirección ya no sirve</h1>
            ${notice("Vale pocos días y solo para este servicio. Pídale a la persona que le mande otra.")}`,
    };
  },
  actions: {
    agregar: action(
      z.object({ presentacion: kinds.text(200).required, rol: kinds.choice(staffRoles).required }),
      async (visit: ProviderVisit, { presentacion, rol }) => {
        const personId = readIntroduction(visit, visit.params.providerId, presentacion);
        if (!personId) return goTo(visit.path);
        await visit.call(addStaff, { params: paramsOf(visit), body: { personId, role: rol } });
        return goTo(providerPath(visit.params.providerId, "/personal"), "agregado");
      },
    ),
  },
});
