import longest from "./longest-parameters.json" with { type: "json" };

/**
 * The longest realistic value of each parameter of a text, as services shorten them: what its budget is measured
 * with. `<text>.<parameter>` in the file goes before `<parameter>`.
 */
export function longestValues(key: string): Readonly<Record<string, string>> {
  const own = Object.entries(longest).flatMap(([name, value]) => {
    const [text, parameter] = name.split(".");
    return parameter !== undefined && text === key ? [[parameter, value] as const] : [];
  });
  return { ...longest, ...Object.fromEntries(own) };
}
