import { refuseWhileActing, refuseWordless, type Actor } from "@minka/contracts/actor";
import { settledBehindWord } from "@minka/contracts/people";
import { DomainError } from "@minka/domain/errors";
import type { ConsentPurpose } from "@minka/domain/vocabulary";
import { refuseOthers } from "../people/read-person.ts";

type Told = {
  channel?: "sms" | "web" | "api" | "spoken" | undefined;
  witness?: string | undefined;
  at?: string | undefined;
};

type Settling = { readonly purpose: ConsentPurpose; readonly act: keyof typeof settledBehindWord };

type Telling = {
  readonly channel: "sms" | "web" | "api" | "spoken";
  readonly witness: string | null;
  readonly at: Date;
};

/** Clocks of a gateway and of this machine may differ a little. */
const toleratedSkewMs = 10 * 60 * 1000;

/**
 * Consent is the person's own word. They give it themself; a service passes on what came by SMS or on a
 * page; an operator writes down what was spoken before a witness with a name, and nothing else. Nobody
 * does while acting in the person's place, and some of it not as one of several at a phone.
 */
export function readTelling(
  actor: Actor,
  personId: string,
  { purpose, act }: Settling,
  told: Told,
  now: Date,
): Telling {
  refuseWhileActing(actor);
  refuseOthers(actor, personId);
  if (settledBehindWord[act].includes(purpose)) refuseWordless(actor, personId);
  const at = told.at === undefined ? now : new Date(told.at);
  if (at.getTime() > now.getTime() + toleratedSkewMs) {
    throw new DomainError("invalid", "consent-in-future", "A consent cannot be of the future.");
  }
  if (actor.kind === "service") {
    if (told.channel !== "sms" && told.channel !== "web") throw channelRefused("a service says sms or web");
    return { channel: told.channel, witness: null, at };
  }
  if (actor.kind === "person" && actor.personId === personId) {
    const channel = told.channel ?? "api";
    if (channel !== "web" && channel !== "api") throw channelRefused("a person says web or api");
    // Their own word counts from when it is given here.
    return { channel, witness: null, at: now };
  }
  if (told.channel !== "spoken") {
    throw new DomainError(
      "forbidden",
      "not-your-consent",
      "Only the person themself agrees or withdraws; an operator records what was spoken before a witness.",
    );
  }
  if (told.witness === undefined) {
    throw new DomainError("invalid", "witness-needed", "What was spoken needs a witness with a name.", {
      errors: [{ path: "body.witness", message: "is needed where the channel is spoken" }],
    });
  }
  return { channel: "spoken", witness: told.witness, at };
}

function channelRefused(message: string): DomainError {
  return new DomainError("invalid", "channel-wrong", "This channel is not this caller's.", {
    errors: [{ path: "body.channel", message }],
  });
}
