import type { Person } from "@minka/contracts/profiles";
import { readLot } from "@minka/contracts/lots";
import { findProduct } from "@minka/language/find-product";
import { foldCase } from "@minka/language/fold";
import { approves, readRefusal } from "@minka/language/read-credit-words";
import { readCropNamed, readHarvest, readLotWish } from "@minka/language/read-lot-words";
import { inPacks, readPacks } from "@minka/language/read-packs";
import { leavesUnnamed, readPoolWish, saysLeaving } from "@minka/language/read-pool-words";
import { refuseCreditNow } from "../credit/answer-lender.ts";
import { withdrawCreditNow } from "../credit/call-off-credit.ts";
import { changeName } from "../speakers/change-name.ts";
import { answerLot, askPledgeAnew, leaveLot, lotsToLeave, pledge } from "./answer-lot.ts";
import { answerPool, askPackSize, askSureOrder } from "./answer-pool.ts";
import { namesOther, type Matter, type SureAct } from "./ask-sure.ts";
import { offTheMenu, picked } from "./menus.ts";
import { leavePoolOf, orderPacks, poolsToLeave } from "./order-packs.ts";
import { poolsOf } from "./own-pools.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** SI or NO to "is that what you want?"; whoever says it anew in other words is asked anew. */
export async function answerSure(turn: Turn): Promise<Outcome | null> {
  const { prompt, person, text, heard } = turn;
  if (prompt?.subject.kind !== "sure" || !person) return null;
  const { act: asked } = prompt.subject;
  const said = sayOf(turn, asked, await namesOtherGoods(turn, person, asked));
  switch (said) {
    case "yes":
      return (
        (heard.intent === "confirm" ? await askedAnew(turn, person, asked) : null) ?? {
          ...(await act(turn, person, asked)),
          answered: true,
        }
      );
    case "no":
      return { ...say("sure_no"), answered: true };
    case "leaves":
      return leaveInstead(turn, person, asked);
    case "approves":
      return { ...say("credit_lender_web"), answered: true };
    case "other":
      // As it would be read if nothing were asked: to who is asked SI or NO "salgo del lote" sounds like a yes.
      return heard.intent !== "unknown" && readsAsWish(text)
        ? answerWish({ ...turn, heard: { ...heard, intent: "unknown" } })
        : null;
    case "unclear":
      return { ...say("answer_yes_or_no"), puzzled: true };
  }
}

type Said = "yes" | "no" | "leaves" | "approves" | "other" | "unclear";

/** "No quiero cancelar", "no me saque". */
const keeps =
  /\b(no|nunca|tampoco) (me |lo |la |le |se |quiero |kiero |deseo |voy a |ya )*(cancel|anul|sal[gi]|retir|sacar|saqu|quit|desist|renunci)/;

function sayOf({ text, heard: { intent } }: Turn, asked: SureAct, ofOtherGoods: boolean): Said {
  const matter = matterOf[asked.what];
  const isLeaving = asked.what === "leave-pool" || asked.what === "leave-lot";
  if (asked.what === "credit-refuse") {
    if (approves(text)) return "approves";
    // "Rechazo" and "no presto" are what is asked.
    const refusal = readRefusal(text);
    if (refusal && [refusal.reason, refusal.number, refusal.amountCentimos].every((each) => each === null))
      return "yes";
  }
  if (leavesUnnamed(text)) {
    if (isLeaving || asked.what === "credit-withdraw") return "yes";
    return asked.what === "credit-refuse" ? "unclear" : "leaves";
  }
  if (saysLeaving(text)) {
    if (!readsAsWish(text)) return "unclear";
    return isLeaving && wantsOut(text) && !ofOtherGoods && !namesOther(text, matter) ? "yes" : "other";
  }
  switch (intent) {
    case "confirm":
      return ofOtherGoods ? "unclear" : "yes";
    case "decline":
      return changes(text, asked) ? "other" : "no";
    case "cancel_request":
      if (ofOtherGoods || namesOther(text, matter)) return "other";
      if (keeps.test(foldCase(text.slice(0, 200)))) return "no";
      return isLeaving || asked.what === "credit-withdraw" ? "yes" : "no";
    case "unknown":
      return readsAsWish(text) ? "other" : "unclear";
    default:
      return "other";
  }
}

const matterOf: Readonly<Record<SureAct["what"], Matter | null>> = {
  "order-packs": "pool",
  "leave-pool": "pool",
  pledge: "lot",
  "leave-lot": "lot",
  "credit-withdraw": "credit",
  "credit-refuse": "credit",
  rename: null,
};

