import { currentConduct } from "@minka/contracts/conduct";
import { providerForms, providerKinds, registerProvider } from "@minka/contracts/providers";
import { isDni, isRuc } from "@minka/domain/identity-documents";
import { z } from "zod";
import {
  districtField,
  form,
  optionsField,
  selectField,
  submit,
  textField,
  tickField,
} from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import { steps } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { ledOrganizations, standingOf } from "../../frame/standing.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { conductRules } from "./conduct-rules.ts";
import { areas, areasField } from "./coverage-field.ts";
import { formWords, whatOptions } from "./entry-words.ts";
import { providerPath } from "./own-provider.ts";

/** A DNI or a RUC by its digits. */
export const documentNumber = kinds.text(20).optional.transform((written, context) => {
  const number = written?.replace(/\D/g, "");
  if (number === undefined || number === "") return null;
  if (isDni(number)) return { type: "dni" as const, number };
  if (isRuc(number)) return { type: "ruc" as const, number };
  context.addIssue({ code: "custom", message: "Un DNI tiene 8 números y un RUC 11. Revise que estén bien." });
  return z.NEVER;
});

const fields = z
  .object({
    que: kinds.choices(providerKinds, { least: 1, missing: "Elija qué ofrece." }),
    tipo: kinds.choice(providerForms, "Elija quién ofrece.").required,
    nombre: kinds.text(80, "Escriba el nombre que verán los demás.").required,
    documento: documentNumber,
    distrito: kinds.district().required,
    cobertura: areas,
    organizacion: kinds.optionalId(),
    trato: kinds.tickNeeded("Para seguir, acepte el compromiso."),
  })
  .refine(({ tipo, documento }) => tipo !== "company" || documento !== null, {
    path: ["documento"],
    message: "Una empresa se registra con su RUC.",
  })
  .refine(({ tipo, organizacion }) => tipo !== "organization" || organizacion !== undefined, {
    path: ["organizacion"],
    message: "Elija cuál organización.",
  });

const fieldOf = (path: string) => {
  if (path.startsWith("body.document")) return "documento";
  if (path.startsWith("body.coverage")) return "cobertura";
  return { "body.name": "nombre", "body.districtCode": "distrito", "body.organizationId": "organizacion" }[
    path
  ];
};

const readOwn = async (visit: SignedVisit) => ledOrganizations(await standingOf(visit));
type Led = Awaited<ReturnType<typeof readOwn>>;

/** Whoever offers something begins here. */
export const registerPage = signedPage("/mi-servicio/nuevo")({
  read: readOwn,
  show: (visit, led, attempt) => ({
    title: "Ofrecer un servicio",
    desk: true,
    main: html`<h1>Ofrezca lo que sabe o lo que vende</h1>
      <p class="lead">
        Quienes cultivan café y cacao cerca de usted lo ven, y los pedidos le llegan por SMS.
      </p>
      ${steps([
        { words: "Diga quién es y qué ofrece", when: "Ahora, unos 3 minutos", state: "now" },
        { words: "Ponga sus ofertas y envíe sus datos", state: "next" },
        {
          words: "Una persona de Minka los revisa",
          when: "Comprueba que usted es quien dice",
          state: "next",
        },
        { words: "Le llegan pedidos", state: "next" },
      ])}
      ${registerForm(visit, led, attempt)}`,
  }),
  actions: {
    registrar: action(
      fields,
      async (visit: SignedVisit, { que, tipo, nombre, documento, distrito, cobertura, organizacion }) => {
        const { providerId } = await visit.call(registerProvider, {
          body: {
            form: tipo,
            kinds: que,
            name: nombre,
            document: documento,
            districtCode: distrito,
            ...(cobertura.length > 0 ? { coverage: cobertura } : {}),
            ...(tipo === "organization" && organizacion ? { organizationId: organizacion } : {}),
            // Also operators register themselves here; others they enter at their desk.
            personId: visit.person.personId,
            acceptsConduct: currentConduct,
          },
        });
        return goTo(providerPath(providerId, "/datos"), "registrado");
      },
      fieldOf,
    ),
  },
});

function registerForm(visit: SignedVisit, led: Led, attempt: Attempt | null): Html {
  const state = formState(attempt, "registrar", { tipo: "person" });
  const forms = providerForms.filter((one) => one !== "organization" || led.length > 0);
  return form(
    visit,
    state,
    html`${optionsField(state, { name: "que", label: "¿Qué ofrece?", hint: "Puede elegir varios.", many: true, options: whatOptions })}
    ${optionsField(state, {
      name: "tipo",
      label: "¿Quién ofrece?",
      options: forms.map((one) => ({ value: one, words: formWords[one] })),
    })}
    ${
      led.length > 0
        ? selectField(state, {
            name: "organizacion",
            label: "¿Cuál organización?",
            hint: "Solo si ofrece una organización.",
            optional: true,
            none: "Ninguna",
            options: led.map(({ id, name }) => ({ value: id, words: name })),
          })
        : null
    }
    ${textField(state, { name: "nombre", label: "Nombre que verán los demás", maxlength: 80, autocomplete: "organization" })}
    ${textField(state, { name: "documento", label: "DNI o RUC", hint: "Una empresa pone su RUC. Nadie ve un DNI.", inputmode: "numeric", maxlength: 14 })}
    ${districtField(state, { name: "distrito", label: "¿En qué distrito está?", hint: "Por ejemplo: Uchiza, Tocache." })}
    ${areasField(state, { name: "cobertura", label: "¿Hasta dónde atiende?", optional: true })}
    ${conductRules} ${tickField(state, { name: "trato", label: "Acepto este compromiso" })}
    ${submit("Registrarme y seguir")}`,
  );
}
