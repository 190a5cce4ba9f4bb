import { catalogs } from "@minka/language/languages/all-texts";
import { fill, parametersOf } from "@minka/language/languages/fill";
import { firstLanguage } from "@minka/language/languages/language-files";
import { longestValues } from "@minka/language/languages/longest-values";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { html } from "../../design/html.ts";
import { empty, notice, pager, stateMark } from "../../design/parts.ts";
import { filters, table, type Filter } from "../../design/table.ts";
import { operatorPage, signedFile } from "../../visits/page.ts";
import { csvFile } from "./desk-list.ts";
import { numberWords } from "./list-query.ts";
import { settingsPath, settingsViews } from "./weights-page.ts";

const path = `${settingsPath}/textos` as const;
const inPage = 25;

/** A text as the longest that may leave, with what it takes. */
type Shown = {
  readonly text: string;
  readonly units: number;
  readonly segments: number;
  readonly allowed: number;
};

type Query = Readonly<Record<string, string | undefined>>;

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const shownTexts = new Map<string, readonly Shown[]>();

/** Texts are read once, when the process starts; so are these. */
function textsIn(language: string): readonly Shown[] {
  const known = shownTexts.get(language);
  if (known) return known;
  const made = Object.entries(catalogs.get(language)?.texts ?? {}).flatMap(([key, entry]) => {
    if (!entry) return [];
    const text = filled(entry.text, longestValues(key));
    const { units, segments } = countSegments(foldToGsm7(text));
    return [{ text, units, segments, allowed: entry.segments }];
  });
  shownTexts.set(language, made);
  return made;
}

/** A gap for which nobody keeps a longest value stays a gap. */
function filled(text: string, values: Readonly<Record<string, string>>): string {
  return fill(text, Object.fromEntries(parametersOf(text).map((name) => [name, values[name] ?? "…"])));
}

const languageOf = (query: Query) =>
  query["lengua"] !== undefined && catalogs.has(query["lengua"]) ? query["lengua"] : firstLanguage;

function found(query: Query): readonly Shown[] {
  const words = plain(query["busca"] ?? "");
  const size = Number(query["partes"]);
  return textsIn(languageOf(query)).filter(
    ({ text, segments }) =>
      (words === "" || plain(text).includes(words)) && (!query["partes"] || segments === size),
  );
}

const languageNames = new Intl.DisplayNames("es", { type: "language" });

const list: readonly Filter[] = [
  { name: "busca", label: "Que diga", type: "text" },
  {
    name: "partes",
    label: "Partes de SMS",
    options: ["1", "2", "3"].map((value) => ({
      value,
      words: value === "1" ? "1 parte" : `${value} partes`,
    })),
    all: "Cuantas sean",
  },
  ...(catalogs.size > 1
    ? [
        {
          name: "lengua",
          label: "Lengua",
          options: [...catalogs.keys()]
            .filter((tag) => tag !== firstLanguage)
            .map((value) => ({ value, words: languageNames.of(value) ?? value })),
          all: "castellano",
        },
      ]
    : []),
];

/** Every SMS text as long as it gets. They are files and not rows: read here, changed where they are reviewed. */
export const textsPage = operatorPage(path)({
  read: async ({ query }) => found(query),
  show: ({ query: { hecho: _done, ...query } }, texts) => {
    const start = Math.max(0, Math.min(texts.length, Math.trunc(Number(query["desde"] ?? 0)) || 0));
    const shown = texts.slice(start, start + inPage);
    const next = start + inPage < texts.length ? String(start + inPage) : null;
    return {
      title: "Textos de SMS",
      desk: true,
      main: html`<h1>Los ${numberWords(texts.length)} textos que Minka puede mandar</h1>
        ${settingsViews("textos")}
        ${notice("Aquí solo se leen. Los textos son archivos que van con el programa: cambian con una versión nueva que revisa otra persona, para que ninguno pase de sus partes de SMS. Una lengua más se agrega como carpeta de textos.")}
        ${filters(path, query, list, `${path}.csv`)}
        ${
          shown.length === 0
            ? empty("Ningún texto dice eso.", { href: path, words: "Ver todos" })
            : table(
                { caption: "Cada uno con los datos más largos que puede llevar", path, query },
                [
                  { title: "N.º", cell: (one: Shown) => texts.indexOf(one) + 1 },
                  { title: "Así se lee", cell: ({ text }) => text },
                  { title: "Letras", number: true, cell: ({ units }) => units },
                  {
                    title: "Partes",
                    number: true,
                    cell: ({ segments, allowed }) =>
                      segments > allowed ? stateMark(`${segments} de ${allowed}`, "bad") : segments,
                  },
                ],
                shown,
              )
        }
        ${pager(path, query, next)}`,
    };
  },
});

export const textsFile = signedFile(
  `${path}.csv`,
  async ({ query, today }) =>
    csvFile(
      `textos-${today}`,
      ["Texto", "Letras", "Partes", "Partes que puede tener"],
      found(query).map(({ text, units, segments, allowed }) => [text, units, segments, allowed]),
    ),
  "operator",
);
