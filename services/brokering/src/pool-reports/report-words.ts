import type { PaymentMethod, PaymentState } from "@minka/contracts/payments";
import type { ReceiptState } from "@minka/contracts/pool-deliveries";
import type { PoolReportPart } from "@minka/contracts/pool-reports";
import type { PoolOrderState } from "@minka/contracts/pools";

/** What an organizer reads in files. */
export const methods = {
  cash: "efectivo",
  bank: "banco",
  yape: "Yape",
  plin: "Plin",
} as const satisfies Record<PaymentMethod, string>;

export const paymentStates = {
  recorded: "por confirmar",
  confirmed: "confirmado",
  disputed: "no llegó",
  cancelled: "anulado",
} as const satisfies Record<PaymentState, string>;

export const orderStates = {
  joined: "apuntado",
  left: "salió",
  asked: "por confirmar",
  confirmed: "confirmó",
  out: "fuera",
  final: "recibe",
} as const satisfies Record<PoolOrderState, string>;

export const receiptStates = {
  waiting: "",
  asked: "",
  all: "todo",
  some: "no todo",
  unclear: "falta aclarar",
  silent: "sin respuesta",
} as const satisfies Record<ReceiptState, string>;

export const partTitles = {
  members: "Personas",
  points: "Puntos",
  suppliers: "Proveedores",
  allocation: "Reparto y razones",
  payments: "Pagos",
  "packing-list": "Lista de reparto",
} as const satisfies Record<PoolReportPart, string>;
