import { listComplaints } from "@minka/contracts/complaints";
import { listFreshness } from "@minka/contracts/freshness";
import { checkCertificate } from "@minka/contracts/provider-details";
import {
  closeProvider,
  reinstateProvider,
  rejectProvider,
  suspendProvider,
  verifyProvider,
} from "@minka/contracts/provider-decisions";
import { readProviderRecord } from "@minka/contracts/providers";
import { limaDay } from "@minka/domain/lima-time";
import { z } from "zod";
import { areaField, form, submit } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { stateMark, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords } from "../../words/field-words.ts";
import { personIds, providerMarks } from "./desk-words.ts";
import { certificatesPart, decisionsPart, handedIn, offersPart, staffPart } from "./provider-view.ts";
import { providersPath } from "./providers-page.ts";

export type ProviderVisit = SignedVisit<{ providerId: string }>;

async function readEverything(visit: ProviderVisit) {
  const { providerId } = visit.params;
  const [{ provider }, offers, complaints] = await Promise.all([
    visit.call(readProviderRecord, { params: { providerId } }),
    visit.callIfAny(listFreshness, { query: { providerId, limit: 50 } }),
    visit.callIfAny(listComplaints, { query: { providerId, state: "raised" } }),
  ]);
  const names = await visit.namesOf([
    provider.personId,
    ...provider.staff.map(({ personId }) => personId),
    ...provider.decisions.flatMap(({ by }) => personIds(by)),
  ]);
  return { provider, offers: offers?.items ?? [], complaints: complaints?.items ?? [], names };
}
export type ProviderData = Awaited<ReturnType<typeof readEverything>>;

const reasoned = z.object({
  razon: kinds.text(200, "Escriba por qué: a la persona de contacto le llega.").required,
});
const toReason = (path: string) => (path === "body.reason" || path === "body.evidence" ? "razon" : undefined);

type Step = "verificar" | "devolver" | "suspender" | "reactivar" | "cerrar";

const stepOf = (
  /** All of them take a reason. */
  step: typeof rejectProvider,
  notice: string,
) =>
  action(
    reasoned,
    async (visit: ProviderVisit, { razon }) => {
      await visit.call(step, { params: visit.params, body: { reason: razon } });
      return goTo(visit.path, notice);
    },
    toReason,
  );

/** A provider as an operator sees it: what was handed in, what was checked, and what may be decided. */
export const providerDeskPage = operatorPage(`${providersPath}/:providerId`)({
  read: (visit: ProviderVisit) => readEverything(visit),
  show: (visit: ProviderVisit, data, attempt) => {
    const { provider, complaints } = data;
    const { id, name, state, allowed } = provider;
    return {
      title: name,
      desk: true,
      main: html`<h1>${heading(name, state)}</h1>
        <p>
          ${stateMark(...providerMarks[state])}
          ${provider.verifiedAt ? html` · revisado el ${dayWords(limaDay(new Date(provider.verifiedAt)), visit.today)}` : null}
        </p>
        ${complaints.length > 0 ? waits(html`Tiene ${complaints.length === 1 ? "una queja" : `${complaints.length} quejas`} por decidir. <a href="/operador/quejas?estado=raised">Ver las quejas</a>`) : null}
        <div class="columns">
          <section>
            <h2>Lo que entregó</h2>
            ${handedIn(visit, data)}
            <h2>Certificados</h2>
            ${certificatesPart(visit, data, attempt)}
            <h2>Ofertas publicadas</h2>
            ${offersPart(visit, data)}
          </section>
          <section>
            ${deciding(visit, allowed, data, attempt)}
            <h2>Quiénes responden</h2>
            ${staffPart(visit, data)}
            <h2>Decisiones</h2>
            ${decisionsPart(visit, data)}
          </section>
        </div>
        <p>
          ${state === "verified" ? html`<a class="more" href="/atiende/${id}">Verlo como lo ve la gente</a> · ` : null}<a
            class="more"
            href="${providersPath}"
            >Todos los proveedores</a
          >
        </p>`,
    };
  },
  actions: {
    verificar: action(
      z.object({ razon: kinds.text(200, "Escriba qué revisó: documento, llamada, visita.").required }),
      async (visit: ProviderVisit, { razon }) => {
        await visit.call(verifyProvider, { params: visit.params, body: { evidence: razon } });
        return goTo(visit.path, "verificado");
      },
      toReason,
    ),
    devolver: stepOf(rejectProvider, "devuelto"),
    suspender: stepOf(suspendProvider, "suspendido"),
    reactivar: stepOf(reinstateProvider, "reactivado"),
    cerrar: stepOf(closeProvider, "cerrado"),
    certificado: action(
      z.object({ certificado: kinds.id() }),
      async (visit: ProviderVisit, { certificado }) => {
        await visit.call(checkCertificate, { params: { ...visit.params, certificateId: certificado } });
        return goTo(visit.path, "certificado");
      },
    ),
  },
  notices: {
    verificado:
      "Revisado y activo. Desde ahora la gente encuentra sus ofertas, y su contacto lo sabe por SMS.",
    devuelto: "Devuelto para corregir. A su contacto le llega por SMS lo que usted escribió.",
    suspendido: "Suspendido. Sus ofertas ya no están en ninguna lista; su contacto lo sabe por SMS.",
    reactivado: "Activo otra vez. Sus ofertas vuelven a las listas.",
    cerrado: "Cerrado para siempre.",
    certificado: "Certificado visto. La gente ya lo ve como comprobado.",
  },
});

