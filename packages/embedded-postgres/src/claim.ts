import { Client, escapeIdentifier } from "pg";
import { ownerRole } from "./cluster.ts";
import type { Cluster } from "./cluster.ts";
import { errorCode } from "./errors.ts";
import { loopback } from "./port.ts";

/** A connection that holds the cluster for this process: PostgreSQL frees it when the process dies, however it dies. */
export type Claim = { readonly client: Client; readonly fsync: boolean };

export type ClaimAttempt =
  | { readonly outcome: "claimed"; readonly claim: Claim }
  | { readonly outcome: "held-by-another" }
  | { readonly outcome: "no-answer" };

/** Advisory locks are counted per database, so everybody asks for it in the same one. */
const claimDatabase = "postgres";
const claimKey = 7_305_814_001;
/** A process killed a moment ago may still hold it until PostgreSQL has noticed. */
const holderIsGivenMs = 1000;
const connectTimeoutMs = 5000;

/** Connects to the server at `port` and takes the cluster, once; `no-answer` while it starts, stops or is gone. */
export async function tryToClaim(cluster: Cluster, port: number): Promise<ClaimAttempt> {
  const client = new Client({
    host: loopback,
    port,
    user: ownerRole,
    password: cluster.ownerPassword,
    database: claimDatabase,
    application_name: "minka embedded server",
    ssl: false,
    keepAlive: true,
    connectionTimeoutMillis: connectTimeoutMs,
  });
  // A broken connection shows as "end" to whoever holds the claim; without a listener it would end Node.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(`set lock_timeout = ${holderIsGivenMs}`);
    await client.query("select pg_advisory_lock($1)", [claimKey]);
    const { rows } = await client.query<{ fsync: string }>("show fsync");
    return { outcome: "claimed", claim: { client, fsync: rows[0]?.fsync === "on" } };
  } catch (error) {
    void client.end().catch(() => undefined);
    const lockNotAvailable = "55P03";
    return { outcome: errorCode(error) === lockNotAvailable ? "held-by-another" : "no-answer" };
  }
}

/** The database of the application; made under the claim, so nobody else makes it at the same time. */
export async function ensureDatabase(claim: Claim, name: string): Promise<void> {
  const { rowCount } = await claim.client.query("select from pg_database where datname = $1", [name]);
  if (rowCount === 0) await claim.client.query(`create database ${escapeIdentifier(name)}`);
}
