import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { correctProvider as contract, ProviderKind } from "@minka/contracts/providers";
import type { Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { eq } from "@minka/database/query";
import { widestAreas } from "../offers/posting-rows.ts";
import { providers } from "../tables.ts";
import { refuseUnknownAreas, refuseUnknownDistrict } from "./district.ts";
import { contactHasNotAgreed } from "./contact-agrees.ts";
import { allowedFrom } from "./provider-lifecycle.ts";
import { readLenderEntry, refuseWrongIdentity } from "./provider-identity.ts";
import {
  isOperator,
  lockGovernedProvider,
  peopleBehind,
  readManagedOrganizations,
  type ProviderRow,
} from "./provider-rights.ts";
import { agrees } from "./read-agreed-person.ts";
import { recordAct } from "./record-act.ts";
import { refreshProvider } from "./refresh-provider.ts";
import { refuseForeignOrganization, type Context, type Services } from "./register-provider.ts";
import { refuseTwins } from "./refuse-twins.ts";
import { currentStaff } from "./staff.ts";

type Input = HandlerInput<typeof contract>["body"];

/**
 * Changes what is given. Who a provider is stays as it was verified: `identity-settled` (409) with the way back
 * to a draft. `not-staff`, `contact-is-provider` and `contact-has-not-agreed` (409) for another contact person than
 * there can be.
 */
export async function correctProvider(
  services: Services,
  context: Context,
  { params: { providerId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { db, clock, call } = services;
  const { actor, trace } = context;
  if (body.districtCode !== undefined) refuseUnknownDistrict(body.districtCode);
  if (body.coverage) refuseUnknownAreas(body.coverage);
  if (body.organizationId) await refuseForeignOrganization(services, context, body.organizationId);
  const agreed = body.personId === undefined || (await agrees(call, body.personId, trace));
  const managed = await readManagedOrganizations({ call }, actor, trace);
  return refuseTwins(db, body.personId, () =>
    db.transaction(async (tx) => {
      const at = clock();
      const provider = await lockGovernedProvider(tx, actor, providerId, managed);
      const after = { ...identityOf(provider), ...definedOf(body) };
      refuseWrongIdentity(after);
      const changed = changedIdentity(provider, body);
      if (changed.length > 0 && provider.state !== "draft")
        throw identitySettled(provider, changed, isOperator(actor));
      if (body.personId !== undefined && body.personId !== provider.personId) {
        await refuseOtherContact(tx, provider, body.personId);
        if (!agreed) throw contactHasNotAgreed();
      }
      await tx
        .update(providers)
        .set({
          ...rowOf(body),
          confirmedOn: limaDay(at),
          // Who writes what is to be verified may not be who verifies it.
          ...(changed.length > 0
            ? { makers: [...new Set([...provider.makers, ...peopleBehind(actor)])] }
            : {}),
        })
        .where(eq(providers.id, providerId));
      await refreshProvider(tx, providerId, at);
      const fields = Object.keys(definedOf(body)).join(" ");
      await recordAct(tx, context, { at, action: "correct", providerId, about: fields });
      return { providerId, state: provider.state };
    }),
  );
}

function identityOf(provider: ProviderRow) {
  const { form, kinds, name, legalName, organizationId, lenderRegister, documentType, documentNumber } =
    provider;
  const document =
    documentType && documentNumber !== null ? { type: documentType, number: documentNumber } : null;
  return { form, kinds, name, legalName, organizationId, lenderRegister, document };
}

/** Without what was not given: null takes a value away, undefined leaves it. */
function definedOf(body: Input): Partial<Input> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

const settled = ["name", "legalName", "document", "organizationId", "lenderRegister"] as const;

function changedIdentity(provider: ProviderRow, body: Input): string[] {
  const before = identityOf(provider);
  const given = {
    ...body,
    ...(body.lenderRegister ? { lenderRegister: readLenderEntry(body.lenderRegister) } : {}),
  };
  const fields: string[] = settled.filter(
    (field) => given[field] !== undefined && !same(given[field], before[field]),
  );
  const becomes = (kind: ProviderKind) => body.kinds?.includes(kind) && !provider.kinds.includes(kind);
  return becomes("lender") ? [...fields, "kinds"] : fields;
}

function same(a: unknown, b: unknown): boolean {
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return a === b;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => left[key] === right[key]);
}

function identitySettled({ state }: ProviderRow, changed: readonly string[], operator: boolean): DomainError {
  const allowed = allowedFrom(state, operator ? "operator" : "provider");
  return new DomainError("conflict", "identity-settled", `Who a provider is cannot change while ${state}.`, {
    details: { state, allowed },
    errors: changed.map((field) => ({ path: `body.${field}`, message: "changes only in a draft" })),
  });
}

/** Asks to a person's own entry are theirs: whoever helps them acts in their name. */
async function refuseOtherContact(tx: Transaction, provider: ProviderRow, personId: string): Promise<void> {
  if (provider.form === "person") {
    throw new DomainError(
      "conflict",
      "contact-is-provider",
      "This provider is a person, who is asked themself.",
    );
  }
  const staff = await currentStaff(tx, provider);
  if (staff.some((member) => member.personId === personId)) return;
  throw new DomainError("conflict", "not-staff", "The contact person is one of the staff.", {
    errors: [{ path: "body.personId", message: "is not of the staff" }],
  });
}

function rowOf({ document, lenderRegister, coverage, ...plain }: Input) {
  return {
    ...plain,
    ...(coverage ? { coverage: widestAreas(coverage) } : {}),
    ...(lenderRegister === undefined ? {} : { lenderRegister: readLenderEntry(lenderRegister) }),
    ...(document === undefined
      ? {}
      : { documentType: document?.type ?? null, documentNumber: document?.number ?? null }),
  };
}
