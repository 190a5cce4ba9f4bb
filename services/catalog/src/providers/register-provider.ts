import { actorLabel } from "@minka/contracts/actor";
import type { registerProvider as contract } from "@minka/contracts/catalog";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { readPerson } from "@minka/contracts/profiles";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { isDni, isRuc } from "@minka/domain/identity-documents";
import { limaDay } from "@minka/domain/lima-time";
import type { Caller } from "@minka/http/caller";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, eq } from "drizzle-orm";
import { audit, idempotencyKeys, providers } from "../tables.ts";
import { refuseUnknownDistrict } from "./district.ts";

type Input = HandlerInput<typeof contract>["body"];

/**
 * Registers a provider as a draft: its offers are found only after an operator has verified it. Both 409:
 * `already-registered` for a person who is a provider of this kind, `document-taken` for another's document.
 */
export async function registerProvider(
  { db, clock, call }: { db: Database; clock: Clock; call: Caller },
  context: Pick<CallContext, "actor" | "trace" | "claim">,
  input: Input,
): Promise<HandlerAnswer<typeof contract>> {
  refuseUnknownDistrict(input.districtCode);
  if (input.document) refuseWrongDocument(input.document);
  await call(readPerson, { params: { personId: input.personId } }, { trace: context.trace });
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const at = clock();
      const [added] = await tx
        .insert(providers)
        .values({
          id: newId(),
          kind: input.kind,
          name: input.name,
          personId: input.personId,
          districtCode: input.districtCode,
          documentType: input.document?.type ?? null,
          documentNumber: input.document?.number ?? null,
          state: "draft",
          confirmedOn: limaDay(at),
          createdAt: at,
        })
        .onConflictDoNothing()
        .returning({ id: providers.id });
      if (!added) {
        const [own] = await tx
          .select({ providerId: providers.id })
          .from(providers)
          .where(and(eq(providers.personId, input.personId), eq(providers.kind, input.kind)));
        if (own) {
          throw new DomainError("conflict", "already-registered", "This person is a provider of this kind.", {
            details: own,
          });
        }
        throw new DomainError("conflict", "document-taken", "A provider of this kind has this document.");
      }
      await tx.insert(audit).values({
        id: newId(),
        at,
        actor: actorLabel(context.actor),
        action: "provider.register",
        subject: added.id,
        trace: context.trace,
      });
      return { providerId: added.id, state: "draft" as const };
    }),
  );
}

function refuseWrongDocument({ type, number }: { type: "dni" | "ruc"; number: string }): void {
  if (type === "dni" ? isDni(number) : isRuc(number)) return;
  throw new DomainError("invalid", "document-wrong", `This is not a valid ${type.toUpperCase()}.`, {
    errors: [
      {
        path: "body.document.number",
        message:
          type === "dni" ? "a DNI has eight digits" : "a RUC has eleven digits, the last a check digit",
      },
    ],
  });
}
