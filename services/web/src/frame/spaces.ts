import { ledOrganizations, type Standing } from "./standing.ts";

export type Link = { readonly href: string; readonly words: string };

/** A part of Minka in which somebody works, with its own pages. */
export type Space = Link & { readonly pages: readonly Link[] };

const under = (base: string, pages: readonly (readonly [path: string, words: string])[]): Link[] =>
  pages.map(([path, words]) => ({ href: `${base}${path}`, words }));

const ownPages = [
  { href: "/mi", words: "Inicio" },
  { href: "/pedir", words: "Pedir" },
  ...under("/mi", [
    ["/pedidos", "Pedidos"],
    ["/compras", "Compras"],
    ["/cosecha", "Cosecha"],
    ["/credito", "Crédito"],
    ["/pagos", "Pagos"],
    ["/chacra", "Chacra"],
    ["/organizacion", "Organización"],
    ["/mensajes", "Mensajes"],
    ["/datos", "Mis datos"],
  ]),
];

function providerPages(
  base: string,
  kinds: Standing["providers"][number]["kinds"],
  manages: boolean,
): Link[] {
  const is = (kind: (typeof kinds)[number]) => kinds.includes(kind);
  const some = (shown: boolean, ...page: [string, string]) => (shown ? [page] : []);
  return under(base, [
    ["", "Pedidos"],
    ...some(is("agent"), "/plan", "Mi mes"),
    ["/ofertas", "Ofertas"],
    ...some(is("agent") && manages, "/ganancias", "Ganancias"),
    ...some((is("agent") || is("supplier")) && manages, "/almacen", "Almacén"),
    ...some(is("agent"), "/atendidos", "A quiénes atiendo"),
    ...some(is("supplier") && manages, "/compras", "Compras en grupo"),
    ...some(is("lender") && manages, "/creditos", "Créditos"),
    ...some(is("buyer") && manages, "/lotes", "Lotes"),
    ...some((is("supplier") || is("lender") || is("buyer")) && manages, "/pagos", "Pagos"),
    ["/calendario", "Calendario"],
    ["/confianza", "Confianza"],
    ...some(manages, "/datos", "Datos y personal"),
  ]);
}

/** What others than who decides, or than who arranges, would only be refused is left out. */
function organizationPages(base: string, role: Standing["organizations"][number]["role"]): Link[] {
  const arranges = role === "broker" || role === "manager";
  const some = (shown: boolean, ...pages: [string, string][]) => (shown ? pages : []);
  return under(base, [
    ["", "Hoy"],
    ["/miembros", "Socios"],
    ...some(
      arranges,
      ["/compras", "Compras"],
      ["/lotes", "Lotes"],
      ["/pagos", "Pagos"],
      ["/avales", "Avales"],
    ),
    ...some(role === "manager", ["/planes", "Planes"], ["/avisos", "Avisos"]),
    ["/pedidos", "Pedir por otros"],
    ["/permisos", "Permisos"],
    ["/directiva", "Directiva"],
    ["/cifras", "Cifras"],
    ["/datos", "Datos"],
  ]);
}

const operatorPages = under("/operador", [
  ["", "Hoy"],
  ["/pendientes", "Pendientes"],
  ["/pedidos", "Pedidos"],
  ["/proveedores", "Proveedores"],
  ["/quejas", "Quejas"],
  ["/conversaciones", "Conversaciones"],
  ["/cobertura", "Cobertura"],
  ["/organizaciones", "Organizaciones"],
  ["/frescura", "Ofertas al día"],
  ["/auspicios", "Auspicios"],
  ["/planes", "Planes"],
  ["/creditos", "Créditos"],
  ["/avisos", "Avisos"],
  ["/no-entendidos", "No entendidos"],
  ["/costos", "Costos"],
  ["/informes", "Informes"],
  ["/ajustes", "Ajustes"],
  ["/sistema", "Sistema"],
  ["/auditoria", "Auditoría"],
]);

/** The parts that are somebody's, their own first. */
export function spacesOf(standing: Standing, operator: boolean): Space[] {
  return [
    { href: "/mi", words: "Mi chacra", pages: ownPages },
    ...standing.providers.map(({ id, name, kinds, as }) => ({
      href: `/mi-servicio/${id}`,
      words: name,
      pages: providerPages(`/mi-servicio/${id}`, kinds, as === "manager"),
    })),
    ...ledOrganizations(standing).map(({ id, name, role }) => ({
      href: `/mi-organizacion/${id}`,
      words: name,
      pages: organizationPages(`/mi-organizacion/${id}`, role),
    })),
    ...(operator ? [{ href: "/operador", words: "Operación", pages: operatorPages }] : []),
  ];
}

export const isWithin = (path: string, base: string) => path === base || path.startsWith(`${base}/`);

/** The page of a space that an address belongs to: the one with the longest path. */
export function currentPage({ pages }: Space, path: string): Link | undefined {
  return pages
    .filter(({ href }) => isWithin(path, href))
    .toSorted((one, other) => other.href.length - one.href.length)[0];
}
