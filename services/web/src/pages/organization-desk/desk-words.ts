import type { MembershipEnd, MembershipRole } from "@minka/contracts/memberships";
import type { boardPositions } from "@minka/contracts/organizations";
import type { SizeClass } from "@minka/domain/size-class";

/** What somebody does in an organization, and what it lets them do. */
export const roleWords: Readonly<Record<MembershipRole, string>> = {
  member: "Socia o socio",
  delegate: "Delegada o delegado",
  broker: "Compra y vende por todos",
  manager: "Dirige",
};
export const roleHints: Readonly<Record<MembershipRole, string>> = {
  member: "Entra a las compras y a los lotes",
  delegate: "Habla por su caserío; ve la lista sin los números completos",
  broker: "Arma compras y lotes, anota pesos y pagos",
  manager: "Todo: también socios, avisos, avales y datos",
};

export type Position = (typeof boardPositions)[number];

const positions: Readonly<Record<Position, readonly [woman: string, man: string]>> = {
  president: ["Presidenta", "Presidente"],
  vice_president: ["Vicepresidenta", "Vicepresidente"],
  secretary: ["Secretaria", "Secretario"],
  treasurer: ["Tesorera", "Tesorero"],
  member_at_large: ["Vocal", "Vocal"],
  ombudsperson: ["Defensora de los socios", "Defensor de los socios"],
  chief: ["Jefa de la comunidad", "Jefe de la comunidad"],
  deputy_chief: ["Subjefa de la comunidad", "Subjefe de la comunidad"],
};

/** "Presidenta", or both words where it is not known who holds it. */
export function positionWords(position: Position, sex: "f" | "m" | null = null): string {
  const [woman, man] = positions[position];
  if (sex) return sex === "f" ? woman : man;
  return woman === man ? woman : `${woman} o ${man.toLowerCase()}`;
}

export const endWords: Readonly<Record<MembershipEnd, string>> = {
  left: "Se fue por su cuenta",
  taken_back: "Ya no quiso entrar",
  lapsed: "No respondió a tiempo",
  put_out: "La directiva terminó",
  closed: "La organización cerró",
};

export const sizeWords: Readonly<Record<SizeClass, string>> = {
  small: "Chacra pequeña",
  medium: "Chacra mediana",
  large: "Chacra grande",
};

/** "12 de cada 100" of a share. */
export const ofHundred = (share: number): string => `${Math.round(share * 100)} de cada 100`;

/** With its full stop: "6:00 p. m." has one. */
export const sentence = (text: string): string => (text.endsWith(".") ? text : `${text}.`);

/** Who asks to belong, as far as the first page of them tells. */
export function wantingWords({
  items,
  next,
}: {
  readonly items: readonly unknown[];
  readonly next: unknown;
}) {
  if (next !== null) return `Más de ${items.length} personas quieren entrar`;
  return items.length === 1 ? "1 persona quiere entrar" : `${items.length} personas quieren entrar`;
}

/** "1 persona", "3 personas" */
export const peopleWords = (count: number): string => (count === 1 ? "1 persona" : `${count} personas`);
