import messages from "./texts/import-messages.es.json" with { type: "json" };

/** What is wrong at a place of a spreadsheet, in words for who corrects it. Throws for a code without words. */
export function sayImportFinding(
  code: string,
  parameters: Readonly<Record<string, string | number>> = {},
): string {
  const text = (messages as Readonly<Record<string, string>>)[code];
  if (text === undefined) throw new Error(`There are no words for ${code}`);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    if (value === undefined) throw new Error(`The words for ${code} need ${name}`);
    return String(value);
  });
}
