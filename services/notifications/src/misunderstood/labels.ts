import {
  crops,
  equipmentProducts,
  hiredServices,
  inputProducts,
  loanPurposes,
  quantityUnits,
  topics,
} from "@minka/domain/vocabulary";
import { DomainError, type FieldError } from "@minka/domain/errors";
import { findDistrict } from "@minka/geography/districts";
import { intents, slotsOfIntent, type Intent, type SlotName } from "@minka/language/intents";
import { z, type ZodType } from "zod";

/** As an operator gives them. */
export type GivenSlots = Readonly<Record<string, string | number>>;
/** A name is kept as the place where it stands in the message, so that it goes when the message does. */
export type StoredSlots = Record<string, string | number>;

const positive = z.number().positive().max(10_000_000);
const slotValues: Readonly<Record<SlotName, ZodType>> = {
  topic: z.enum(topics),
  crop: z.enum(crops),
  product: z.enum([...inputProducts, ...equipmentProducts]),
  service: z.enum(hiredServices),
  quantity: positive,
  unit: z.enum(quantityUnits),
  amount: positive,
  purpose: z.enum(loanPurposes),
  place: z.string().refine((code) => findDistrict(code) !== undefined, "is no district's INEI code"),
  name: z.string(),
  option: z.int().min(1).max(9),
  score: z.int().min(1).max(5),
};

const nameAt = "nameAt";
const nameLength = "nameLength";

/** Checks a label against the label guide. Throws `label-wrong` (422) with every field that is. */
export function checkLabel(
  text: string,
  { intent, slots }: { intent: string; slots: GivenSlots },
): { intent: Intent; slots: StoredSlots } {
  const known = intents.find((each) => each === intent);
  if (!known) throw wrong([{ path: "body.intent", message: `is none of ${intents.join(", ")}` }]);
  const errors: FieldError[] = [];
  const stored: StoredSlots = {};
  for (const [name, value] of Object.entries(slots)) {
    const path = `body.slots.${name}`;
    const slot = slotsOfIntent[known]?.find((each) => each === name);
    if (!slot) {
      errors.push({ path, message: `is no slot of ${known}` });
      continue;
    }
    const checked = slotValues[slot].safeParse(value);
    if (!checked.success) errors.push({ path, message: checked.error.issues[0]?.message ?? "is not valid" });
    else if (slot !== "name") stored[slot] = value;
    else {
      const at = text.indexOf(String(value));
      if (at < 0) errors.push({ path, message: "is not in the message as it is written here" });
      else Object.assign(stored, { [nameAt]: at, [nameLength]: String(value).length });
    }
  }
  if (errors.length > 0) throw wrong(errors);
  return { intent: known, slots: stored };
}

function wrong(errors: FieldError[]): DomainError {
  return new DomainError("invalid", "label-wrong", "This is no label of the guide.", { errors });
}

/** Where the name stands that an operator labelled. */
export function labelledName(slots: StoredSlots): { at: number; length: number } | null {
  const { [nameAt]: at, [nameLength]: length } = slots;
  return typeof at === "number" && typeof length === "number" ? { at, length } : null;
}

/** The slots as an operator gave them; without the name where the message is no longer there. */
export function shownSlots(slots: StoredSlots, text: string | null): StoredSlots {
  const { [nameAt]: _at, [nameLength]: _length, ...others } = slots;
  const name = labelledName(slots);
  if (!name || text === null) return others;
  return { name: text.slice(name.at, name.at + name.length), ...others };
}
