import type { Kind } from "@minka/domain/vocabulary";
import { findProduct } from "@minka/language/find-product";
import type { Intent } from "@minka/language/intents";
import { interpret } from "@minka/language/interpret";

const kinds: Partial<Record<Intent, Kind>> = {
  request_training: "training",
  request_credit: "credit",
  request_equipment: "equipment",
  request_service: "service",
  request_input: "input",
};

/** What a search means in the words of the field: "escoba de bruja" is about pests, "dinero" is a loan. */
export function whatIsMeant(text: string): { subject: string } | { kind: Kind } | undefined {
  const { intent, slots } = interpret(text.slice(0, 80), "idle");
  const subject =
    slots.product ?? slots.topic ?? slots.service ?? slots.purpose ?? findProduct(text.slice(0, 80))?.name;
  if (subject !== undefined) return { subject };
  const kind = kinds[intent];
  return kind && { kind };
}
