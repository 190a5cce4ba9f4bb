import { readDataFile, type PersonalFile } from "@minka/contracts/personal-data";
import { DomainError } from "@minka/domain/errors";
import type { App } from "@minka/http/app";
import type { Caller } from "@minka/http/caller";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { WebConfig } from "../../config.ts";
import { sendPage } from "../send-page.ts";
import { goneDataPage, ownDataPage } from "./own-data-page.ts";

const address = "/mis-datos/:token";
type WithToken = { Params: { token: string } };

/** The file that Minka keeps of a person, by the link in their SMS: a page that asks, and a button that spends it. */
export function serveOwnData(app: App, { call }: { call: Caller }, { simulator }: WebConfig): void {
  const shown = { withSimulator: simulator !== null };

  app.get(address, (request, reply) => sendPage(request, reply, { page: ownDataPage(shown) }));

  app.post<WithToken>(address, async (request, reply) => {
    const file = await takeFile(request);
    if (!file) return sendPage(request, reply, { status: 404, page: goneDataPage(shown) });
    return sendFile(reply, file);
  });

  async function takeFile(request: FastifyRequest<WithToken>): Promise<PersonalFile | null> {
    const { token } = request.params;
    try {
      return await call(readDataFile, { params: { token } }, { trace: request.id });
    } catch (error) {
      if (error instanceof DomainError && (error.category === "not-found" || error.category === "invalid"))
        return null;
      throw error;
    }
  }
}

function sendFile(reply: FastifyReply, file: PersonalFile): FastifyReply {
  return reply
    .header("content-disposition", 'attachment; filename="mis-datos-minka.json"')
    .header("cache-control", "no-store")
    .type("application/json; charset=utf-8")
    .send(Buffer.from(JSON.stringify(file, null, 2)));
}
