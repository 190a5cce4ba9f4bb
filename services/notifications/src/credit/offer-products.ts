import { declarable, type Obtaining } from "@minka/contracts/credit-words";
import type { CreditProduct } from "@minka/contracts/credit-products";
import { changeCredit, compareProducts, readCredit } from "@minka/contracts/credits";
import type { Person } from "@minka/contracts/profiles";
import { formatSoles } from "@minka/domain/money";
import { renderText, word } from "@minka/language/texts";
import { hoursFrom, type Outcome, type Turn } from "../conversations/turn.ts";
import { askOfCredit, questionHours } from "./ask-of-credit.ts";
import type { Declarable } from "./credit-questions.ts";
import { missingOf, sayMissing, sayProducts, soonestOf } from "./say-product.ts";

/**
 * Compares what lenders offer and lists what is within reach, what is complete first. Where nothing is, and it has not
 * been asked yet, people say what they have; then why nothing fits, and what would change it. `declared`: what they
 * said, or null before they were asked.
 */
export async function offerProducts(
  turn: Turn,
  person: Person,
  { creditId, declared }: { creditId: string; declared: readonly Declarable[] | null },
): Promise<Outcome> {
  const { call } = turn.kit;
  const own = { params: { creditId }, query: { personId: person.id } };
  const { credit } = await call(readCredit, own, turn.step("credit-read"));
  const { amountCentimos, months, purpose } = credit;
  if (declared !== null)
    await call(
      changeCredit,
      {
        params: { creditId },
        body: { amountCentimos, months, purpose, declared: [...declared], personId: person.id },
      },
      turn.step("declare"),
    );
  const { eligible, nearly, others: all } = await compare(turn, person, creditId);
  // Nothing that one has makes a lender lend another sum.
  const others = all.filter(({ reasons }) => !reasons.some(({ code }) => code === "outside-amount"));
  const within = [...eligible, ...nearly];
  const term = within.length === 0 ? otherTerm(others) : null;
  if (term)
    return askOfCredit(
      turn,
      { kind: "credit", step: "other-months", creditId, personId: person.id },
      "credit_months_outside",
      term,
    );
  const toSay = declared === null && eligible.length === 0 ? askable([...within, ...others]) : [];
  if (toSay.length > 0) return askWhatTheyHave(turn, { creditId, personId: person.id }, toSay);
  if (within.length === 0) return sayNone({ amountCentimos, others });
  const { language } = turn;
  const { text, listed } = sayProducts(within, { amountCentimos, months, language });
  return {
    ask: {
      subject: {
        kind: "credit",
        step: "products",
        creditId,
        personId: person.id,
        offerIds: listed.map(({ offerId }) => offerId),
      },
      text,
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

export function compare(turn: Turn, person: Person, creditId: string) {
  return turn.kit.call(
    compareProducts,
    { params: { creditId }, body: { personId: person.id } },
    turn.step("compare"),
  );
}

/** What is missing and only they know whether they have, in one order. */
function askable(products: readonly CreditProduct[]): Declarable[] {
  const missing = new Set(
    products.flatMap(({ requirements }) =>
      requirements.flatMap(({ wouldDo }) =>
        wouldDo.flatMap(({ requirement, how }) => (how === "say_you_have_it" ? [requirement] : [])),
      ),
    ),
  );
  return declarable.filter((one) => missing.has(one));
}

function askWhatTheyHave(
  turn: Turn,
  of: { creditId: string; personId: string },
  options: Declarable[],
): Outcome {
  const list = (language: string) =>
    options.map((option, index) => `${index + 1} ${word("credit_declared", option, language)}`).join("\n");
  return askOfCredit(turn, { kind: "credit", step: "declare", ...of, options }, "credit_declare", {
    options: list,
  });
}

const termOf = ({ reasons }: CreditProduct) => reasons.find(({ code }) => code === "outside-months");

/** In how many months all that there is has to be paid back, where that is what keeps it out of reach. */
function otherTerm(others: readonly CreditProduct[]): { least: number; most: number } | null {
  const terms = others.flatMap((product) => termOf(product) ?? []);
  if (terms.length === 0 || terms.length < others.length) return null;
  return {
    least: Math.min(...terms.map(({ parameters }) => Number(parameters["least"]))),
    most: Math.max(...terms.map(({ parameters }) => Number(parameters["most"]))),
  };
}

type Found = { amountCentimos: number; others: readonly CreditProduct[] };

/** In one line why nothing fits, and what would change it. */
function sayNone({ amountCentimos, others }: Found): Outcome {
  const [nearest] = others
    .filter((product) => termOf(product) === undefined)
    .toSorted((a, b) => missingOf(a).length - missingOf(b).length);
  const missing = nearest ? missingOf(nearest) : [];
  const ways = missing.map((one) => soonestOf(one).how);
  const way = helps.find((how) => ways.includes(how)) ?? "not_here";
  return {
    say: [
      (language) =>
        renderText(
          missing.length > 0 ? "credit_none" : "credit_none_now",
          {
            amount: formatSoles(amountCentimos),
            ...(missing.length > 0
              ? {
                  missing: sayMissing(missing.slice(0, mostSaid), language),
                  change: word("credit_way", way, language),
                }
              : {}),
          },
          language,
        ),
    ],
  };
}

const mostSaid = 3;
/** What one is advised to do first. */
const helps: readonly Obtaining[] = [
  "join_organization",
  "ask_endorsement",
  "name_guarantors",
  "ask_visit",
  "ask_certificate",
  "sign_contract",
  "say_you_have_it",
];
