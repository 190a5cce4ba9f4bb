import type { Answer } from "@minka/contracts/endpoint";
import {
  approveSponsorship,
  endSponsorship,
  exportSponsorshipReport,
  pauseSponsorship,
  raiseBudget,
  readSponsorship,
  readSponsorshipReport,
  resumeSponsorship,
  type reportedBy,
  type Sponsorship,
} from "@minka/contracts/sponsorships";
import { findDistrict, districtLabel } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import { z } from "zod";
import { actionButton, form, moneyField, submit } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { empty, facts, stateMark, waits } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, Download, operatorPage, signedFile } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import {
  areaWords,
  capitalized,
  counted,
  dayWords,
  joinWords,
  kindWords,
  soles,
} from "../../words/field-words.ts";
import { sexWords } from "./desk-words.ts";
import { sizeWords } from "./fairness-view.ts";
import { budgetBar, sponsorshipMarks, sponsorshipsPath } from "./sponsorships-page.ts";

type SponsorshipVisit = SignedVisit<{ sponsorshipId: string }>;
type Report = Answer<typeof readSponsorshipReport>["report"];

const step = (of: typeof approveSponsorship, notice: string) =>
  action(z.object({}), async (visit: SponsorshipVisit) => {
    await visit.call(of, { params: visit.params });
    return goTo(visit.path, notice);
  });

/** What is paid for whom, what is left, and how it was spent. */
export const sponsorshipPage = operatorPage(`${sponsorshipsPath}/:sponsorshipId`)({
  read: async (visit: SponsorshipVisit) => {
    const [{ sponsorship }, report] = await Promise.all([
      visit.call(readSponsorship, { params: visit.params }),
      visit.callIfAny(readSponsorshipReport, { params: visit.params }),
    ]);
    const names = await visit.namesOf([sponsorship.contactPersonId]);
    return { sponsorship, report: report?.report ?? null, contact: names.get(sponsorship.contactPersonId) };
  },
  show: (visit: SponsorshipVisit, { sponsorship, report, contact }, attempt) => ({
    title: sponsorship.title,
    desk: true,
    main: html`<h1>${sponsorship.sponsor.name} paga: ${sponsorship.title}</h1>
      <p>${stateMark(...sponsorshipMarks[sponsorship.state])}</p>
      ${budgetBar(sponsorship)}
      ${sponsorship.state === "draft" ? waits("Lo aprueba una persona de Minka que no lo propuso ni responde por él. Hasta entonces no se paga nada.") : null}
      <div class="columns">
        <section>
          <h2>Para quién es</h2>
          ${termsPart(visit, sponsorship, contact)}
        </section>
        <section>
          <h2>Decida</h2>
          ${deciding(visit, sponsorship, attempt)}
        </section>
      </div>
      <h2>En qué se gastó</h2>
      ${reportPart(visit, report)}
      <p><a class="more" href="${sponsorshipsPath}">Todos los auspicios</a></p>`,
  }),
  actions: {
    aprobar: step(approveSponsorship, "aprobado"),
    pausar: step(pauseSponsorship, "pausado"),
    seguir: step(resumeSponsorship, "sigue"),
    terminar: step(endSponsorship, "terminado"),
    aumentar: action(
      z.object({ monto: kinds.money({ least: 1 }).required }),
      async (visit: SponsorshipVisit, { monto }) => {
        await visit.call(raiseBudget, { params: visit.params, body: { budgetCentimos: monto } });
        return goTo(visit.path, "aumentado");
      },
      (path) => (path === "body.budgetCentimos" ? "monto" : undefined),
    ),
  },
  notices: {
    propuesto: "Propuesto. Ahora lo aprueba otra persona de Minka.",
    aprobado: "Aprobado. Desde su primer día, quien esté en el grupo ve quién paga y cuánto.",
    pausado: "En pausa: no se paga nada nuevo. Lo que ya estaba apartado se respeta.",
    sigue: "Sigue en marcha.",
    terminado: "Terminado. Lo que ya estaba apartado se respeta.",
    aumentado: "El presupuesto aumentó.",
  },
});

const listed = (values: readonly string[], none: string) =>
  values.length === 0 ? none : capitalized(joinWords(values));

