import { refuseWordless } from "@minka/contracts/actor";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { Person, updatePerson as contract } from "@minka/contracts/profiles";
import type { Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, type Context, type Means } from "@minka/service/act";
import { and, eq, isNull } from "@minka/database/query";
import { record } from "../acts.ts";
import { consents, people } from "../tables.ts";
import { refuseUnknownDistrict } from "./district.ts";
import { lockPerson } from "./lock-people.ts";
import { readPersonRow } from "./phone-holder.ts";
import { personUnknown, refuseOthers } from "./read-person.ts";
import { breaksUnique } from "./unique-violation.ts";

type Input = HandlerInput<typeof contract>;

/** What is said on the way of asking for something, by whoever has the phone in hand. */
const saidOnTheWay: readonly string[] = ["districtCode", "language"];

/** `not-your-profile`, `word-needed` (403) for more than where they are and in which language they read. */
export async function updatePerson(
  { db, clock }: Means,
  context: Pick<Context, "actor" | "trace">,
  { params: { personId }, body }: Input,
): Promise<{ person: Person }> {
  refuseOthers(context.actor, personId);
  if (Object.keys(body).some((field) => !saidOnTheWay.includes(field)))
    refuseWordless(context.actor, personId);
  refuseUnknownDistrict(body.districtCode);
  const at = clock();
  refuseImpossible(body, at);
  const { contactHours, wallets, ...fields } = body;
  try {
    return await db.transaction(async (tx) => {
      await lockPerson(tx, personId);
      if (body.language) await refuseLanguageUnasked(tx, personId);
      await tx
        .update(people)
        .set({
          ...fields,
          ...(wallets === undefined ? {} : { wallets: [...new Set(wallets)] }),
          ...(contactHours === undefined
            ? {}
            : { contactFromHour: contactHours?.from ?? null, contactToHour: contactHours?.to ?? null }),
          updatedAt: at,
        })
        .where(eq(people.id, personId));
      const person = await readPersonRow(tx, personId);
      if (!person) throw personUnknown();
      await record(tx, actOf(context, at), "person.update", personId);
      return { person };
    });
  } catch (error) {
    if (breaksUnique(error, "people_dni")) throw dniTaken();
    throw error;
  }
}

/** Younger than those who run a farm or help on it: a slip of who types. */
const youngestAge = 12;

function refuseImpossible({ birthYear, contactHours }: Input["body"], at: Date): void {
  const age = birthYear ? Number(limaDay(at).slice(0, 4)) - birthYear : youngestAge;
  if (age < 0) {
    throw new DomainError("invalid", "birth-year-in-future", "Nobody is born in a year to come.", {
      errors: [{ path: "body.birthYear", message: "is in the future" }],
    });
  }
  if (age < youngestAge) {
    throw new DomainError("invalid", "birth-year-too-late", `People here are ${youngestAge} or older.`, {
      errors: [{ path: "body.birthYear", message: `makes them younger than ${youngestAge}` }],
    });
  }
  if (contactHours && contactHours.from >= contactHours.to) {
    throw new DomainError("invalid", "contact-hours-reversed", "The first hour comes before the last.", {
      errors: [{ path: "body.contactHours.to", message: "must be later than `from`" }],
    });
  }
}

async function refuseLanguageUnasked(tx: Transaction, personId: string): Promise<void> {
  const [agreed] = await tx
    .select({ id: consents.id })
    .from(consents)
    .where(
      and(eq(consents.personId, personId), eq(consents.purpose, "language"), isNull(consents.withdrawnAt)),
    )
    .limit(1);
  if (agreed) return;
  throw new DomainError(
    "invalid",
    "language-needs-consent",
    "A mother tongue tells where somebody comes from: it is kept only with the consent `language`.",
    { errors: [{ path: "body.language", message: "needs the consent `language`" }] },
  );
}

/** Says nothing of who has it, nor whether they are a member, a provider or whatever else. */
function dniTaken(): DomainError {
  return new DomainError(
    "conflict",
    "dni-taken",
    "This DNI cannot be entered. If it is yours, ask an operator for help.",
    { errors: [{ path: "body.dni", message: "cannot be entered" }] },
  );
}
