import { listChannels } from "@minka/contracts/channels";
import { sendText } from "@minka/contracts/notifications";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import type { App } from "@minka/http/app";
import { mountEndpoint, type CallContext } from "@minka/http/mount-endpoint";
import { DomainError } from "@minka/domain/errors";
import { renderText, type TextKey, type TextParameters } from "@minka/language/texts";
import type { Gateway } from "../gateways/gateway.ts";
import { idempotencyKeys } from "../tables.ts";
import { enqueueMessage } from "./enqueue-message.ts";
import { readChannelStates } from "./list-channels.ts";

type Kit = { readonly db: Database; readonly clock: Clock };

export function sendRoutes(app: App, kit: Kit & { readonly gateways: readonly Gateway[] }): void {
  mountEndpoint(app, listChannels, async () => readChannelStates(kit));
  mountEndpoint(app, sendText, async ({ body }, context) => sendCatalogText(kit, context, body));
}

/**
 * Sends a text that a person has just asked another service for. It is gone from here once it has been
 * tried, because a sign-in code is nobody's to read afterwards.
 */
async function sendCatalogText(
  { db, clock }: Kit,
  { claim, trace }: CallContext,
  { phone, text, parameters, expiresAt }: HandlerInput<typeof sendText>["body"],
): Promise<{ messageId: string }> {
  const rendered = renderChecked(text, parameters);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => ({
      messageId: await enqueueMessage(tx, {
        phone,
        text: rendered,
        at: clock(),
        trace,
        expiresAt: new Date(expiresAt),
        ephemeral: true,
        reply: true,
      }),
    })),
  );
}

function renderChecked(text: TextKey, parameters: TextParameters): string {
  try {
    return renderText(text, parameters);
  } catch (error) {
    const message = error instanceof Error ? error.message : "parameters are missing";
    throw new DomainError("invalid", "text-incomplete", "The text lacks what it names.", {
      errors: [{ path: "body.parameters", message }],
    });
  }
}
