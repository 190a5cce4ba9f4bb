import { simulatorRead, simulatorSend } from "@minka/contracts/notifications";
import { DomainError } from "@minka/domain/errors";
import type { App } from "@minka/http/app";
import type { Caller } from "@minka/http/caller";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { WebConfig } from "../../config.ts";
import { sendPage } from "../send-page.ts";
import { isFromThisMachine } from "@minka/http/from-this-machine";
import { choosePhones, simulatorAddress, type PhonePair } from "./phones.ts";
import { simulatorPage, type Message } from "./simulator-page.ts";

type Unsent = { side: "a" | "b"; text: string };

const written = z.object({
  a: z.string(),
  b: z.string(),
  side: z.enum(["a", "b"]),
  text: z.string().max(20_000).default(""),
  /** A phrase to try wins over what stands in the field. */
  phrase: z.string().max(200).optional(),
});

/**
 * The phones to try Minka with; there only while no real gateway carries messages. The page reads with this service's
 * own token, so it has to be as closed to strangers as the endpoints behind it.
 */
export function serveSimulator(app: App, { call }: { call: Caller }, { simulator }: WebConfig): void {
  if (!simulator) return;

  const refuseStrangers = (request: FastifyRequest) => {
    const elsewhere = request.headers["sec-fetch-site"] === "cross-site" && request.method !== "GET";
    if (elsewhere || (!simulator.open && !isFromThisMachine(request))) {
      throw new DomainError(
        "forbidden",
        "simulator-closed",
        "The simulator answers only on its own machine.",
      );
    }
  };

  const readMessages = async (request: FastifyRequest, phone: string): Promise<Message[] | null> => {
    try {
      return (await call(simulatorRead, { query: { phone } }, { trace: request.id })).messages;
    } catch (error) {
      request.log.warn({ err: error }, "simulator page without messages");
      return null;
    }
  };

  const renderPhones = async (request: FastifyRequest, phones: PhonePair, unsent?: Unsent) => {
    const [a, b] = await Promise.all([readMessages(request, phones.a), readMessages(request, phones.b)]);
    return simulatorPage({ phones, messages: { a, b }, suggested: simulator.phones, unsent });
  };

  app.get("/simulator", async (request, reply) => {
    refuseStrangers(request);
    const phones = choosePhones(request.query, simulator.phones);
    return sendPage(request, reply, { page: await renderPhones(request, phones) });
  });

  app.post("/simulator/phones", async (request, reply) => {
    refuseStrangers(request);
    const form = written.safeParse(request.body);
    if (!form.success) throw new DomainError("invalid", "invalid-input", "Some fields are not valid.");
    const { side, phrase } = form.data;
    const phones = choosePhones(form.data, simulator.phones);
    const text = phrase ?? form.data.text;
    if (text.trim() === "") return reply.redirect(simulatorAddress(phones), 303);
    try {
      await call(simulatorSend, { body: { from: phones[side], text } }, { trace: request.id });
    } catch (error) {
      request.log.warn({ err: error }, "simulated message not sent");
      const page = await renderPhones(request, phones, { side, text });
      return sendPage(request, reply, { status: 503, page });
    }
    return reply.redirect(simulatorAddress(phones), 303);
  });
}
