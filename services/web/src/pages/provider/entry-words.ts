import type { ProviderForm, ProviderKind } from "@minka/contracts/providers";
import type { providerTransitions } from "@minka/contracts/provider-decisions";
import type { LenderRegister } from "@minka/domain/lender-registers";
import type { Option } from "../../design/fields.ts";

export const formWords: Record<ProviderForm, string> = {
  person: "Trabajo por mi cuenta",
  company: "Es una empresa o negocio con RUC",
  organization: "Es una organización de productores",
};

/** What a provider does, as it says it of itself. */
const whatWords: Record<ProviderKind, { words: string; hint: string }> = {
  agent: { words: "Visito chacras", hint: "Técnica o técnico: poda, plagas, abonamiento, cosecha" },
  supplier: {
    words: "Vendo o alquilo",
    hint: "Abonos, plantones, herramientas, equipos, laboratorio, secado",
  },
  buyer: { words: "Compro cosecha", hint: "Cacao, café y otros" },
  lender: { words: "Doy crédito", hint: "Con registro en la SBS u otro" },
  trainer: { words: "Enseño en grupo", hint: "Talleres, días de campo, escuelas" },
};

export const whatOptions: readonly Option[] = Object.entries(whatWords).map(([value, said]) => ({
  value,
  ...said,
}));

/** Of a provider, in a sentence. */
export const doesWords: Record<ProviderKind, string> = {
  agent: "visitas a chacras",
  supplier: "venta y alquiler",
  buyer: "compra de cosecha",
  lender: "crédito",
  trainer: "enseñanza en grupo",
};

export const registerWords: Record<LenderRegister, string> = {
  sbs: "SBS: resolución de autorización",
  sbs_coopac: "SBS: registro de cooperativas (COOPAC)",
  other: "Otro registro",
};

type Transition = (typeof providerTransitions)[number];
export const stepWords: Record<Transition, string> = {
  submit: "Enviado a revisar",
  verify: "Revisado y activo",
  reject: "Devuelto para corregir",
  revise: "Vuelto a corregir",
  hold: "Detenido por una queja",
  release: "La queja quedó sin efecto",
  suspend: "Suspendido por Minka",
  reinstate: "Activo otra vez",
  close: "Cerrado",
  expel: "Cerrado por Minka",
};
