import { lenderRegisters } from "@minka/domain/lender-registers";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import {
  actionButton,
  districtField,
  form,
  areaField,
  optionsField,
  phoneField,
  selectField,
  submit,
  textField,
  tickField,
} from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { facts, row, rows, stateMark, steps, waits, type Tone } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { View } from "../../visits/page.ts";
import { capitalized, counted, dayWords, joinWords } from "../../words/field-words.ts";
import { limaDay } from "@minka/domain/lima-time";
import { conductRules } from "./conduct-rules.ts";
import { areaLine, areaLines, areasField } from "./coverage-field.ts";
import type { Entry, Record } from "./entry-page.ts";
import { formWords, registerWords, stepWords, whatOptions, doesWords } from "./entry-words.ts";
import { providerPath, type ProviderVisit } from "./own-provider.ts";

export function entryView(visit: ProviderVisit, entry: Entry, attempt: Attempt | null): View {
  const { provider } = entry;
  return {
    title: `Datos de ${provider.name}`,
    desk: true,
    main: html`<h1>${headings[provider.state](provider.name)}</h1>
      ${progressOf(provider)} ${nextStep(visit, provider, attempt)} ${otherPages(entry)}
      ${known(entry, visit.today)} ${provider.state === "closed" ? null : forms(visit, entry, attempt)}
      ${history(provider, visit.today)}`,
  };
}

const headings: { readonly [state in Record["state"]]: (name: string) => string } = {
  draft: (name) => `Complete los datos de ${name} y envíelos`,
  submitted: (name) => `Minka está revisando a ${name}`,
  verified: (name) => `El registro de ${name} está activo`,
  held: (name) => `Hay una queja por revisar de ${name}`,
  suspended: (name) => `Minka suspendió a ${name}`,
  closed: (name) => `El registro de ${name} está cerrado`,
};

function progressOf({ state }: Record): Content {
  if (state !== "draft" && state !== "submitted") return null;
  const sent = state === "submitted";
  return steps([
    { words: "Datos completos", state: sent ? "past" : "now" },
    {
      words: "Una persona de Minka los revisa",
      when: "Comprueba el documento y que usted es quien dice. Nadie se revisa a sí mismo.",
      state: sent ? "now" : "next",
    },
    { words: "Sus ofertas se ven y le llegan pedidos", state: "next" },
  ]);
}

/** What stands between this entry and orders: one thing at a time. */
function nextStep(visit: ProviderVisit, provider: Record, attempt: Attempt | null): Content {
  const [last] = provider.decisions;
  const said =
    last?.reason && ["reject", "suspend"].includes(last.transition)
      ? waits(html`Minka dice: <strong>${last.reason}</strong>`)
      : null;
  if (!provider.conduct && provider.state !== "closed")
    return html`${said} ${conductRules}
    ${actionButton(visit, formState(attempt, "trato"), "Acepto el compromiso")}`;
  if (!provider.allowed.includes("submit"))
    return provider.state === "submitted"
      ? waits("Le toca a Minka. Le avisamos por SMS cuando termine.")
      : said;
  const missing = missingOf(provider);
  return html`${said}
  ${missing.length > 0 ? waits(`Falta: ${joinWords(missing)}.`) : actionButton(visit, formState(attempt, "enviar"), "Enviar a revisar")}`;
}

function missingOf({ form: lawForm, document, kinds, lenderRegister, agent }: Record): string[] {
  return [
    lawForm === "company" && document === null ? "el RUC" : null,
    kinds.includes("lender") && lenderRegister === null ? "en qué registro está para dar crédito" : null,
    kinds.includes("agent") && agent === null ? "su perfil de técnica o técnico" : null,
  ].filter((one) => one !== null);
}

