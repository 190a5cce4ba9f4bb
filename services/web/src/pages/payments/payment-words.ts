import type {
  Payment,
  PaymentMethod,
  PaymentParty,
  PaymentState,
  PaymentSubjectKind,
} from "@minka/contracts/payments";
import { DomainError } from "@minka/domain/errors";
import { word } from "@minka/language/texts";
import type { Tone } from "../../design/parts.ts";

/** What is paid, as addresses call it. */
const slugOf = {
  "pool-order": "compra",
  "pool-invoice": "proveedor",
  settlement: "liquidacion",
  "lot-invoice": "lote",
  advance: "adelanto",
  "credit-disbursement": "prestamo",
  "credit-instalment": "cuota",
  "credit-kept-back": "retenido",
} as const satisfies Record<PaymentSubjectKind, string>;

/** Throws `no-such-page` (404) for what is no such word. */
export function kindOf(slug: string): PaymentSubjectKind {
  for (const [kind, own] of Object.entries(slugOf) as [PaymentSubjectKind, string][])
    if (own === slug) return kind;
  throw new DomainError("not-found", "no-such-page", "Nothing is here.");
}

export const accountPath = (base: string, { kind, id }: { kind: PaymentSubjectKind; id: string }): string =>
  `${base}/${slugOf[kind]}/${id}`;

const subjectWords: Record<PaymentSubjectKind, string> = {
  "pool-order": "Compra en grupo",
  "pool-invoice": "Lo que entrega el proveedor",
  settlement: "Lo que toca por la cosecha",
  "lot-invoice": "Lo que compró del lote",
  advance: "Adelanto por la cosecha",
  "credit-disbursement": "Préstamo",
  "credit-instalment": "Cuotas del crédito",
  "credit-kept-back": "Cuotas retenidas de la cosecha",
};

/** "Compra en grupo: Urea 46%" */
export const subjectTitle = (kind: PaymentSubjectKind, title: string | null): string =>
  title === null ? subjectWords[kind] : `${subjectWords[kind]}: ${title}`;

export const paymentStateWords: Record<PaymentState, readonly [words: string, tone: Tone]> = {
  recorded: ["Falta confirmar", "waiting"],
  confirmed: ["Confirmado", "good"],
  disputed: ["No llegó", "bad"],
  cancelled: ["Anulado", "over"],
};

export const methodOptions: readonly { value: PaymentMethod; words: string }[] = [
  { value: "yape", words: "Yape" },
  { value: "plin", words: "Plin" },
  { value: "bank", words: "Banco o agente" },
  { value: "cash", words: "En efectivo" },
];

/** "por Yape, operación 12345678" */
export const methodWords = ({
  method,
  operationNumber,
}: Pick<Payment, "method" | "operationNumber">): string =>
  `${word("payment_method", method)}${operationNumber === null ? "" : `, operación ${operationNumber}`}`;

export const isSame = (one: PaymentParty, other: PaymentParty): boolean =>
  one.kind === other.kind && one.id === other.id;
