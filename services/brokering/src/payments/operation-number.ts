import type { PaymentMethod } from "@minka/contracts/payments";
import { DomainError } from "@minka/domain/errors";

/** What receipts of each show: wallets eight digits today, fewer and more before; banks also letters. */
const shapes = {
  yape: { shape: /^\d{6,12}$/, message: "is 6 to 12 digits" },
  plin: { shape: /^\d{6,12}$/, message: "is 6 to 12 digits" },
  bank: { shape: /^(?=.*\d)[A-Z0-9]{4,20}$/, message: "is 4 to 20 digits and letters" },
} as const satisfies Record<Exclude<PaymentMethod, "cash">, { shape: RegExp; message: string }>;

/**
 * The number under which a bank or wallet keeps a payment, in capitals, without spaces and dashes; null for cash.
 * `operation-number-wrong` (422) where it is missing, cannot be one, or comes with cash.
 */
export function readOperationNumber(
  method: PaymentMethod,
  written: string | undefined,
  path = "body.operationNumber",
): string | null {
  const number = (written ?? "").replace(/[\s.·–-]/g, "").toUpperCase();
  if (method === "cash") {
    if (number === "") return null;
    throw wrong(path, "is not for cash");
  }
  const { shape, message } = shapes[method];
  // Nothing but zeros is no number: all of them would be the same one.
  if (!shape.test(number) || /^0*$/.test(number)) throw wrong(path, message);
  return number;
}

function wrong(path: string, message: string): DomainError {
  return new DomainError("invalid", "operation-number-wrong", "This cannot be the operation's number.", {
    errors: [{ path, message }],
  });
}
