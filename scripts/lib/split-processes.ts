import { randomBytes } from "node:crypto";

/** The processes that make up Minka when each service runs by itself. */

export type SplitProcess = {
  readonly service: "profiles" | "catalog" | "matching" | "brokering" | "notifications" | "web";
  readonly role: "api" | "worker" | "all";
  readonly port: number;
  readonly url: string;
  readonly environment: Record<string, string>;
};

/** API and worker apart where a service has much to do outside requests. */
const layout = [
  { service: "profiles", role: "all" },
  { service: "catalog", role: "all" },
  { service: "matching", role: "api" },
  { service: "matching", role: "worker" },
  { service: "brokering", role: "all" },
  { service: "notifications", role: "api" },
  { service: "notifications", role: "worker" },
  { service: "web", role: "api" },
] as const;

/** They are reached by each other and by the router in front only. */
const loopback = "127.0.0.1";

const services = ["profiles", "catalog", "matching", "brokering", "notifications", "web"] as const;

export type SplitSettings = {
  /** The owner's address of the database; each service gets its own role's. */
  readonly ownerUrl: string;
  /** The processes take the ports from here on, one each. */
  readonly firstPort: number;
};

export type Split = {
  /** What `prepare-database` needs. */
  readonly prepare: Record<string, string>;
  readonly processes: readonly SplitProcess[];
};

/**
 * Lays out the processes and what each is told. Passwords and the secret that services share are made anew
 * at every start unless the environment brings them: preparing the database sets them.
 */
export function splitProcesses({ ownerUrl, firstPort }: SplitSettings, given: NodeJS.ProcessEnv): Split {
  const secret = () => randomBytes(24).toString("hex");
  const nameOf = (service: string) => `${service.toUpperCase()}_DATABASE_PASSWORD`;
  const passwords = Object.fromEntries(
    services.map((service) => [nameOf(service), given[nameOf(service)] || secret()]),
  );
  const portOf = (index: number) => firstPort + index;
  const urlOf = (index: number) => `http://${loopback}:${portOf(index)}`;
  const peers = Object.fromEntries(
    services.map((service) => {
      const index = layout.findIndex((each) => each.service === service && each.role !== "worker");
      return [`${service.toUpperCase()}_URL`, urlOf(index)];
    }),
  );
  const shared = {
    ...peers,
    HOST: loopback,
    DATA_DIR: given["DATA_DIR"] || ".data",
    SERVICE_SECRET: given["SERVICE_SECRET"] || secret(),
  };
  return {
    prepare: { OWNER_DATABASE_URL: ownerUrl, ...passwords },
    processes: layout.map(({ service, role }, index) => {
      const databaseUrl = new URL(ownerUrl);
      databaseUrl.username = service;
      databaseUrl.password = passwords[nameOf(service)] ?? "";
      const own = { ROLE: role, PORT: String(portOf(index)), DATABASE_URL: databaseUrl.href };
      return { service, role, port: portOf(index), url: urlOf(index), environment: { ...shared, ...own } };
    }),
  };
}
