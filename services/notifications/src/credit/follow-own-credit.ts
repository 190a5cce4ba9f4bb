import type { CreditProduct } from "@minka/contracts/credit-products";
import { submitCredit, type Credit } from "@minka/contracts/credits";
import { listMemberships } from "@minka/contracts/memberships";
import { readOrganization } from "@minka/contracts/organizations";
import type { Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { formatSoles } from "@minka/domain/money";
import { renderText, sayDeadline } from "@minka/language/texts";
import { saidWording } from "@minka/language/say-wording";
import { askingServices, type AskedKind } from "../conversations/confirmations.ts";
import { fitSegments, shortName } from "../conversations/say-match.ts";
import { say, type Outcome, type Turn } from "../conversations/turn.ts";
import { askOfCredit } from "./ask-of-credit.ts";
import { compare, offerProducts } from "./offer-products.ts";
import { readOwn, standingOf } from "./own-credits.ts";
import { missingOf, sayMissing } from "./say-product.ts";
import { sayStanding } from "./say-standing.ts";

/** Whoever comes back to a credit that is begun: the next question of it, or how it stands. */
export async function goOn(turn: Turn, person: Person, credit: Credit): Promise<Outcome> {
  const { id, state } = credit;
  if (state === "more_asked")
    return (await askAgain(turn, "credit-more", id)) ?? standing(turn, person, credit);
  if (state === "approved")
    return (await askAgain(turn, "credit-terms", id)) ?? standing(turn, person, credit);
  if (state === "accepted")
    return (await askWhetherItCame(turn, person, credit)) ?? standing(turn, person, credit);
  if (state !== "draft") return standing(turn, person, credit);
  const origination = credit.consents.find(({ consent }) => consent === "origination");
  if (origination && origination.given !== true)
    return (await askAgain(turn, "credit-origination", id)) ?? standing(turn, person, credit);
  if (!credit.chosen) return offerProducts(turn, person, { creditId: id, declared: null });
  const vouch = await askForBacking(turn, person, credit);
  if (vouch) return vouch;
  const history = credit.consents.find(({ consent }) => consent === "history");
  if (history?.given === null)
    return (await askAgain(turn, "credit-history", id)) ?? standing(turn, person, credit);
  return askToSend(turn, person, credit);
}

/** Whether the money came that the lender says it paid out: asked until there is an answer. */
export async function askWhetherItCame(turn: Turn, person: Person, credit: Credit): Promise<Outcome | null> {
  if (credit.state !== "accepted") return null;
  const { handedOver } = await standingOf(turn, person, credit.id);
  return handedOver?.askId ? askAgain(turn, "credit-received", handedOver.askId) : null;
}

async function standing(turn: Turn, person: Person, credit: Credit): Promise<Outcome> {
  return { say: [sayStanding(turn, credit, await standingOf(turn, person, credit.id))] };
}

/** The question of another service once more, as it stands now; null once it needs no answer. */
export async function askAgain(turn: Turn, what: string, id: string): Promise<Outcome | null> {
  const kind = what as AskedKind;
  const { read } = askingServices.brokering;
  const { question } = await turn.kit.call(read, { params: { kind, id } }, turn.step(what));
  if (!question) return null;
  return {
    ask: {
      subject: {
        kind: "confirmation",
        service: "brokering",
        what: kind,
        id,
        personId: question.personId,
        version: question.version,
      },
      text: saidWording(question, turn.now),
      expiresAt: new Date(question.expiresAt),
    },
  };
}

async function chosenProduct(
  turn: Turn,
  person: Person,
  { id, chosen }: Credit,
): Promise<CreditProduct | undefined> {
  const { eligible, nearly, others } = await compare(turn, person, id);
  return [...eligible, ...nearly, ...others].find(({ offerId }) => offerId === chosen?.offerId);
}

/** Who could vouch for what the chosen lender misses and has not been asked: an organization, or else neighbours. */
export async function askForBacking(turn: Turn, person: Person, credit: Credit): Promise<Outcome | null> {
  const product = await chosenProduct(turn, person, credit);
  if (!product) return null;
  const wouldDo = missingOf(product).flatMap((one) => one.wouldDo);
  const { endorsements, guarantee } = await standingOf(turn, person, credit.id);
  if (wouldDo.some(({ how }) => how === "ask_endorsement") && endorsements.length === 0) {
    const organizations = await organizationsOf(turn, person);
    if (organizations.length > 0)
      return askToVouch(turn, { creditId: credit.id, personId: person.id, organizations });
  }
  // An association vouches for its own, unless it said no.
  const declined = endorsements.length > 0 && endorsements.every(({ state }) => state === "refused");
  const byNeighbours = wouldDo.some(
    ({ requirement, how }) => how === "name_guarantors" || (declined && requirement === "group_guarantee"),
  );
  const isNamed = guarantee !== null && guarantee.state !== "failed";
  if (!byNeighbours || isNamed) return null;
  return askOfCredit(
    turn,
    { kind: "credit", step: "guarantors", creditId: credit.id, personId: person.id },
    "credit_guarantors",
  );
}

const mostOrganizations = 3;

/** Where somebody is a member and which could vouch: a group of neighbours is none. */
async function organizationsOf(turn: Turn, person: Person): Promise<{ id: string; name: string }[]> {
  const params = { personId: person.id };
  const { memberships } = await turn.kit.call(listMemberships, { params }, turn.step("memberships"));
  const active = memberships.filter(({ state }) => state === "active");
  const read = await Promise.all(
    active.map(({ organizationId }) =>
      turn.kit.call(readOrganization, { params: { organizationId } }, turn.step("organization")),
    ),
  );
  return read
    .filter(({ organization }) => organization.kind !== "informal_group")
    .slice(0, mostOrganizations)
    .map(({ organization: { id, name } }) => ({ id, name }));
}

type Vouching = { creditId: string; personId: string; organizations: { id: string; name: string }[] };

function askToVouch(turn: Turn, vouching: Vouching): Outcome {
  const { organizations } = vouching;
  const subject = { kind: "credit", step: "vouch", ...vouching } as const;
  const [only, ...others] = organizations;
  if (only && others.length === 0)
    return askOfCredit(turn, subject, "credit_vouch", { organization: shortName(only.name, 48) });
  const options = organizations.map(({ name }, index) => `${index + 1} ${shortName(name, 40)}`).join("\n");
  return askOfCredit(turn, subject, "credit_vouch_which", { options });
}

/** Whether it shall go to the lender now, with what is missing; while somebody is asked to vouch, that it waits. */
export async function askToSend(turn: Turn, person: Person, credit: Credit, asked = false): Promise<Outcome> {
  const { waitsFor, endorsements } = await standingOf(turn, person, credit.id);
  if (waitsFor === "organization" && !asked) {
    const waited = endorsements.find(({ state }) => state === "asked" || state === "proposed");
    return say("credit_waits_vouch", { organization: await nameOf(turn, waited?.organizationId) });
  }
  if (waitsFor === "guarantors" && !asked) return say("credit_waits_guarantors");
  const product = await chosenProduct(turn, person, credit);
  const missing = product ? missingOf(product) : [];
  const amount = formatSoles(credit.amountCentimos);
  const lender = shortName(credit.chosen?.lenderName ?? "", 30);
  const { id: creditId, version } = credit;
  const subject = { kind: "credit", step: "send", creditId, version, personId: person.id } as const;
  if (missing.length === 0) return askOfCredit(turn, subject, "credit_send", { amount, lender });
  return askOfCredit(turn, subject, "credit_send_missing", {
    amount,
    lender,
    missing: (language) => sayMissing(missing, language),
  });
}

async function nameOf(turn: Turn, organizationId: string | undefined): Promise<string> {
  if (organizationId === undefined) return "";
  const params = { organizationId };
  const { organization } = await turn.kit.call(readOrganization, { params }, turn.step("organization"));
  return shortName(organization.name, 48);
}

/** Sends it as they read it: one that is another by now is asked about anew; of one that is sent already, how it stands. */
export async function sendCredit(
  turn: Turn,
  person: Person,
  { creditId, version }: { creditId: string; version: number | undefined },
): Promise<Outcome> {
  if (version === undefined) return goOn(turn, person, await readOwn(turn, person, creditId));
  try {
    await turn.kit.call(
      submitCredit,
      { params: { creditId }, body: { version, personId: person.id } },
      turn.step("submit"),
    );
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    const credit = await readOwn(turn, person, creditId);
    return error.code === "changed-meanwhile" ? goOn(turn, person, credit) : standing(turn, person, credit);
  }
  const credit = await readOwn(turn, person, creditId);
  const { until } = await standingOf(turn, person, creditId);
  const text = (longest: number) =>
    renderText(
      "credit_sent",
      {
        lender: shortName(credit.chosen?.lenderName ?? "", longest),
        deadline: sayDeadline(new Date(until ?? turn.now), turn.now, turn.language),
      },
      turn.language,
    );
  return { say: [fitSegments(text, [40, 30, 24])] };
}
