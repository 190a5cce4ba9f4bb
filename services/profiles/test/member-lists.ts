/** Rows for lists of members: each a different adult with a phone and a DNI of their own. */
export const headers = [
  "Apellidos y Nombres",
  "D.N.I.",
  "N° Celular",
  "Distrito",
  "Provincia",
  "Caserío",
  "Sexo",
  "Año de nacimiento",
  "Cultivos",
  "Hectáreas",
  "Rol",
  "Fecha de ingreso",
];

const surnames = [
  "Huamán",
  "Quispe",
  "Pinedo",
  "Tuanama",
  "Sangama",
  "Ríos",
  "Flores",
  "Ñahui",
  "Saldaña",
  "Cachique",
];
const names = ["Rosa", "José", "María", "Juan", "Luz", "Pedro", "Ana", "Wilder", "Norma", "Segundo"];
const places = [
  ["Tocache", "Tocache"],
  ["Uchiza", "Tocache"],
  ["Nuevo Progreso", "Tocache"],
  ["Campanilla", "Mariscal Cáceres"],
];

/** Letters alone tell people apart: names have no digits. */
function letters(index: number): string {
  return Array.from(String(index), (digit) => "abcdefghij"[Number(digit)]).join("");
}

export function memberCells(index: number): string[] {
  const [district, province] = places[index % places.length] ?? [];
  const surname = surnames[index % 10] ?? "";
  return [
    `${surname} K${letters(index)} ${names[Math.floor(index / 10) % 10]}`,
    String(40_000_000 + index),
    String(920_000_000 + index),
    district ?? "",
    province ?? "",
    `Alto ${surname}`,
    index % 3 === 0 ? "F" : "varón",
    String(1950 + (index % 50)),
    index % 2 === 0 ? "Cacao" : "cacao y café",
    index % 2 === 0 ? "2.5" : "2 / 1.5",
    index % 40 === 0 ? "delegado" : "socio",
    `15/03/${2000 + (index % 20)}`,
  ];
}

export function memberList(count: number, from = 0): string[][] {
  return Array.from({ length: count }, (_, index) => memberCells(from + index));
}

export function toCsv(rows: readonly (readonly string[])[], head: readonly string[] = headers): string {
  return [head, ...rows]
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";"))
    .join("\r\n");
}
