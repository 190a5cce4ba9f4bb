/** Who takes part: people of a cooperative in Tocache, and those with whom it deals. */
export const cast = {
  firstOperator: "+51900700001",
  secondOperator: "+51900700002",
  manager: "+51900700003",
  broker: "+51900700004",
  suppliers: ["+51900700011", "+51900700012", "+51900700013"],
  buyer: "+51900700021",
  lender: "+51900700031",
} as const;

const women = ["Rosa", "Nélida", "Elvira", "Doris", "Marleni", "Zoila", "Flor", "Maribel", "Gladys"];
const men = ["Segundo", "Wilder", "Teófilo", "Asunción", "Elmer", "Jairo", "Hipólito", "Neyser", "Rómulo"];
const families = ["Huamán Ruiz", "Sangama Tuanama", "Pinedo Ríos", "Cachique Isuiza", "Tananta López"];

export type Producer = { readonly phone: string; readonly name: string; readonly woman: boolean };

/** The 43, of whom every other one is a woman. */
export const producers: readonly Producer[] = Array.from({ length: 43 }, (_, index) => {
  const woman = index % 2 === 0;
  const names = woman ? women : men;
  const first = names[Math.floor(index / 2) % names.length];
  return {
    phone: `+519007002${String(index).padStart(2, "0")}`,
    name: `${first} ${families[Math.floor(index / 9) % families.length]}`,
    woman,
  };
});

export const producerAt = (index: number): Producer => {
  const producer = producers[index];
  if (!producer) throw new Error(`there are ${producers.length} producers`);
  return producer;
};
