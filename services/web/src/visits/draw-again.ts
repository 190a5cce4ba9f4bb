import { DomainError } from "@minka/domain/errors";
import type { Attempt } from "../forms/attempt.ts";
import { hiddenFields, textOf } from "../forms/form-values.ts";
import { valuesOf } from "../sessions/interrupted-forms.ts";
import type { InterruptedForm } from "../sessions/seal.ts";
import { Destination } from "./destination.ts";
import type { SignedVisit } from "./visit.ts";

/** A form that waits, as its page shows it: filled in as it was, and said beside it that it has not come. */
export function asWritten(form: InterruptedForm): Attempt {
  const typed = valuesOf(form);
  return {
    action: textOf(typed, hiddenFields.action) ?? "",
    typed,
    errors: {},
    problem: "Esto no llegó: su entrada terminó antes. Revíselo y envíelo.",
  };
}

type Drawn = { readonly title: string; readonly told: NonNullable<Attempt["told"]> };

/** What the page of a form that waits says of it; null where the page is no longer there for this person. */
export async function drawAgain(visit: SignedVisit, form: InterruptedForm): Promise<Drawn | null> {
  const page = visit.means.pages.find(({ path }) => path === form.page);
  if (!page || (page.who === "operator" && !visit.person.operator)) return null;
  const address = new URL(form.address, visit.origin);
  const there = {
    ...visit,
    params: form.params,
    path: address.pathname,
    query: Object.fromEntries(address.searchParams),
    misread: new Map(),
  };
  const told: Drawn["told"] = new Map();
  try {
    const data = await page.read(there as never);
    if (data instanceof Destination) return null;
    const { title } = page.show(there as never, data as never, { ...asWritten(form), told });
    return { title, told };
  } catch (error) {
    if (error instanceof DomainError && error.category !== "unauthenticated") return null;
    throw error;
  }
}
