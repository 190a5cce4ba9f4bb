import { changePledge, listOwnPledges, makePledge, withdrawPledge } from "@minka/contracts/lot-pledges";
import { listLots, readLot } from "@minka/contracts/lots";
import type { Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import type { CropState } from "@minka/domain/vocabulary";
import { findProduct } from "@minka/language/find-product";
import { isQuestion } from "@minka/language/is-question";
import type { Intent } from "@minka/language/intents";
import { readCropState } from "@minka/language/read-crop-state";
import {
  readCropNamed,
  readHarvest,
  readLotWish,
  type HarvestSaid,
  type LotWish,
} from "@minka/language/read-lot-words";
import { phrase, renderText, said } from "@minka/language/texts";
import { unlessAway } from "../credit/own-credit-status.ts";
import {
  askedInstead,
  askSure,
  askWhichToLeave,
  callsOffOther,
  doneAtOnce,
  type LeavingLine,
} from "./ask-sure.ts";
import { decideOnce } from "./decide-once.ts";
import { sayStatement } from "./own-statement.ts";
import { offTheMenu, picked } from "./menus.ts";
import { sayGrams, sayHarvest, sayMeasure, sayOpenLot, sayPledge, type Lot, type Pledge } from "./say-lot.ts";
import { fitSegments, shortName } from "./say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

const questionHours = 48;
const mostListed = 3;
const titleLengths = [48, 40, 32, 24, 18];

/** Beside these a message says something else, unless its words are plainly of a lot. */
const mayBeOfLot: readonly Intent[] = ["unknown", "choose", "join_pool", "ask_status", "cancel_request"];
const unlessPlain: readonly Intent[] = ["request_buyer", "request_input", "ask_price", "report_done", "help"];

/** "LOTE 8 qq", "retiro mi cacao del lote", LOTE: what somebody offers to a lot of theirs, and how it stands. */
export async function answerLot(turn: Turn): Promise<Outcome | null> {
  const wish = readLotWish(turn.text);
  const { intent } = turn.heard;
  if (!wish || !turn.person?.consented) return null;
  const isPlain = wish.sure && unlessPlain.includes(intent);
  if (!isPlain && !mayBeOfLot.includes(intent) && !(intent === "report_done" && wish.kind === "status"))
    return null;
  const { person } = turn;
  const [lots, pledges] = await Promise.all([openLots(turn, person), openPledges(turn, person)]);
  return askedInstead(turn, await act(turn, { person, lots, pledges, wish }));
}

/** What ESTADO says of what somebody has offered to lots, until it is decided what of it is taken. */
export async function describeLots(turn: Turn): Promise<Outcome | null> {
  const { person } = turn;
  if (!person?.consented) return null;
  const all = await unlessAway(() => openPledges(turn, person));
  const pledges = all.filter(({ takenGrams }) => takenGrams === null);
  const lots = pledges.length > 0 ? await unlessAway(() => openLots(turn, person)) : [];
  const say = [...(await sayStatement(turn, person, all)), ...(sayOwn(turn, pledges, lots).say ?? [])];
  return say.length > 0 ? { say } : null;
}

const sayOwn = (turn: Turn, pledges: readonly Pledge[], lots: readonly Lot[]): Outcome => ({
  say: pledges.slice(0, mostListed).map((each) => sayPledge(turn, each, lots)),
});

type Matter = { person: Person; lots: readonly Lot[]; pledges: readonly Pledge[]; wish: LotWish };

async function act(turn: Turn, { person, lots, pledges, wish }: Matter): Promise<Outcome | null> {
  const crop = turn.heard.slots.crop ?? readCropNamed(turn.text);
  const fitting = lots.filter((lot) => crop === undefined || lot.crop === crop);
  if (wish.kind === "withdraw") {
    // Who named their cacao leaves their coffee where it is.
    const mine = withLots(pledges, fitting);
    if (mine.length > 1)
      return askWhichToLeave(
        turn,
        mine.map((each) => leavingLot(turn, each)),
      );
    const closed = pledges.filter(({ lotId }) => !lots.some(({ id }) => id === lotId));
    const only = mine[0] ?? (await heldTooLong(turn, closed));
    if (only && !wish.sure) return askToLeaveLot(turn, only);
    return only ? withdraw(turn, only.pledge, [only.lot]) : withdraw(turn, undefined, lots);
  }
  if (wish.kind === "status") {
    if (pledges.length > 0) return sayOwn(turn, pledges, lots);
    if (!wish.sure) return null;
    if (isQuestion(turn.text) && fitting.length > 0)
      return { say: fitting.slice(0, mostListed).map((each) => sayOpenLot(turn, each)) };
  }
  const [only, ...others] = fitting;
  if (!only) return say("lot_none");
  const mine = withLots(pledges, fitting);
  const offered = wish.kind === "pledge" ? wish.said : null;
  // Who is in one means that one; of several it is asked.
  const lot = mine.length === 1 ? mine[0]?.lot : others.length === 0 ? only : undefined;
  if (!lot) return askWhich(turn, fitting.slice(0, mostListed), offered);
  if (!offered || wish.kind !== "pledge") return askHowMuch(turn, lot);
  const isAnew = mine.some(({ pledge: { lotId } }) => lotId === lot.id);
  if (!wish.sure || (isAnew && !wish.replaces)) return askToPledge(turn, { lot, offered, mine });
  return pledge(turn, person, lot.id, offered);
}

type Pledged = { readonly pledge: Pledge; readonly lot: Lot };

const withLots = (pledges: readonly Pledge[], lots: readonly Lot[]): Pledged[] =>
  pledges.flatMap((each) => {
    const lot = lots.find(({ id }) => id === each.lotId);
    return lot ? [{ pledge: each, lot }] : [];
  });

/** What they would take back, as a list of all that they are in says it. */
function leavingLot({ language }: Turn, { pledge: { id }, lot }: Pledged): LeavingLine {
  return {
    leaving: { what: "leave-lot", pledgeId: id, lotId: lot.id },
    line: (number) => phrase("call_off_lot", { number, lot: shortName(lot.title, 34) }, language),
  };
}

function askToLeaveLot(turn: Turn, { pledge: { id, grams }, lot }: Pledged): Outcome {
  const before = (language: string) => `${sayGrams(grams)} de ${sayHarvest(lot, language)}`;
  return askSure(
    turn,
    { what: "leave-lot", pledgeId: id, lotId: lot.id },
    said("lot_sure_leave", { before, lot: shortName(lot.title, 40) }),
  );
}

type Offering = { readonly lot: Lot; readonly offered: HarvestSaid; readonly mine: readonly Pledged[] };

function askToPledge(turn: Turn, { lot, offered, mine }: Offering): Outcome {
  const cropState = readCropState(turn.text, lot.crop);
  const harvest = { crop: lot.crop, cropState: cropState ?? lot.cropState };
  const amount = (language: string) => `${sayMeasure(offered, language)} de ${sayHarvest(harvest, language)}`;
  const title = shortName(lot.title, 40);
  const own = mine.find(({ pledge: { lotId } }) => lotId === lot.id)?.pledge;
  const before = (language: string) => `${sayGrams(own?.grams ?? 0)} de ${sayHarvest(lot, language)}`;
  return askSure(
    turn,
    { what: "pledge", lotId: lot.id, amount: offered, cropState },
    own
      ? said("lot_sure_change", { before, amount, lot: title })
      : said("lot_sure_pledge", { amount, lot: title }),
  );
}

/** What they are in and may leave: for SALGO and CANCELAR that name nothing. */
export async function lotsToLeave(turn: Turn, person: Person) {
  const [lots, pledges] = await Promise.all([openLots(turn, person), openPledges(turn, person)]);
  return withLots(pledges, lots).map((each) => ({
    ...leavingLot(turn, each),
    ask: () => askToLeaveLot(turn, each),
  }));
}

/** Takes back what they put into a lot, once they said so. */
export async function leaveLot(turn: Turn, { pledgeId, lotId }: { pledgeId: string; lotId: string }) {
  const { lot } = await turn.kit.call(readLot, { params: { lotId } }, turn.step("lot"));
  return takeBack(turn, { pledgeId, lot: shortName(lot.title, 48) });
}

/** What they brought and nobody has composed: a lot that is collected no more may still be left. */
async function heldTooLong(
  turn: Turn,
  pledges: readonly Pledge[],
): Promise<{ pledge: Pledge; lot: Lot } | null> {
  const { crop } = turn.heard.slots;
  for (const pledge of pledges.filter(({ takenGrams }) => takenGrams === null).slice(0, mostListed)) {
    const { lot } = await turn.kit.call(readLot, { params: { lotId: pledge.lotId } }, turn.step("lot"));
    const fits = crop === undefined || lot.crop === crop;
    if (fits && lot.state === "collecting" && lot.freeSince !== null) return { pledge, lot };
  }
  return null;
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

/** A number of the list of lots, or how much goes into the one that was asked about. */
export async function answerLotQuestion(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "lots" && subject?.kind !== "lot-amount") return null;
  const { intent } = turn.heard;
  if (callsOffOther(turn, "lot")) return null;
  if (intent === "decline" || intent === "cancel_request")
    return { ...say("lot_left_alone"), answered: true };
  if (!["choose", "unknown", "request_buyer", "request_input"].includes(intent) || !turn.person) return null;
  if (subject.kind === "lot-amount") {
    const lot = (await openLots(turn, turn.person)).find(({ id }) => id === subject.lotId);
    if (isOfOther(turn, lot)) return null;
    const offered = readHarvest(turn.text);
    if (isQuestion(turn.text)) {
      return lot ? { say: [sayOpenLot(turn, lot)], puzzled: true } : { ...say("lot_closed"), answered: true };
    }
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

/** "Vendo 20 quintales de café" puts nothing into a lot of cacao, and "5 kilos de urea" into none. */
function isOfOther({ text, heard: { slots } }: Turn, lot: Lot | undefined): boolean {
  const crop = slots.crop ?? readCropNamed(text);
  if (crop !== undefined) return lot !== undefined && crop !== lot.crop;
  return findProduct(text)?.kind === "input";
}

/** What they were asked whether to offer, of which they say another amount. */
export async function askPledgeAnew(turn: Turn, person: Person, lotId: string, offered: HarvestSaid) {
  const [lots, pledges] = await Promise.all([openLots(turn, person), openPledges(turn, person)]);
  const lot = lots.find(({ id }) => id === lotId);
  return lot
    ? askToPledge(turn, { lot, offered, mine: withLots(pledges, lots) })
    : { ...say("lot_closed"), answered: true };
}

/** Offers it, or changes what they have offered, in the lot's state unless they say another. */
export async function pledge(
  turn: Turn,
  person: Person,
  lotId: string,
  amount: HarvestSaid,
  said?: CropState | null,
): Promise<Outcome> {
  const decided = await decideOnce(turn, "pledge", async () => {
    const own = (await openPledges(turn, person)).find((each) => each.lotId === lotId);
    return {
      pledgeId: own?.id ?? null,
      kept: own && {
        variety: own.variety,
        plotIds: own.plotIds,
        pointId: own.pointId,
      },
    };
  });
  const lots = await openLots(turn, person);
  const lot = lots.find(({ id }) => id === lotId);
  if (!lot) return say("lot_closed");
  const cropState = said ?? readCropState(turn.text, lot.crop);
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
  return now ? doneAtOnce(turn, { say: [sayPledge(turn, now, lots, "lot_pledged")] }) : say("lot_closed");
}

async function withdraw(turn: Turn, own: Pledge | undefined, lots: readonly Lot[]): Promise<Outcome> {
  // Who is in several reads which of them it was.
  const lot = lots.find(({ id }) => id === own?.lotId);
  const decided = await decideOnce(turn, "pledge-withdraw", async () =>
    own && lot ? { pledgeId: own.id, lot: shortName(lot.title, 48) } : null,
  );
  return decided ? takeBack(turn, decided) : say("lot_none");
}

async function takeBack(turn: Turn, { pledgeId, lot }: { pledgeId: string; lot: string }): Promise<Outcome> {
  try {
    const params = { pledgeId };
    await turn.kit.call(withdrawPledge, { params }, turn.step("pledge-withdraw"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return say("lot_closed");
  }
  return doneAtOnce(turn, say("lot_withdrawn", { lot }));
}
