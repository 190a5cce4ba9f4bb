import { newId } from "@minka/database/new-id";
import { eq, lt } from "@minka/database/query";
import { hiddenFields, isFile, textOf, type FormValues } from "../forms/form-values.ts";
import { interrupted } from "../tables.ts";
import type { InterruptedForm } from "./seal.ts";
import type { SessionMeans } from "./sessions.ts";

/** As long as somebody needs to find their phone and type a code, with a signal that comes and goes. */
export const interruptedSeconds = 60 * 60;
/** Longer ones are no form that anybody typed. */
const longest = 64 * 1024;
/** Who leaves has left; and a private word is not kept for a moment. */
const notKept = new Set(["/salir", "/mi/datos/palabra"]);
const tagShape = /^[\w-]{16}$/;

type Means = Pick<SessionMeans, "db" | "clock" | "keys">;

/**
 * Keeps a form that came when the sign-in was over, for the person on whose page it stood; returns under which id.
 * Null for a form of nobody's page, and for what is not kept. Files are left out: who sends them chooses them again.
 */
export async function keepInterrupted(
  { db, clock, keys }: Means,
  {
    path,
    values,
    ...where
  }: Pick<InterruptedForm, "address" | "page" | "params"> & { path: string; values: FormValues },
): Promise<string | null> {
  const tag = textOf(values, hiddenFields.person);
  if (tag === undefined || !tagShape.test(tag) || notKept.has(path)) return null;
  const fields = Object.entries(values).flatMap(([name, value]) =>
    isFile(value) ? [] : [value].flat().map((text): [string, string] => [name, text]),
  );
  const withFile = Object.values(values).some((value) => isFile(value) && value.bytes.length > 0);
  const [id, now] = [newId(), clock()];
  const sealed = keys.sealForm(id, { ...where, tag, fields, withFile });
  if (sealed.length > longest) return null;
  await db.read.delete(interrupted).where(lt(interrupted.expiresAt, now));
  const expiresAt = new Date(now.getTime() + interruptedSeconds * 1000);
  await db.read.insert(interrupted).values({ id, sealed, expiresAt });
  return id;
}

/** What this person was sending; null, and it is gone, where it was somebody else or it is too long ago. */
export async function findInterrupted(
  means: Means,
  id: string | null,
  { tag }: { tag: string },
): Promise<InterruptedForm | null> {
  if (id === null) return null;
  const [row] = await means.db.read.select().from(interrupted).where(eq(interrupted.id, id));
  const form = row && row.expiresAt > means.clock() ? means.keys.openForm(id, row.sealed) : null;
  if (form?.tag === tag) return form;
  await forgetInterrupted(means, id);
  return null;
}

export async function forgetInterrupted({ db }: Pick<Means, "db">, id: string | null): Promise<void> {
  if (id !== null) await db.read.delete(interrupted).where(eq(interrupted.id, id));
}

/** The values of a form that waits, as a form brings them. */
export function valuesOf({ fields }: InterruptedForm): FormValues {
  const values: Record<string, string | string[]> = {};
  for (const [name, value] of fields) {
    const before = values[name];
    values[name] = before === undefined ? value : [before, value].flat();
  }
  return values;
}

/** Whether this is the form that was being sent: it has come now, whatever it led to. */
export function isSame(form: InterruptedForm, sent: { command: string | null; values: FormValues }): boolean {
  const waiting = valuesOf(form);
  return (
    textOf(waiting, hiddenFields.command) === sent.command &&
    textOf(waiting, hiddenFields.action) === textOf(sent.values, hiddenFields.action)
  );
}
