import { disputeReasons } from "@minka/contracts/disputes";
import type { Request } from "@minka/contracts/matching";
import { disputeWords } from "../provider/work-words.ts";

type Disputed = Partial<Record<(typeof disputeReasons)[number], string>>;

const ofWork: Disputed = {
  bad_work: "El trabajo quedó mal",
  did_not_come: "No vino nadie",
  not_finished: "No terminaron",
  price: "Me cobraron otro precio",
  other: "Otra cosa",
};
const ofGoods: Disputed = {
  did_not_come: "No me lo entregaron",
  not_finished: "Faltó una parte",
  bad_work: "Llegó otra cosa o llegó mal",
  price: "Me cobraron otro precio",
  other: "Otra cosa",
};
/** Who sells is the one to be paid; everybody else pays. */
const ofHarvest: Disputed = {
  not_paid: "No me pagaron",
  price: "Me pagaron otro precio",
  did_not_come: "No me recibieron la cosecha",
  other: "Otra cosa",
};

/** What may be wrong from the side of who asked, the likeliest first. */
export function disputeOptions(request: Pick<Request, "need">) {
  return Object.entries(wordsOf(request)).map(([value, words]) => ({ value, words }));
}

function wordsOf({ need }: Pick<Request, "need">): Disputed {
  return need.kind === "purchase"
    ? ofHarvest
    : need.kind === "input" || need.kind === "equipment"
      ? ofGoods
      : ofWork;
}

export const isDisputed = ({ engagement }: Pick<Request, "engagement">) => engagement?.state === "disputed";

/** What a side said is wrong, as it was put to it; null where nobody did, and for what is settled. */
export function complaintOf(request: Request): { by: "requester" | "provider"; words: string } | null {
  const { by, why } = request.reason?.parameters ?? {};
  const reason = disputeReasons.find((one) => one === why);
  if (!isDisputed(request) || !reason) return null;
  if (by === "requester") return { by, words: wordsOf(request)[reason] ?? "Otra cosa" };
  return by === "provider" ? { by, words: disputeWords[reason] } : null;
}
