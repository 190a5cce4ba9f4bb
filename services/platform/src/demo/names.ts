import type { Random } from "./random.ts";

/** Invented people and businesses: given names and family names that are common in the region, mixed. */
const womenNames = [
  "Rosa",
  "Nelly",
  "Maribel",
  "Lidia",
  "Elva",
  "Gladys",
  "Norma",
  "Delicia",
  "Flor",
  "Luz Marina",
  "Teresa",
  "Doris",
  "Karina",
  "Yolanda",
  "Mirtha",
  "Zoila",
  "Jessica",
  "Segunda",
  "Milagros",
  "Dina",
  "Roxana",
  "Olinda",
];
const menNames = [
  "Elmer",
  "Segundo",
  "Wilder",
  "Juan",
  "Royer",
  "Hermógenes",
  "Antero",
  "Mauro",
  "Jorge",
  "Nilo",
  "Edwin",
  "Alcides",
  "Lener",
  "Percy",
  "Teófilo",
  "Tito",
  "Rúsber",
  "Américo",
  "Clever",
  "Manuel",
  "Darwin",
];
const familyNames = [
  "Tuanama",
  "Sangama",
  "Pizango",
  "Tapullima",
  "Amasifuén",
  "Ishuiza",
  "Shupingahua",
  "Cachique",
  "Panduro",
  "Saavedra",
  "Pinedo",
  "Ríos",
  "Vásquez",
  "Tello",
  "Del Águila",
  "Reátegui",
  "Satalaya",
  "Fasabi",
  "Chujutalli",
  "Salas",
  "Guerra",
  "Lozano",
  "Shapiama",
  "Murayari",
  "Huamán",
  "Rojas",
  "Cárdenas",
  "Ponce",
  "Mendoza",
  "Trujillo",
  "Espinoza",
  "Flores",
  "Ramírez",
  "Torres",
  "Paredes",
  "Isuiza",
  "Macedo",
  "Angulo",
  "Bardales",
];

export function personName(random: Random, sex: "f" | "m"): string {
  const given = random.pick(sex === "f" ? womenNames : menNames);
  return `${given} ${random.pick(familyNames)} ${random.pick(familyNames)}`;
}

const emblems = [
  "Huayruro",
  "Shihuahuaco",
  "Paujil",
  "Ayaymama",
  "Sachavaca",
  "Mono Blanco",
  "Gallito de Roca",
  "Bolaina",
  "Pucacunga",
  "Garza Real",
  "Carachama",
  "Otorongo Manso",
  "Achiote",
  "Camu Camu",
  "Huicungo Alto",
  "Manacaraco",
  "Cedro Rosado",
  "Tahuarí",
  "Quinilla",
  "Paichecito",
  "Renaco",
  "Ungurahui",
  "Motelo",
  "Victoria Regia",
];

/** Nature's names of the region; each first word with each emblem once, so that names do not repeat. */
export function businessNames(random: Random, firstWords: readonly string[]): () => string {
  const names = random.shuffled(firstWords.flatMap((word) => emblems.map((emblem) => `${word} ${emblem}`)));
  let used = 0;
  return () => {
    const name = names[used % names.length] ?? "";
    const round = Math.floor(used / names.length);
    used += 1;
    return round === 0 ? name : `${name} ${round + 1}`;
  };
}
