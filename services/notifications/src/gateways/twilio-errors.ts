import type { Retry } from "./gateway.ts";

/**
 * What Twilio's error codes ask for. A code that is not here will not turn out better the next time.
 * Source: Twilio's error and warning dictionary, https://www.twilio.com/docs/api/errors
 */
const retryByCode: Readonly<Record<string, Retry>> = {
  "20003": "pause", // the account's key is refused
  "20005": "pause", // the account is not active
  "20404": "pause", // there is no such account
  "20429": "busy", // too many requests; not processed
  "21211": "never", // not a phone
  "21610": "opted-out", // said STOP to Twilio itself
  "21611": "soon", // the sender's queue is full
  "21612": "elsewhere", // no route from this sender to that phone
  "21614": "never", // not a mobile
  "21635": "never", // a landline
  "21701": "pause", // the messaging service is gone
  "21703": "pause", // the messaging service has no numbers
  "30001": "soon", // the queue overflowed
  "30002": "pause", // the account is suspended
  "30003": "away", // the phone is off or out of coverage
  "30004": "never", // blocked by its owner or operator
  "30006": "never", // a landline, or an operator that cannot be reached
  "30007": "elsewhere", // an operator's filter stopped it
  "30036": "away", // the phone could not be reached in all the hours that Twilio keeps a message
  "30410": "soon", // the operator did not answer in time
  "63003": "elsewhere", // not on WhatsApp
  "63007": "pause", // the WhatsApp sender does not exist
  "63015": "elsewhere", // WhatsApp's sandbox, which that phone has not joined
  "63016": "elsewhere", // more than 24 hours since that phone wrote by WhatsApp
  "63018": "busy", // WhatsApp takes no more at this rate
  "63024": "elsewhere", // not on WhatsApp
  "63032": "elsewhere", // WhatsApp lets nobody write to that person
  "63049": "elsewhere", // WhatsApp chose not to deliver
  "63051": "pause", // WhatsApp has locked the business's account
};

/** Refusals that are sometimes a passing fault: how many attempts before they count. */
const attemptsByCode: Readonly<Record<string, number>> = {
  "30005": 2, // unknown destination
  "30008": 2, // unknown error
};

/** The sender may not write to the country of the phone. */
const destinationCodes = new Set(["21408", "21606"]);

/**
 * What to do about a refusal of attempt number `attempt` to `phone`. A destination that the account may not
 * write to stops the channel only when it is Peru: otherwise whoever asks for a sign-in code with a foreign
 * number could stop it for all.
 */
export function retryOf(code: string, { attempt, phone }: { attempt: number; phone: string }): Retry {
  if (destinationCodes.has(code)) return phone.startsWith("+51") ? "pause" : "never";
  const tries = attemptsByCode[code];
  if (tries !== undefined) return attempt < tries ? "soon" : "never";
  return retryByCode[code] ?? "never";
}