function termsPart({ today }: SponsorshipVisit, of: Sponsorship, contact: string | undefined): Content {
  return facts([
    ["Días", `Del ${dayWords(of.from, today)} al ${dayWords(of.until, today)}`],
    [
      "Qué paga",
      listed(
        of.kinds.map((kind) => kindWords[kind].toLowerCase()),
        "Visitas, capacitación y servicios",
      ),
    ],
    [
      "Temas",
      listed(
        of.topics.map((topic) => word("topic", topic)),
        "Todos",
      ),
    ],
    [
      "Cultivos",
      listed(
        of.crops.map((crop) => word("crop", crop)),
        "Todos",
      ),
    ],
    ["Dónde", listed(of.districts.map(areaWords), "En todo el Perú")],
    [
      "Mujeres u hombres",
      listed(
        of.sexes.map((sex) => sexWords[sex].toLowerCase()),
        "Ambos",
      ),
    ],
    [
      "Tamaño",
      listed(
        of.sizeClasses.map((size) => sizeWords[size].toLowerCase()),
        "Cualquiera",
      ),
    ],
    [
      "Organización",
      of.member === null
        ? "Con o sin organización"
        : of.member
          ? "Solo con organización"
          : "Solo sin organización",
    ],
    ["Parte que paga", `${of.sharePercent} %, hasta ${soles(of.mostPerServiceCentimos)} cada vez`],
    ["Veces por persona", String(of.mostPerPerson)],
    ["Responde por él", contact ?? "Alguien sin nombre"],
  ]);
}

function deciding(
  visit: SponsorshipVisit,
  { state, budgetCentimos }: Sponsorship,
  attempt: Attempt | null,
): Content {
  if (state === "ended") return html`<p>Ya terminó.</p>`;
  const button = (name: string, words: string, how: { quiet?: boolean; danger?: boolean } = {}) =>
    actionButton(visit, formState(attempt, name), words, how);
  const more = formState(attempt, "aumentar", { monto: (budgetCentimos / 100).toFixed(2) });
  return html`${state === "draft" ? button("aprobar", "Aprobar este auspicio") : null}
    ${state === "active" ? button("pausar", "Poner en pausa", { quiet: true }) : null}
    ${state === "paused" ? button("seguir", "Que siga en marcha") : null}
    <details ${attempt?.action === "aumentar" ? html` open` : null}>
      <summary>Aumentar el presupuesto</summary>
      ${form(
        visit,
        more,
        html`${moneyField(more, { name: "monto", label: "En total, con lo ya gastado", hint: "Solo sube, nunca baja." })}${submit("Guardar el presupuesto", { quiet: true })}`,
      )}
    </details>
    <details ${attempt?.action === "terminar" ? html` open` : null}>
      <summary>Terminarlo antes</summary>
      ${button("terminar", "Terminar este auspicio", { danger: true })}
    </details>`;
}

const byWords: Record<(typeof reportedBy)[number], string> = {
  district: "Distrito",
  sex: "Mujeres u hombres",
  size: "Tamaño",
  member: "Organización",
};

function valueWords(by: (typeof reportedBy)[number], value: string): string {
  if (by === "district") {
    const district = findDistrict(value);
    return district ? districtLabel(district) : "No se sabe";
  }
  const known: Readonly<Record<string, string>> = {
    ...sexWords,
    ...sizeWords,
    yes: "Con organización",
    no: "Sin organización",
  };
  return known[value] ?? "No se sabe";
}

function reportPart(visit: SponsorshipVisit, report: Report | null): Content {
  if (!report || report.services === 0)
    return empty("Todavía no se pagó ni se apartó nada. Cuando alguien del grupo pida, aparece aquí.");
  return html`${table(
      {
        caption: `${counted(report.services, "servicio", "servicios")}, ${report.persons ?? "menos de cinco"} personas`,
        path: "",
        query: {},
      },
      [
        { title: "Grupo", cell: ({ by, value }: Report["rows"][number]) => valueWords(by, value) },
        { title: "Por", cell: ({ by }) => byWords[by] },
        { title: "Servicios", number: true, cell: ({ services }) => services ?? "—" },
        { title: "Personas", number: true, cell: ({ persons }) => persons ?? "—" },
        {
          title: "Apartado (S/)",
          number: true,
          cell: ({ reservedCentimos }) => (reservedCentimos === null ? "—" : soles(reservedCentimos)),
        },
        {
          title: "Pagado (S/)",
          number: true,
          cell: ({ spentCentimos }) => (spentCentimos === null ? "—" : soles(spentCentimos)),
        },
      ],
      report.rows,
    )}
    <p><a class="more" href="${visit.path}/informe.xlsx">Descargar el informe (Excel)</a></p>`;
}

export const sponsorshipFile = signedFile(
  `${sponsorshipsPath}/:sponsorshipId/informe.xlsx`,
  async (visit) => {
    const { fileName, contentType, bytes } = await visit.call(exportSponsorshipReport, {
      params: visit.params,
      query: {},
    });
    return new Download({ fileName, contentType, bytes });
  },
  "operator",
);
