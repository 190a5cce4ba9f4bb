import type { Intent } from "@minka/domain/intents";
import type {
  Crop,
  EquipmentProduct,
  HiredService,
  InputProduct,
  LoanPurpose,
  QuantityUnit,
  Topic,
} from "@minka/domain/vocabulary";

export { intents, type Intent } from "@minka/domain/intents";

/** What the conversation waits for when a message arrives. */
export const contexts = ["idle", "choosing", "confirming", "rating", "offered"] as const;
export type Context = (typeof contexts)[number];

/** Only what the message states; absent means that it does not say. */
export type Slots = {
  topic?: Topic;
  crop?: Crop;
  product?: InputProduct | EquipmentProduct;
  service?: HiredService;
  /** In `unit`; a count when there is none. */
  quantity?: number;
  unit?: QuantityUnit;
  /** Soles, not céntimos: it is what the person wrote. */
  amount?: number;
  purpose?: LoanPurpose;
  /** Six-digit INEI district code. */
  place?: string;
  /** As written, without titles. */
  name?: string;
  option?: number;
  score?: number;
};
export type SlotName = keyof Slots;

/** Which slots an intent can carry; a slot outside its list is never returned. */
export const slotsOfIntent: Readonly<Partial<Record<Intent, readonly SlotName[]>>> = {
  request_assistance: ["topic", "crop", "place"],
  request_training: ["topic", "crop", "place"],
  request_input: ["product", "quantity", "unit", "place"],
  request_equipment: ["product", "quantity", "place"],
  request_credit: ["amount", "purpose"],
  request_service: ["service", "crop", "place"],
  find_organization: ["crop", "place"],
  request_buyer: ["crop", "quantity", "unit", "place"],
  ask_price: ["crop"],
  join_pool: ["product", "quantity", "unit"],
  register: ["name", "place", "crop"],
  set_place: ["place"],
  choose: ["option"],
  rate: ["score"],
};

/** Why an interpretation was chosen: the rule, the words that it matched, and how much it weighed. */
export type Evidence = { intent: Intent; rule: string; matched: string; weight: number };
