import {
  crops,
  equipmentProducts,
  hiredServices,
  inputProducts,
  type LoanPurpose,
  loanPurposes,
  type Topic,
  topics,
} from "@minka/domain/vocabulary";
import { soundKey } from "../fold.ts";
import { type Intent, type Slots, type SlotName, slotsOfIntent } from "../intents.ts";
import { refusedTokens } from "./negation.ts";
import { readPersonName } from "./person-names.ts";
import type { Span } from "./phrase-pattern.ts";
import { readAmount, readCount, readQuantity } from "./quantities.ts";
import type { ReadMessage } from "./read-message.ts";

const paraKey = "para";

/** Spans of one lexicon that the message does not refuse; all of them when it refuses every one. */
function affirmed(message: ReadMessage, name: string): Span[] {
  const refused = refusedTokens(message.tokens);
  const all = message.spans.filter((span) => span.name === name);
  const kept = all.filter((span) => refused[span.start] !== true);
  return kept.length > 0 ? kept : all;
}

/** Plain topics weigh more than hints; what is named first wins among equals. */
function readTopic(message: ReadMessage): Topic | undefined {
  const weights = new Map<string, number>();
  const add = (spans: readonly Span[], weight: number) => {
    for (const span of spans) weights.set(span.value, (weights.get(span.value) ?? 0) + weight);
  };
  const named = affirmed(message, "topic");
  add(named, 3);
  const hints = message.spans.filter((span) => span.name === "topic_hint");
  add(hints, 1);
  let best: string | undefined;
  for (const [topic, weight] of weights) {
    if (weight > (best === undefined ? 0 : (weights.get(best) ?? 0))) best = topic;
  }
  const clear = named.length > 0 || (weights.get(best ?? "") ?? 0) >= 1;
  return clear ? topics.find((topic) => topic === best) : undefined;
}

const hardships = new Set(
  "operacion operar hospital clinica medicina medicinas enfermo enferma enfermedad salud entierro matricula universidad"
    .split(" ")
    .map(soundKey),
);

/** "Mi hija está enferma, presten plata": said without a "para", yet it is what the money is for. */
function isHardship(message: ReadMessage, span: Span): boolean {
  return hardships.has(message.tokens[span.start]?.key ?? "");
}

/** What the loan is for: after "para" if something is named there, else anywhere in the message. */
function readPurpose(message: ReadMessage): LoanPurpose | undefined {
  const purposes = message.spans.filter((span) => span.name === "purpose");
  const paraAt = message.tokens.findIndex(
    (token, at) => token.key === paraKey && message.tokens[at + 1] !== undefined,
  );
  const after = paraAt < 0 ? [] : purposes.filter((span) => span.start > paraAt);
  const stated = purposes.filter((span) => span.value !== "other");
  const told = stated.length > 0 ? stated : purposes.filter((span) => isHardship(message, span));
  const known = (after.length > 0 ? after : told)[0];
  return loanPurposes.find((purpose) => purpose === known?.value);
}

/** The more telling of the products named: "abono" with a kind of abono named too is that kind. */
function readInput(message: ReadMessage): Span | undefined {
  const inputs = affirmed(message, "input");
  const first = inputs[0];
  if (first?.value !== "fertilizer") return first;
  return inputs.find((span) => span.value !== "fertilizer" && span.start - first.end <= 2) ?? first;
}

function readEquipment(message: ReadMessage): Span | undefined {
  const machines = affirmed(message, "equipment");
  // What carries the load is asked for; what it carries is not.
  return machines[0];
}

/** Fills every slot that the intent can carry and the message states; the place comes from elsewhere. */
export function readSlots(
  intent: Intent,
  message: ReadMessage,
  place: string | undefined,
  placeText: string,
): Slots {
  const slots: Slots = {};
  const cropValue = affirmed(message, "crop")[0]?.value;
  const crop = crops.find((known) => known === cropValue);
  const topic = readTopic(message);
  const purpose = readPurpose(message);
  const serviceValue = affirmed(message, "service")[0]?.value;
  const service = hiredServices.find((known) => known === serviceValue);
  const amount = readAmount(message);
  if (crop !== undefined) slots.crop = crop;
  if (topic !== undefined) slots.topic = topic;
  if (purpose !== undefined) slots.purpose = purpose;
  if (service !== undefined) slots.service = service;
  if (amount !== undefined) slots.amount = amount;
  if (place !== undefined) slots.place = place;
  if (intent === "request_equipment" || intent === "request_input" || intent === "join_pool") {
    const input = readInput(message);
    const machine = readEquipment(message);
    const thing = intent === "request_equipment" || input === undefined ? machine : input;
    const product = [...inputProducts, ...equipmentProducts].find((known) => known === thing?.value);
    if (product !== undefined) slots.product = product;
    Object.assign(
      slots,
      thing?.name === "equipment" ? readCount(message, thing) : readQuantity(message, thing, "input"),
    );
  }
  if (intent === "request_buyer") Object.assign(slots, readQuantity(message, undefined, "crop"));
  if (intent === "register") {
    const name = readPersonName(message.text, placeText);
    if (name !== undefined) slots.name = name;
  }
  return onlySlots(slots, slotsOfIntent[intent] ?? []);
}

function onlySlots(slots: Slots, allowed: readonly SlotName[]): Slots {
  const kept: Slots = {};
  for (const slot of allowed) {
    if (slots[slot] !== undefined) Object.assign(kept, { [slot]: slots[slot] });
  }
  return kept;
}
