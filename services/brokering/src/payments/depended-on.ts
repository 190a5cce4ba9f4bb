import { DomainError } from "@minka/domain/errors";

/** Something has been done since that rests on a payment: it cannot be taken back alone. */
export const dependedOn = (message: string) => new DomainError("conflict", "payment-depended-on", message);