function heading(name: string, state: ProviderData["provider"]["state"]): string {
  if (state === "submitted") return `Revise a ${name}`;
  if (state === "held") return `${name} está detenido por una queja`;
  return name;
}

const steps: Record<
  Step,
  { transition: string; title: string; label: string; hint: string; button: string; danger?: boolean }
> = {
  verificar: {
    transition: "verify",
    title: "Es quien dice ser",
    label: "Qué revisó",
    hint: "Por ejemplo: consulta RUC de hoy, llamada al número, foto del DNI.",
    button: "Verificar y publicar sus ofertas",
  },
  devolver: {
    transition: "reject",
    title: "Falta o no coincide algo",
    label: "Qué debe corregir",
    hint: "Le llega por SMS a su persona de contacto, tal como lo escriba.",
    button: "Devolver para corregir",
  },
  reactivar: {
    transition: "reinstate",
    title: "Puede volver a atender",
    label: "Por qué",
    hint: "Lo que esté abierto en su contra queda decidido sin efecto.",
    button: "Activar otra vez",
  },
  suspender: {
    transition: "suspend",
    title: "No debe atender por ahora",
    label: "Por qué",
    hint: "Le llega por SMS. Sus ofertas salen de todas las listas; lo acordado sigue.",
    button: "Suspender",
    danger: true,
  },
  cerrar: {
    transition: "close",
    title: "Cerrar para siempre",
    label: "Por qué",
    hint: "No se puede deshacer.",
    button: "Cerrar este registro",
    danger: true,
  },
};

function deciding(
  visit: ProviderVisit,
  allowed: readonly string[],
  { provider }: ProviderData,
  attempt: Attempt | null,
): Content {
  const possible = Object.entries(steps).filter(
    ([, { transition }]) =>
      allowed.includes(transition) || (transition === "reinstate" && allowed.includes("release")),
  );
  if (provider.state === "submitted" && !allowed.includes("verify"))
    return html`<h2>Decida</h2>
      ${waits("Lo verifica otra persona de Minka: usted lo registró o lo envió, o falta que acepte el compromiso de buen trato.")}${possible.map((step) => stepForm(visit, step, attempt))}`;
  if (possible.length === 0) return null;
  return html`<h2>Decida</h2>
    ${possible.map((step) => stepForm(visit, step, attempt))}`;
}

function stepForm(
  visit: ProviderVisit,
  [name, { title, label, hint, button, danger }]: [string, (typeof steps)[Step]],
  attempt: Attempt | null,
): Content {
  const state = formState(attempt, name);
  const open = attempt?.action === name || name === "verificar";
  return html`<details ${open ? html` open` : null}>
    <summary>${title}</summary>
    ${form(
      visit,
      state,
      html`${areaField(state, { name: "razon", label, hint, of: name, rows: 2, maxlength: 200 })}${submit(button, { danger: danger ?? false, quiet: name === "devolver" })}`,
    )}
  </details>`;
}