function otherPages({ provider }: Entry): Html {
  const { id, kinds, agent, certificates, staff, grants } = provider;
  const page = (path: string, title: string, line: string, mark: readonly [string, Tone] | null = null) =>
    row({ title, href: providerPath(id, path), side: mark && stateMark(...mark), lines: [line] });
  const expired = certificates.filter((one) => one.expired).length;
  return rows([
    ...(kinds.includes("agent")
      ? [
          page(
            "/perfil",
            "Perfil de técnica o técnico",
            agent
              ? `${counted(agent.topics.length, "tema", "temas")}, hasta ${agent.reachKm} km, ${counted(agent.monthlyCapacity, "persona", "personas")} al mes`
              : "Qué sabe, de dónde sale y hasta dónde va",
            agent ? null : ["Falta", "bad"],
          ),
        ]
      : []),
    page(
      "/certificados",
      "Certificados",
      certificates.length === 0
        ? "Ayudan a que le elijan"
        : counted(certificates.length, "guardado", "guardados"),
      expired > 0 ? [counted(expired, "vencido", "vencidos"), "bad"] : null,
    ),
    page(
      "/personal",
      "Personal y permisos",
      `${counted(staff.length, "persona", "personas")}${grants.length > 0 ? ` y ${counted(grants.length, "organización", "organizaciones")} con permiso` : ""}`,
    ),
  ]);
}

function known({ provider, names }: Entry, today: string): Html {
  const {
    form: lawForm,
    kinds,
    legalName,
    document,
    districtCode,
    coverage,
    lenderRegister,
    personId,
    verifiedAt,
  } = provider;
  const district = findDistrict(districtCode);
  return facts([
    ["Quién es", formWords[lawForm]],
    ["Qué ofrece", capitalized(joinWords(kinds.map((kind) => doesWords[kind])))],
    legalName !== null && ["Razón social", legalName],
    ["Documento", document ? `${document.type.toUpperCase()} ${document.number}` : "Sin documento"],
    lenderRegister !== null && [
      "Registro",
      `${registerWords[lenderRegister.register]}: ${lenderRegister.number}`,
    ],
    ["Está en", district ? districtLabel(district) : ""],
    ["Atiende en", joinWords(coverage.map(areaLine))],
    ["Los pedidos llegan a", names.get(personId) ?? "la persona de contacto"],
    verifiedAt !== null && ["Revisado", dayWords(limaDay(new Date(verifiedAt)), today)],
  ]);
}

function forms(visit: ProviderVisit, entry: Entry, attempt: Attempt | null): Html {
  const { provider } = entry;
  const draft = provider.state === "draft";
  return html`<h2>Corregir</h2>
    ${draft ? folded(attempt, "identidad", "Nombre y documento", identityForm(visit, provider, attempt)) : null}
    ${folded(attempt, "trabajo", "Qué ofrece y dónde", workForm(visit, provider, attempt))}
    ${folded(attempt, "publico", "Celular y página web para el público", publicForm(visit, provider, attempt))}
    ${provider.form === "person" || provider.staff.length < 2 ? null : folded(attempt, "contacto", "A quién le llegan los pedidos", contactForm(visit, entry, attempt))}
    ${provider.allowed.includes("revise") ? folded(attempt, "corregir", "Cambiar el nombre o el documento", reviseForm(visit, attempt)) : null}
    ${provider.allowed.includes("close") ? folded(attempt, "cerrar", "Cerrar el registro", closeForm(visit, attempt)) : null}`;
}

function identityForm(visit: ProviderVisit, provider: Record, attempt: Attempt | null): Html {
  const { name, legalName, document, kinds, lenderRegister } = provider;
  const state = formState(attempt, "identidad", {
    nombre: name,
    razonsocial: legalName,
    documento: document?.number,
    registro: lenderRegister?.register,
    registronumero: lenderRegister?.number,
    registronombre: lenderRegister?.name,
  });
  return form(
    visit,
    state,
    html`${textField(state, { name: "nombre", label: "Nombre que verán los demás", maxlength: 80 })}
    ${provider.form === "person" ? null : textField(state, { name: "razonsocial", label: "Razón social en la SUNAT", hint: "Si es distinta del nombre.", optional: true, maxlength: 80 })}
    ${textField(state, { name: "documento", label: provider.form === "person" ? "DNI o RUC" : "RUC", inputmode: "numeric", maxlength: 14, optional: provider.form !== "company" })}
    ${
      kinds.includes("lender")
        ? html`${selectField(state, {
            name: "registro",
            label: "Registro para dar crédito",
            none: "Elija",
            options: lenderRegisters.map((one) => ({ value: one, words: registerWords[one] })),
          })}${textField(state, { name: "registronumero", label: "Número del registro", hint: "Por ejemplo: 4977-2018, o 0142-2019-REG.COOPAC-SBS.", maxlength: 60 })}${textField(state, { name: "registronombre", label: "Nombre del registro", hint: "Solo si es otro registro.", optional: true, maxlength: 80 })}`
        : null
    }
    ${submit("Guardar")}`,
  );
}

