import type { Answer } from "@minka/contracts/endpoint";
import { changePledge, listOwnPledges, makePledge, withdrawPledge } from "@minka/contracts/lot-pledges";
import { listLots } from "@minka/contracts/lots";
import type { Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { sayDueDay } from "@minka/language/say-due-day";
import { readCropState } from "@minka/language/read-crop-state";
import { readHarvest, readLotWish, type HarvestSaid, type LotWish } from "@minka/language/read-lot-words";
import { phrase, renderText, said, sayDeadline, word } from "@minka/language/texts";
import { limaDay } from "@minka/domain/lima-time";
import { unlessAway } from "../credit/own-credit-status.ts";
import { decideOnce } from "./decide-once.ts";
import { offTheMenu, picked } from "./menus.ts";
import { fitSegments, shortName } from "./say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

type Lot = Answer<typeof listLots>["items"][number];
type Pledge = Answer<typeof listOwnPledges>["items"][number];

const questionHours = 48;
const mostListed = 3;
const titleLengths = [48, 40, 32, 24, 18];

/** "LOTE 8 qq", "retiro mi cacao del lote", LOTE: what somebody offers to a lot of theirs, and how it stands. */
export async function answerLot(turn: Turn): Promise<Outcome | null> {
  const wish = readLotWish(turn.text);
  if (!wish || !turn.person?.consented) return null;
  const { person } = turn;
  const [lots, pledges] = await Promise.all([openLots(turn, person), openPledges(turn, person)]);
  return act(turn, { person, lots, pledges, wish });
}

/** What ESTADO says of what somebody has offered to lots, until it is decided what of it is taken. */
export async function describeLots(turn: Turn): Promise<Outcome | null> {
  const { person } = turn;
  if (!person?.consented) return null;
  const all = await unlessAway(() => openPledges(turn, person));
  const pledges = all.filter(({ takenGrams }) => takenGrams === null);
  if (pledges.length === 0) return null;
  return sayOwn(turn, pledges, await unlessAway(() => openLots(turn, person)));
}

const sayOwn = (turn: Turn, pledges: readonly Pledge[], lots: readonly Lot[]): Outcome => ({
  say: pledges.slice(0, mostListed).map((each) => sayPledge(turn, each, lots)),
});

type Matter = { person: Person; lots: readonly Lot[]; pledges: readonly Pledge[]; wish: LotWish };

async function act(turn: Turn, { person, lots, pledges, wish }: Matter): Promise<Outcome | null> {
  const { crop } = turn.heard.slots;
  const fitting = lots.filter((lot) => crop === undefined || lot.crop === crop);
  // Who named their cacao leaves their coffee where it is.
  const own = pledges.find(({ lotId }) => fitting.some(({ id }) => id === lotId));
  if (wish.kind === "withdraw") return withdraw(turn, own, lots);
  if (wish.kind === "status" && pledges.length > 0) return sayOwn(turn, pledges, lots);
  const [only, ...others] = fitting;
  if (!only) return say("lot_none");
  const offered = wish.kind === "pledge" ? wish.said : null;
  if (others.length > 0 && !own) return askWhich(turn, fitting.slice(0, mostListed), offered);
  const lot = own ? (fitting.find(({ id }) => id === own.lotId) ?? only) : only;
  return offered ? pledge(turn, person, lot.id, offered) : askHowMuch(turn, lot);
}

async function openLots(turn: Turn, person: Person): Promise<Lot[]> {
  const query = { personId: person.id, state: "open" } as const;
  const { items } = await turn.kit.call(listLots, { query }, turn.step("lots"));
  return items.filter(({ pledgeUntil }) => new Date(pledgeUntil) > turn.now);
}

async function openPledges(turn: Turn, person: Person): Promise<Pledge[]> {
  const { items } = await turn.kit.call(
    listOwnPledges,
    { params: { personId: person.id }, query: { state: "open" } },
    turn.step("pledges"),
  );
  return items.filter(({ carriedFrom }) => carriedFrom === null);
}

function askWhich(turn: Turn, lots: readonly Lot[], offered: HarvestSaid | null): Outcome {
  const text = (longest: number) =>
    renderText(
      "lots",
      {
        options: lots
          .map(({ title, organizer }, index) =>
            [`${index + 1} ${shortName(title, longest)}`, shortName(organizer.name, longest)].join(", "),
          )
          .join("\n"),
      },
      turn.language,
    );
  return {
    ask: {
      subject: { kind: "lots", lotIds: lots.map(({ id }) => id), said: offered },
      text: fitSegments(text, titleLengths),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

function askHowMuch(turn: Turn, { id, title, crop, cropState }: Lot): Outcome {
  const harvest = (language: string) => sayHarvest({ crop, cropState }, language);
  return {
    ask: {
      subject: { kind: "lot-amount", lotId: id },
      text: said("lot_amount", { lot: shortName(title, 48), harvest }),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

function sayHarvest({ crop, cropState }: Pick<Lot, "crop" | "cropState">, language: string): string {
  return `${word("crop", crop, language)} ${word("crop_state", cropState, language)}`;
}

/** A number of the list of lots, or how much goes into the one that was asked about. */
export async function answerLotQuestion(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "lots" && subject?.kind !== "lot-amount") return null;
  const { intent } = turn.heard;
  if (intent === "decline" || intent === "cancel_request")
    return { ...say("lot_left_alone"), answered: true };
  if (!["choose", "unknown", "request_buyer", "request_input"].includes(intent) || !turn.person) return null;
  if (subject.kind === "lot-amount") {
    const offered = readHarvest(turn.text);
    if (!offered) return { ...say("lot_amount_again"), puzzled: true };
    return { ...(await pledge(turn, turn.person, subject.lotId, offered)), answered: true };
  }
  const number = picked(turn.text);
  if (number === null) return null;
  const lotId = number === "several" ? undefined : subject.lotIds[number - 1];
  if (!lotId) return offTheMenu(turn, say("lots_again"));
  if (subject.said) return { ...(await pledge(turn, turn.person, lotId, subject.said)), answered: true };
  const lot = (await openLots(turn, turn.person)).find(({ id }) => id === lotId);
  return { ...(lot ? askHowMuch(turn, lot) : say("lot_closed")), answered: true };
}

/** Offers it, or changes what they have offered, in the lot's state unless they say another. */
async function pledge(turn: Turn, person: Person, lotId: string, amount: HarvestSaid): Promise<Outcome> {
  const decided = await decideOnce(turn, "pledge", async () => {
    const own = (await openPledges(turn, person)).find((each) => each.lotId === lotId);
    return {
      pledgeId: own?.id ?? null,
      kept: own && {
        variety: own.variety,
        certificates: own.certificates,
        plotIds: own.plotIds,
        pointId: own.pointId,
      },
    };
  });
  const lots = await openLots(turn, person);
  const lot = lots.find(({ id }) => id === lotId);
  if (!lot) return say("lot_closed");
  const cropState = readCropState(turn.text, lot.crop);
  const body = { ...decided?.kept, amount, ...(cropState ? { cropState } : {}) };
  try {
    const pledgeId = decided?.pledgeId;
    if (pledgeId) await turn.kit.call(changePledge, { params: { pledgeId }, body }, turn.step("pledge"));
    else
      await turn.kit.call(
        makePledge,
        { params: { lotId }, body: { personId: person.id, ...body } },
        turn.step("pledge"),
      );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.category === "invalid") return { ...say("lot_amount_again"), puzzled: true };
    if (error.category === "unavailable") throw error;
    return say("lot_closed");
  }
  const now = (await openPledges(turn, person)).find((each) => each.lotId === lotId);
  return now ? { say: [sayPledge(turn, now, lots, "lot_pledged")] } : say("lot_closed");
}

function sayAmount({ amount, unit }: Pledge["amount"], state: Pledge["cropState"], language: string): string {
  return `${amount} ${word(amount === 1 ? "unit_one" : "unit_many", unit, language)} ${word("crop_state", state, language)}`;
}

function sayPledge(
  { now, language }: Turn,
  { lotId, amount, cropState, conversions, grams, weighedGrams, takenGrams, leftGrams }: Pledge,
  lots: readonly Lot[],
  key: "lot_pledged" | "lot_status" = "lot_status",
): string {
  const kg = (weight: number) => `${Math.round(weight / 100) / 10} kg`;
  const lot = lots.find(({ id }) => id === lotId);
  if (!lot)
    return renderText(
      "lot_standing",
      {
        pledged: kg(weighedGrams ?? grams),
        standing:
          takenGrams === null
            ? phrase(weighedGrams === null ? "lot_waits" : "lot_weighed", {}, language)
            : phrase("lot_taken", { taken: kg(takenGrams), left: kg(leftGrams ?? 0) }, language),
      },
      language,
    );
  const text = (longest: number) =>
    renderText(
      key,
      {
        lot: shortName(lot.title, longest),
        // What was said in another state is said in both: nobody is counted less without seeing it.
        pledged: `${conversions.length > 0 ? `${sayAmount(amount, cropState, language)} = ` : ""}${kg(grams)} de ${sayHarvest(lot, language)}`,
        deadline: sayDeadline(new Date(lot.pledgeUntil), now, language),
        day: sayDueDay(lot.collectFrom, limaDay(now), language),
      },
      language,
    );
  return fitSegments(text, titleLengths);
}

async function withdraw(turn: Turn, own: Pledge | undefined, lots: readonly Lot[]): Promise<Outcome> {
  // Who is in several reads which of them it was.
  const lot = lots.find(({ id }) => id === own?.lotId);
  const decided = await decideOnce(turn, "pledge-withdraw", async () =>
    own && lot ? { pledgeId: own.id, lot: shortName(lot.title, 48) } : null,
  );
  if (!decided) return say("lot_none");
  try {
    const params = { pledgeId: decided.pledgeId };
    await turn.kit.call(withdrawPledge, { params }, turn.step("pledge-withdraw"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return say("lot_closed");
  }
  return say("lot_withdrawn", { lot: decided.lot });
}
