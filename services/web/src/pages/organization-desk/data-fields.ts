import type { Organization } from "@minka/contracts/organizations";
import { isRuc } from "@minka/domain/identity-documents";
import { crops } from "@minka/domain/vocabulary";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import { z } from "zod";
import {
  areaField,
  dayField,
  districtField,
  moneyField,
  optionsField,
  phoneField,
  textField,
} from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { capitalized } from "../../words/field-words.ts";

/** One thing a line, as people read them: of what an organization asks for, and of what it gives. */
export const lines = kinds.text(1_500).optional.transform((text, context) => {
  const each = (text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (each.length <= 12 && each.every((line) => line.length >= 2 && line.length <= 120)) return each;
  context.addIssue({ code: "custom", message: "Escriba hasta 12 líneas cortas, una cosa en cada una." });
  return z.NEVER;
});

export const ruc = kinds
  .text(11)
  .optional.refine((text) => text === undefined || (text.startsWith("20") && isRuc(text)), {
    message: "El RUC de una organización tiene 11 números y empieza con 20.",
  });

/** What an organization says of itself, as its form asks for it. */
export const dataFields = z
  .object({
    nombre: kinds.text(80, "Escriba el nombre.").required,
    razon: kinds.text(160).optional,
    ruc,
    distrito: kinds.district().required,
    celular: kinds.phone().optional,
    cultivos: kinds.choices(crops),
    descripcion: kinds.text(600).optional,
    cuota: kinds.money().optional,
    piden: lines,
    dan: lines,
    acuerdo: kinds.text(500).optional,
    acordado: kinds.day().optional,
  })
  .refine(({ acuerdo, acordado }) => acuerdo === undefined || acordado !== undefined, {
    path: ["acordado"],
    message: "Escriba qué día lo acordaron.",
  });

export const dataBody = (said: z.output<typeof dataFields>) => ({
  name: said.nombre,
  legalName: said.razon ?? null,
  ruc: said.ruc ?? null,
  districtCode: said.distrito,
  phone: said.celular ?? null,
  crops: said.cultivos,
  description: said.descripcion ?? null,
  entryFeeCentimos: said.cuota ?? null,
  requirements: said.piden,
  services: said.dan,
  genderGuideline: said.acuerdo && said.acordado ? { text: said.acuerdo, adoptedOn: said.acordado } : null,
});

export const dataFieldOf = (path: string): string | undefined =>
  ({
    "body.name": "nombre",
    "body.legalName": "razon",
    "body.ruc": "ruc",
    "body.phone": "celular",
    "body.districtCode": "distrito",
    "body.description": "descripcion",
    "body.genderGuideline.text": "acuerdo",
    "body.genderGuideline.adoptedOn": "acordado",
  })[path];

/** What is known, as the fields show it. */
export function dataDefaults(organization: Organization) {
  const place = findDistrict(organization.districtCode);
  const { entryFeeCentimos: fee, genderGuideline } = organization;
  return {
    nombre: organization.name,
    razon: organization.legalName,
    ruc: organization.ruc,
    distrito: place ? districtLabel(place) : null,
    celular: organization.phone?.replace(/^\+51/, "") ?? null,
    cultivos: organization.crops,
    descripcion: organization.description,
    cuota: fee === null ? null : String(fee / 100),
    piden: organization.requirements.join("\n"),
    dan: organization.services.join("\n"),
    acuerdo: genderGuideline?.text ?? null,
    acordado: genderGuideline?.adoptedOn ?? null,
  };
}

export function dataControls(state: FormState, { kind }: Organization): Html {
  const group = kind === "informal_group";
  return html`${textField(state, { name: "nombre", label: "¿Cómo le dice la gente?", maxlength: 80, autocomplete: "organization" })}
  ${textField(state, { name: "razon", label: "Nombre en los papeles", maxlength: 160, optional: true })}
  ${group ? null : textField(state, { name: "ruc", label: "RUC", inputmode: "numeric", maxlength: 11, optional: true })}
  ${districtField(state, { name: "distrito", label: "¿En qué distrito está?" })}
  ${phoneField(state, { name: "celular", label: "Celular de la organización", hint: "Lo ven todos.", maxlength: 20, optional: true })}
  ${optionsField(state, {
    name: "cultivos",
    label: "¿Qué cultivan?",
    many: true,
    options: crops.map((value) => ({ value, words: capitalized(word("crop", value)) })),
  })}
  ${areaField(state, { name: "descripcion", label: "¿Qué hacen? En pocas palabras", maxlength: 600, optional: true })}
  ${moneyField(state, { name: "cuota", label: "¿Cuánto cuesta entrar?", hint: "0 si no cuesta. Déjelo vacío si no quiere decirlo.", optional: true })}
  ${areaField(state, { name: "piden", label: "¿Qué piden para entrar?", hint: "Una cosa por línea.", rows: 4, optional: true })}
  ${areaField(state, { name: "dan", label: "¿Qué dan a las socias y los socios?", hint: "Una cosa por línea.", rows: 4, optional: true })}
  ${areaField(state, { name: "acuerdo", label: "¿Qué acordaron sobre mujeres y hombres?", hint: "Por ejemplo: la mitad de los cargos es de mujeres.", maxlength: 500, optional: true })}
  ${dayField(state, { name: "acordado", label: "¿Qué día lo acordaron?", optional: true })}`;
}
