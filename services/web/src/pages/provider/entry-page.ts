import { acceptConduct, currentConduct } from "@minka/contracts/conduct";
import { closeProvider, reviseProvider, submitProvider } from "@minka/contracts/provider-decisions";
import { correctProvider, providerKinds, readProviderRecord } from "@minka/contracts/providers";
import { lenderRegisters } from "@minka/domain/lender-registers";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { someAreas } from "./coverage-field.ts";
import { entryView } from "./entry-view.ts";
import type { ProviderVisit } from "./own-provider.ts";
import { documentNumber } from "./register-page.ts";

async function readEntry(visit: ProviderVisit) {
  const { providerId } = visit.params;
  const { provider } = await visit.call(readProviderRecord, { params: { providerId } });
  const names = await visit.namesOf(provider.staff.map(({ personId }) => personId));
  return { provider, names };
}
export type Entry = Awaited<ReturnType<typeof readEntry>>;
export type Record = Entry["provider"];

const fieldsOf: { readonly [path: string]: string } = {
  "body.name": "nombre",
  "body.legalName": "razonsocial",
  "body.districtCode": "distrito",
  "body.phone": "celular",
  "body.website": "web",
  "body.description": "descripcion",
  "body.personId": "contacto",
  "body.reason": "motivo",
};
const fieldOf = (path: string) => {
  if (path.startsWith("body.document")) return "documento";
  if (path.startsWith("body.coverage")) return "cobertura";
  if (path === "body.lenderRegister.name") return "registronombre";
  if (path.startsWith("body.lenderRegister")) return "registronumero";
  return fieldsOf[path];
};

const identity = z
  .object({
    nombre: kinds.text(80).required,
    razonsocial: kinds.text(80).optional,
    documento: documentNumber,
    registro: kinds.choice(lenderRegisters).optional,
    registronumero: kinds.text(60).optional,
    registronombre: kinds.text(80).optional,
  })
  // Half a register would be left out and called saved.
  .refine(({ registro, registronumero }) => registro === undefined || registronumero !== undefined, {
    path: ["registronumero"],
    message: "Escriba el número con que está en ese registro.",
  })
  .refine(
    ({ registro, registronumero, registronombre }) =>
      registro !== undefined || (registronumero === undefined && registronombre === undefined),
    { path: ["registro"], message: "Elija en qué registro está." },
  );

const particulars = z.object({
  que: kinds.choices(providerKinds, { least: 1, missing: "Elija al menos una." }),
  distrito: kinds.district().required,
  cobertura: someAreas,
  descripcion: kinds.text(600).optional,
});

const toPublic = z.object({
  celular: kinds.phone().optional,
  muestracelular: kinds.tick(),
  web: kinds
    .text(200)
    .optional.transform((address) =>
      address === undefined || /^https?:\/\//i.test(address) ? address : `https://${address}`,
    ),
  muestraweb: kinds.tick(),
});

const why = z.object({ motivo: kinds.text(200, "Escriba por qué.").required });
const nothing = z.object({});
const paramsOf = ({ params: { providerId } }: ProviderVisit) => ({ providerId });

/** Who a provider is: to correct, to hand in, to close. */
export const entryPage = signedPage("/mi-servicio/:providerId/datos")({
  read: readEntry,
  show: entryView,
  actions: {
    identidad: action(
      identity,
      async (
        visit: ProviderVisit,
        { nombre, razonsocial, documento, registro, registronumero, registronombre },
      ) => {
        const lenderRegister =
          registro && registronumero
            ? {
                register: registro,
                number: registronumero,
                ...(registronombre ? { name: registronombre } : {}),
              }
            : null;
        await visit.call(correctProvider, {
          params: paramsOf(visit),
          body: {
            name: nombre,
            legalName: razonsocial ?? null,
            document: documento,
            ...(lenderRegister ? { lenderRegister } : {}),
          },
        });
        return goTo(visit.path, "guardado");
      },
      fieldOf,
    ),
    trabajo: action(
      particulars,
      async (visit: ProviderVisit, { que, distrito, cobertura, descripcion }) => {
        await visit.call(correctProvider, {
          params: paramsOf(visit),
          body: { kinds: que, districtCode: distrito, coverage: cobertura, description: descripcion ?? null },
        });
        return goTo(visit.path, "guardado");
      },
      fieldOf,
    ),
    publico: action(
      toPublic,
      async (visit: ProviderVisit, { celular, muestracelular, web, muestraweb }) => {
        await visit.call(correctProvider, {
          params: paramsOf(visit),
          body: {
            phone: celular ?? null,
            showsPhone: muestracelular,
            website: web ?? null,
            showsWebsite: muestraweb,
          },
        });
        return goTo(visit.path, "guardado");
      },
      fieldOf,
    ),
    contacto: action(z.object({ contacto: kinds.id() }), async (visit: ProviderVisit, { contacto }) => {
      await visit.call(correctProvider, { params: paramsOf(visit), body: { personId: contacto } });
      return goTo(visit.path, "contacto");
    }),
    trato: action(nothing, async (visit: ProviderVisit) => {
      await visit.call(acceptConduct, { params: paramsOf(visit), body: { version: currentConduct } });
      return goTo(visit.path, "trato");
    }),
    enviar: action(nothing, async (visit: ProviderVisit) => {
      await visit.call(submitProvider, { params: paramsOf(visit) });
      return goTo(visit.path, "enviado");
    }),
    corregir: action(
      why,
      async (visit: ProviderVisit, { motivo }) => {
        await visit.call(reviseProvider, { params: paramsOf(visit), body: { reason: motivo } });
        return goTo(visit.path, "borrador");
      },
      fieldOf,
    ),
    cerrar: action(
      why.extend({ seguro: kinds.tickNeeded("Marque que está de acuerdo.") }),
      async (visit: ProviderVisit, { motivo }) => {
        await visit.call(closeProvider, { params: paramsOf(visit), body: { reason: motivo } });
        return goTo(visit.path, "cerrado");
      },
      fieldOf,
    ),
  },
  notices: {
    registrado: "Su registro está guardado. Revise lo de abajo y envíelo cuando esté completo.",
    guardado: "Guardado.",
    contacto: "Desde ahora los pedidos le llegan a esa persona.",
    trato: "Gracias por aceptar el compromiso.",
    enviado:
      "Enviado. Una persona de Minka lo revisa y le avisa por SMS. Mientras tanto puede poner sus ofertas.",
    borrador: "Ya puede corregir. Cuando termine, envíelo otra vez.",
    cerrado: "El registro está cerrado. Sus ofertas ya no se ven.",
  },
});
