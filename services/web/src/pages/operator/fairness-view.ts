import type { Answer } from "@minka/contracts/endpoint";
import type { readFairness } from "@minka/contracts/fairness";
import { html, type Content } from "../../design/html.ts";
import { empty } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { kindWords } from "../../words/field-words.ts";
import { sexWords } from "./desk-words.ts";
import { decimalWords, shareWords } from "./list-query.ts";

type Fairness = Answer<typeof readFairness>;
type Served = { readonly requests: number; readonly unmatched: number; readonly unserved: number };
type Line = Served & { readonly who: string };

export const sizeWords = { small: "Chacra chica", medium: "Chacra mediana", large: "Chacra grande" } as const;
const sizeOf = (size: string | null): string =>
  size !== null && Object.hasOwn(sizeWords, size)
    ? sizeWords[size as keyof typeof sizeWords]
    : "No se sabe el tamaño";

/** For whom it works as well as for others, and who is shown less than they merit. */
export function fairnessPart({ bySex, bySize, byMembership, kinds, providers }: Fairness): Content {
  const lines: Line[] = [
    ...bySex.map((served) => ({ ...served, who: served.sex ? sexWords[served.sex] : "No lo dijo" })),
    ...bySize.map((served) => ({ ...served, who: sizeOf(served.sizeClass) })),
    ...byMembership.map((served) => ({
      ...served,
      who:
        served.member === null
          ? "No se sabe si es socia o socio"
          : served.member
            ? "Con organización"
            : "Sin organización",
    })),
  ];
  const shown = providers.filter(({ ratio }) => ratio !== null);
  return html`<h2>Para quién</h2>
    <p class="quiet">
      En todo el país y en esos días. Si un grupo queda más veces sin nadie, hay que mirar por qué.
    </p>
    ${lines.length === 0 ? empty("En esos días no hubo pedidos.") : served(lines)}
    <h2>Quién aparece en las listas</h2>
    <p class="quiet">
      Cada proveedor debería aparecer según lo que merece. 0 es parejo; 1 es que unos se llevan todo.
    </p>
    ${
      kinds.length === 0
        ? empty("En esos días no se armó ninguna lista.")
        : html`${table(
            { caption: "Desigualdad por tipo de pedido", path: "", query: {} },
            [
              { title: "Qué se pide", cell: ({ kind }: Fairness["kinds"][number]) => kindWords[kind] },
              { title: "Listas", number: true, cell: ({ lists }) => lists },
              { title: "Proveedores", number: true, cell: ({ providers: count }) => count },
              { title: "Desigualdad (0 a 1)", number: true, cell: ({ inequity }) => decimalWords(inequity) },
            ],
            kinds,
          )}
          ${
            shown.length === 0
              ? null
              : table(
                  { caption: "Los que más se apartan de lo que merecen", path: "", query: {} },
                  [
                    {
                      title: "Proveedor",
                      cell: ({ providerId, providerName }: Fairness["providers"][number]) =>
                        html`<a href="/operador/proveedores/${providerId}">${providerName}</a>`,
                    },
                    { title: "Qué se pide", cell: ({ kind }) => kindWords[kind] },
                    { title: "Veces en lista", number: true, cell: ({ listed }) => listed },
                    { title: "Preguntado", number: true, cell: ({ asked }) => asked },
                    { title: "Con acuerdo", number: true, cell: ({ engaged }) => engaged },
                    {
                      title: "Aparece",
                      cell: ({ ratio }) => exposureWords(ratio ?? 1),
                    },
                  ],
                  shown,
                )
          }`
    }`;
}

/** As far from even as this is chance. */
const evenWithin = 0.1;

/** "0.4 de lo que merece: poco", "2.5 veces lo que merece: mucho" */
function exposureWords(times: number): string {
  if (Math.abs(times - 1) <= evenWithin) return "Parejo: lo que merece";
  return times < 1
    ? `${decimalWords(times)} de lo que merece: poco`
    : `${decimalWords(times)} veces lo que merece: mucho`;
}

const served = (lines: readonly Line[]): Content =>
  table(
    { caption: "Pedidos por grupo", path: "", query: {} },
    [
      { title: "Grupo", cell: ({ who }: Line) => who },
      { title: "Pedidos", number: true, cell: ({ requests }) => requests },
      { title: "Sin ninguna oferta", number: true, cell: ({ unmatched }) => unmatched },
      { title: "Sin nadie al final", number: true, cell: ({ unserved }) => unserved },
      {
        title: "Parte sin nadie",
        number: true,
        cell: ({ unserved, requests }) => shareWords(unserved, requests),
      },
    ],
    lines,
  );
