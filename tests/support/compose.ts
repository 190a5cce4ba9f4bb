import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

/** infra/compose.yaml as the tests read it: what each container is told, with its settings filled in. */

const infra = join(import.meta.dirname, "../../infra");

type Container = {
  readonly environment?: Readonly<Record<string, string | number | boolean>>;
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string }>> | readonly string[];
  readonly networks?: readonly string[];
  readonly restart?: string;
};
export type Compose = { readonly text: string; readonly services: Readonly<Record<string, Container>> };
export type Settings = Readonly<Record<string, string>>;

export async function readCompose(file = "compose.yaml"): Promise<Compose> {
  const text = await readFile(join(infra, file), "utf8");
  const { services } = parse(text, { merge: true }) as { services: Record<string, Container> };
  return { text, services };
}

/** The settings of infra/.env.example as they stand there: what is to be filled in is empty. */
export async function readExample(): Promise<Settings> {
  const text = await readFile(join(infra, ".env.example"), "utf8");
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

const reference = /\$\{([A-Z_]+)(?::([?-])([^}]*))?\}/g;

/** Names of the settings that a compose file asks for, and those without which it refuses to start. */
export function settingsAskedFor({ text }: Compose): { all: Set<string>; needed: Set<string> } {
  const all = new Set<string>();
  const needed = new Set<string>();
  for (const [, name = "", operator] of text.matchAll(reference)) {
    all.add(name);
    if (operator === "?") needed.add(name);
  }
  return { all, needed };
}

/** The example, filled in by someone who follows its comments. */
export function filledIn(compose: Compose, example: Settings, more: Settings = {}): Settings {
  const { needed } = settingsAskedFor(compose);
  const empty = [...needed].filter((name) => example[name] === "");
  const secrets = Object.fromEntries(empty.map((name) => [name, `${name}-0123456789-0123456789`]));
  const twilio = {
    TWILIO_ACCOUNT_SID: "AC0123",
    TWILIO_AUTH_TOKEN: "token",
    TWILIO_FROM: "+15005550006",
  };
  return { ...example, ...secrets, ...twilio, ...more };
}

/** What the container's process finds in its environment. Throws, as compose does, for a needed one left empty. */
export function environmentOf(container: Container, settings: Settings): Record<string, string> {
  const fill = (value: string) =>
    value.replace(reference, (_, name: string, operator?: string, rest = "") => {
      const given = settings[name] ?? "";
      if (given === "" && operator === "?") throw new Error(`${name} ${rest}`);
      return given === "" && operator === "-" ? rest : given;
    });
  return Object.fromEntries(
    Object.entries(container.environment ?? {}).map(([name, value]) => [name, fill(String(value))]),
  );
}
