import { makeDemoData } from "./make-demo-data.ts";

/** The phones of the agents around Tocache, as the simulator's page wants them: someone to answer as. */
export function demoPhones(): string {
  const { people, providers } = makeDemoData("demo");
  return providers
    .filter(({ kinds, districtCode }) => kinds.includes("agent") && districtCode.startsWith("2210"))
    .flatMap(({ personId, name }) => {
      const phone = people.find(({ id }) => id === personId)?.phone;
      return phone ? [`${phone} ${name}`] : [];
    })
    .slice(0, 6)
    .join("; ");
}
