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

const signedByPhone = [
  {
    name: "X-Signature",
    in: "header",
    required: true,
    schema: { type: "string" },
    description: "HMAC-SHA256 of the body and the moment after it, in hexadecimal",
  },
  {
    name: "X-Timestamp",
    in: "header",
    required: true,
    schema: { type: "string" },
    description: "When it was signed, in seconds since 1970; ten minutes off at most",
  },
];

/** What a gateway calls. Its shape is the gateway's, not a contract of ours, so it is described by hand. */
export const gatewayPaths = {
  "/sms/android/webhooks": {
    post: {
      operationId: "postSmsAndroidWebhooks",
      tags: [gateways.name],
      summary: "An SMS that the Android phone received for Minka, or what became of one that it sent.",
      description:
        "May be called by: the phone with SMS Gateway for Android. Callbacks may come twice, or in any order.",
      parameters: signedByPhone,
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: {
              type: "object",
              properties: {
                event: text(
                  "sms:received, sms:sent, sms:delivered, sms:failed or sms:cancelled; others change nothing",
                ),
                payload: {
                  type: "object",
                  properties: {
                    messageId: text("The id of a message that Minka sent"),
                    sender: text("Who wrote"),
                    message: text("What was written"),
                    receivedAt: text("When the network took it"),
                    reason: text("Why it failed"),
                  },
                },
              },
              required: ["event", "payload"],
            },
          },
        },
      },
      responses: {
        "204": { description: "Stored or noted" },
        "403": { description: "The signature is not the phone's" },
      },
    },
  },
  "/sms/twilio/inbound": {
    post: {
      operationId: "postSmsTwilioInbound",
      tags: [gateways.name],
      summary: "An SMS that Twilio received for Minka.",
      description:
        "May be called by: Twilio. A repeated MessageSid changes nothing. The answer holds no text. WhatsApp has the same at /sms/twilio-whatsapp/inbound.",
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
      description:
        "May be called by: Twilio. Callbacks may come twice, or in any order. WhatsApp has the same at /sms/twilio-whatsapp/status.",
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
