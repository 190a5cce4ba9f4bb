import type { Subject } from "@minka/contracts/personal-data";
import { getTableColumns, sql } from "./query.ts";
import type { PgColumn } from "./table.ts";
import type { Transaction } from "./connect.ts";
import { isFullName } from "./forget-answers.ts";

/** Stands where a text named somebody who is erased. */
export const erasedMark = "[…]";

const variants = ["aáàâä", "eéèêë", "iíìîï", "oóòôö", "uúùûü", "nñ"];

/** Letters with and without accents: what is sent by SMS has lost some of them. */
function anyAccent(text: string): string {
  return Array.from(text.normalize("NFC"))
    .map((letter) => {
      const alike = variants.find((group) => group.includes(letter.toLowerCase()));
      return alike
        ? `[${alike}]`
        : letter.replace(/[^\p{L}\d]/u, (sign) => (/\s/.test(sign) ? "\\s+" : `\\${sign}`));
    })
    .join("");
}

/** A name, or the beginning of one, as it stands in a text. */
export function namePattern(name: string): string {
  const written = name.trim();
  return `\\m${anyAccent(written)}${/[\p{L}\d]$/u.test(written) ? "\\M" : ""}`;
}

/** A number as people write it: with or without the country's 51, in groups or not. */
function phonePattern(phone: string): string {
  const digits = phone.replace(/^\+(51(?=9\d{8}$))?/, "");
  return Array.from(digits).join("[ .-]?");
}

/**
 * A regular expression (PostgreSQL's, without regard to case) for texts that name the person: full name, number of
 * a phone that is theirs alone, or of a document. Null when there is nothing to look for.
 */
export function mentionPattern({ phones, names, documents }: Subject): string | null {
  const parts = [
    ...phones.map(phonePattern),
    ...documents.map((number) => `\\m${number}\\M`),
    ...names.filter(isFullName).map(namePattern),
  ];
  return parts.length === 0 ? null : parts.join("|");
}

/** Takes the person out of free texts that stand in rows about others or about nobody. */
export async function eraseMentions(
  tx: Transaction,
  columns: readonly PgColumn[],
  who: Subject,
): Promise<void> {
  const pattern = mentionPattern(who);
  if (pattern === null) return;
  for (const column of columns) {
    const { table } = column;
    const [name] = Object.entries(getTableColumns(table)).find(([, each]) => each === column) ?? [];
    if (!name) throw new Error(`${column.name} is no column of its table`);
    const kind = sql.raw(column.getSQLType());
    await tx
      .update(table)
      .set({ [name]: sql`regexp_replace(${column}::text, ${pattern}, ${erasedMark}, 'gi')::${kind}` })
      .where(sql`${column}::text ~* ${pattern}`);
  }
}