function workForm(visit: ProviderVisit, provider: Record, attempt: Attempt | null): Html {
  const { kinds, districtCode, coverage, description } = provider;
  const district = findDistrict(districtCode);
  const state = formState(attempt, "trabajo", {
    que: kinds,
    distrito: district && districtLabel(district),
    cobertura: areaLines(coverage),
    descripcion: description,
  });
  return form(
    visit,
    state,
    html`${optionsField(state, { name: "que", label: "¿Qué ofrece?", many: true, options: whatOptions })}
    ${districtField(state, { name: "distrito", label: "Distrito donde está" })}
    ${areasField(state, { name: "cobertura", label: "¿Hasta dónde atiende?" })}
    ${areaField(state, { name: "descripcion", label: "Cuente en pocas palabras qué hace", optional: true, maxlength: 600 })}
    ${submit("Guardar")}`,
  );
}

function publicForm(
  visit: ProviderVisit,
  { phone, showsPhone, website, showsWebsite }: Record,
  attempt: Attempt | null,
): Html {
  const state = formState(attempt, "publico", {
    celular: phone,
    muestracelular: showsPhone,
    web: website,
    muestraweb: showsWebsite,
  });
  return form(
    visit,
    state,
    html`<p class="quiet">Los pedidos le llegan igual al celular de la persona de contacto.</p>
      ${phoneField(state, { name: "celular", label: "Celular del negocio", optional: true, maxlength: 20 })}
      ${tickField(state, { name: "muestracelular", label: "Mostrar el celular a todos" })}
      ${textField(state, { name: "web", label: "Página web", optional: true, maxlength: 200, autocomplete: "url" })}
      ${tickField(state, { name: "muestraweb", label: "Mostrar la página web" })} ${submit("Guardar")}`,
  );
}

function contactForm(visit: ProviderVisit, { provider, names }: Entry, attempt: Attempt | null): Html {
  const state = formState(attempt, "contacto", { contacto: provider.personId });
  return form(
    visit,
    state,
    html`${optionsField(state, {
      name: "contacto",
      label: "Persona de contacto",
      options: provider.staff.map(({ personId }) => ({
        value: personId,
        words: names.get(personId) ?? "Alguien sin nombre",
      })),
    })}${submit("Guardar")}`,
  );
}

function reviseForm(visit: ProviderVisit, attempt: Attempt | null): Html {
  const state = formState(attempt, "corregir", {});
  return form(
    visit,
    state,
    html`<p class="quiet">Vuelve a ser un borrador: sus ofertas no se ven hasta que Minka revise otra vez.</p>
      ${textField(state, { name: "motivo", label: "¿Qué va a cambiar?", maxlength: 200, of: "corregir" })}${submit("Volver a corregir", { danger: true })}`,
  );
}

function closeForm(visit: ProviderVisit, attempt: Attempt | null): Html {
  const state = formState(attempt, "cerrar", {});
  return form(
    visit,
    state,
    html`<p class="quiet">
        Es para siempre: sus ofertas se retiran. Para parar unos días, descanse en «Confianza».
      </p>
      ${textField(state, { name: "motivo", label: "¿Por qué cierra?", maxlength: 200, of: "cerrar" })}
      ${tickField(state, { name: "seguro", label: "Sí, quiero cerrar el registro" })}${submit("Cerrar para siempre", { danger: true })}`,
  );
}

function history({ decisions }: Record, today: string): Content {
  if (decisions.length === 0) return null;
  return html`<h2>Qué pasó antes</h2>
    ${rows(
      decisions.map(({ transition, at, reason }) =>
        row({
          title: stepWords[transition],
          side: dayWords(limaDay(new Date(at)), today),
          lines: [transition === "verify" ? null : reason],
        }),
      ),
    )}`;
}

const folded = (attempt: Attempt | null, name: string, title: Content, content: Content): Html =>
  html`<details ${attempt?.action === name ? html` open` : null}>
    <summary>${title}</summary>
    ${content}
  </details>`;
