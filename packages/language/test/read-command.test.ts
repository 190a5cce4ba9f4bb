import { readFileSync } from "node:fs";
import path from "node:path";
import { readCommand } from "@minka/language/read-command";
import { expect, test } from "vitest";

test.each([
  ["AQUI", { kind: "here" }],
  ["ya estoy aki, gracias", { kind: "here" }],
  ["REVISAR por favor", { kind: "review" }],
  ["quiero que revisen mi lista", { kind: "review" }],
  ["¿por qué?", { kind: "why", of: null }],
  ["xq", { kind: "why", of: null }],
  ["porq el segundo?", { kind: "why", of: 2 }],
  ["por que la Mirtha", { kind: "why", of: "named" }],
  ["BLOQUEAR", { kind: "block", named: false }],
  ["no quiero trabajar mas con ese tecnico", { kind: "block", named: false }],
  ["bloquear a Juan Perez", { kind: "block", named: true }],
  ["ya no quiero nada con juan", { kind: "block", named: true }],
])("'%s' is %o", (text, command) => {
  expect(readCommand(text)).toEqual(command);
});

test.each([
  "aqui en tocache",
  "revisar mi cacao",
  "no quiero a ese",
  "no quiero nada",
  "no quiero mas mensajes",
  "porque tengo monilia en mi cacao necesito un tecnico urgente para mi chacra",
])("'%s' is none", (text) => {
  expect(readCommand(text)).toBeNull();
});

test("none of the labelled messages that ask for something is taken for a command that names nobody", () => {
  const files = ["messages", "more-messages", "field", "held-out", "last-held-out", "controls"];
  const taken = files.flatMap((name) =>
    readFileSync(path.join(import.meta.dirname, `labelled/${name}.jsonl`), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { text: string; intent: string })
      .filter(({ text, intent }) => {
        const command = readCommand(text);
        const named =
          command?.kind === "block" ? command.named : command?.kind === "why" && command.of === "named";
        return command && !named && intent !== "unknown";
      })
      .map(({ text, intent }) => `${intent}: ${text}`),
  );
  expect(taken).toEqual([]);
});
