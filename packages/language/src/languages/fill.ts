const placeholder = /\{(\w+)\}/g;

/** What a text leaves to be filled in. */
export function parametersOf(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(placeholder), ([, name = ""]) => name))];
}

/** Fills in the parameters; throws for one that is not given, which is an error and not a hole. */
export function fill(text: string, parameters: Readonly<Record<string, string | number>>): string {
  const filled = text.replace(placeholder, (_, name: string) => {
    const value = parameters[name];
    if (value === undefined) throw new Error(`the parameter ${name} is missing`);
    return String(value);
  });
  // "las 6 p. m." at the end of a sentence brings its own full stop.
  return filled.replaceAll("..", ".");
}