/** "Sí, pero de guano" is no yes to urea. */
async function namesOtherGoods(turn: Turn, person: Person, asked: SureAct): Promise<boolean> {
  if (asked.what === "rename") return false;
  const product = findProduct(turn.text)?.name;
  const crop = readCropNamed(turn.text);
  if (asked.what === "credit-refuse" || (product === undefined && crop === undefined)) return false;
  if (asked.what === "pledge" || asked.what === "leave-lot") {
    if (crop === undefined) return true;
    const { lotId } = asked;
    const { lot } = await turn.kit.call(readLot, { params: { lotId } }, turn.step("lot"));
    return lot.crop !== crop;
  }
  // "Cinco para mi cacao" is of any purchase.
  if (product === undefined) return false;
  if (asked.what === "credit-withdraw") return true;
  const pool = (await poolsOf(turn, person)).find(({ id }) => id === asked.poolId);
  return pool !== undefined && ![pool.product, "fertilizer"].some((each) => each === product);
}

const wantsOut = (text: string): boolean =>
  readPoolWish(text)?.kind === "leave" || readLotWish(text)?.kind === "withdraw";

const readsAsWish = (text: string): boolean => Boolean(readPoolWish(text) ?? readLotWish(text));

/** "No, mejor 10" wants another number. */
function changes(text: string, { what }: SureAct): boolean {
  const wish = what === "order-packs" ? readPoolWish(text) : what === "pledge" ? readLotWish(text) : null;
  return wish?.kind === "change" || (wish?.kind === "pledge" && wish.said !== null);
}

const answerWish = async (turn: Turn): Promise<Outcome | null> =>
  (await answerLot(turn)) ?? (await answerPool(turn));

/** "Sí, pero con 10" is a yes to ten, which nobody has asked about yet. */
async function askedAnew(turn: Turn, person: Person, asked: SureAct): Promise<Outcome | null> {
  const counted = readPacks(turn.text);
  if (asked.what === "pledge") {
    const { unit, amount } = asked.amount;
    const bare = counted?.unit === undefined && counted ? { amount: counted.packs, unit } : null;
    const said = readHarvest(turn.text) ?? bare;
    if (!said || (said.amount === amount && said.unit === unit)) return null;
    return askPledgeAnew(turn, person, asked.lotId, said);
  }
  if (asked.what !== "order-packs" || !counted) return null;
  const pool = (await poolsOf(turn, person)).find(({ id }) => id === asked.poolId);
  if (!pool) return null;
  const said = inPacks(counted, pool.pack);
  if (!said) return { ...askPackSize(turn, pool), answered: true };
  const { packs, minimum, maximum } = asked.packs;
  const isSame = said.packs === packs && said.minimum === minimum && said.maximum === maximum;
  return isSame ? null : askSureOrder(turn, pool, said);
}

/** SALGO to "shall it be seven?": it is not, and who is in may want out. */
async function leaveInstead(turn: Turn, person: Person, asked: SureAct): Promise<Outcome> {
  const all = asked.what === "pledge" ? await lotsToLeave(turn, person) : await poolsToLeave(turn, person);
  const own = all.find(({ leaving }) =>
    leaving.what === "leave-lot"
      ? asked.what === "pledge" && leaving.lotId === asked.lotId
      : leaving.what === "leave-pool" && asked.what === "order-packs" && leaving.poolId === asked.poolId,
  );
  return own ? own.ask() : { ...say("sure_no"), answered: true };
}

/** A number of what they are in. */
export async function answerCallOffQuestion(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "call-off" || !turn.person) return null;
  const { intent } = turn.heard;
  const number = picked(turn.text);
  if (number === null) {
    if (intent === "decline") return { ...say("sure_no"), answered: true };
    if (intent !== "unknown" || readPoolWish(turn.text) || readLotWish(turn.text)) return null;
    return { ...say("call_off_again"), puzzled: true };
  }
  const leaving = number === "several" ? undefined : subject.leavings[number - 1];
  if (!leaving) return offTheMenu(turn, say("call_off_again"));
  return { ...(await act(turn, turn.person, leaving)), answered: true };
}

function act(turn: Turn, person: Person, asked: SureAct): Promise<Outcome> {
  switch (asked.what) {
    case "order-packs":
      return orderPacks(turn, person, asked.poolId, asked.packs);
    case "leave-pool":
      return leavePoolOf(turn, person, asked.poolId);
    case "pledge":
      return pledge(turn, person, asked.lotId, asked.amount, asked.cropState);
    case "leave-lot":
      return leaveLot(turn, asked);
    case "credit-withdraw":
      return withdrawCreditNow(turn, person, asked.creditId);
    case "credit-refuse":
      return refuseCreditNow(turn, person, asked);
    case "rename":
      return changeName(turn, person, asked.name);
  }
}
