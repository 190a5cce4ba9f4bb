import type { ConsentPurpose, Wallet } from "@minka/domain/vocabulary";

export const sexWords = { f: "Mujer", m: "Hombre" } as const;

export const walletWords: Record<Wallet, string> = { yape: "Yape", plin: "Plin", bim: "Bim" };

/** Each purpose apart: what it is for, and what becomes of taking it back. */
export const consentWords: Record<
  ConsentPurpose,
  { title: string; short: string; what: string; without: string }
> = {
  service: {
    title: "Guardar mi número y mis pedidos",
    short: "número y pedidos",
    what: "Para buscarle quien le atienda y avisarle. Su número lo ve solo la persona con la que queda de acuerdo.",
    without: "Si lo retira, se cancelan sus pedidos y visitas, y Minka ya no le escribe.",
  },
  bulletins: {
    title: "Recibir boletines de mi zona",
    short: "boletines",
    what: "Precios, plagas, capacitaciones: pocos SMS, los manda su organización o Minka.",
    without: "Si lo retira, sus pedidos siguen igual.",
  },
  lender_sharing: {
    title: "Mostrar mis cosechas a quien me preste",
    short: "mostrar mis cosechas",
    what: "Solo cuando usted pide un crédito, y solo a la entidad que usted elige.",
    without: "Si lo retira, puede pedir crédito, pero la entidad le pedirá otros papeles.",
  },
  language: {
    title: "Guardar mi lengua materna",
    short: "mi lengua",
    what: "Para escribirle en su lengua y buscarle a alguien que la hable.",
    without: "Si lo retira, se borra su lengua y le escribimos en castellano.",
  },
};
/** The wordings above, as the ledger of consents names them: kept with each yes. */
export const consentVersion = "web-own-data-2026-11";
