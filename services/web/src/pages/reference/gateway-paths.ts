import { gateways } from "./groups.ts";

const signature = {
  name: "X-Twilio-Signature",
  in: "header",
  required: true,
  schema: { type: "string" },
  description: "HMAC-SHA1 of the public address and the sorted fields, in base64",
};

const refused = { description: "The signature is not Twilio's" };

function form(properties: Record<string, { type: "string"; description: string }>, required: string[]) {
  return {
    required: true,
    content: { "application/x-www-form-urlencoded": { schema: { type: "object", properties, required } } },
  };
}

const text = (description: string) => ({ type: "string" as const, description });

/** What a gateway calls. Its shape is Twilio's, not a contract of ours, so it is described by hand. */
export const gatewayPaths = {
  "/sms/twilio/inbound": {
    post: {
      operationId: "postSmsTwilioInbound",
      tags: [gateways.name],
      summary: "An SMS that Twilio received for Minka.",
      description:
        "May be called by: Twilio. A repeated MessageSid changes nothing. The answer holds no text.",
      parameters: [signature],
      requestBody: form(
        {
          MessageSid: text("Twilio's id of the message"),
          From: text("Who wrote, E.164"),
          To: text("Minka's number"),
          Body: text("What was written"),
        },
        ["MessageSid", "From", "Body"],
      ),
      responses: { "200": { description: "Stored" }, "403": refused },
    },
  },
  "/sms/twilio/status": {
    post: {
      operationId: "postSmsTwilioStatus",
      tags: [gateways.name],
      summary: "What became of an SMS that Minka sent.",
      description: "May be called by: Twilio. Callbacks may come twice, or in any order.",
      parameters: [signature],
      requestBody: form(
        {
          MessageSid: text("Twilio's id of the message"),
          MessageStatus: text("queued, sent, delivered, undelivered or failed"),
          ErrorCode: text("Twilio's code, when it failed"),
        },
        ["MessageSid", "MessageStatus"],
      ),
      responses: { "200": { description: "Noted" }, "403": refused },
    },
  },
};
