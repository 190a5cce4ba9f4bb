import { randomUUID } from "node:crypto";
import { createLog } from "@minka/http/log";
import { openNudgeQueue } from "@minka/queue/queue";
import Fastify from "fastify";
import postgres from "postgres";

// The least that an answered message can be: one insert for what came in, one nudge, one insert for what goes out.
const databaseUrl = process.env["DATABASE_URL"] ?? "";
const redisUrl = process.env["REDIS_URL"];
const sql = postgres(databaseUrl, { max: 10 });
const log = createLog({ level: "silent", service: "bench" });
const queue = await openNudgeQueue(redisUrl ? { redisUrl } : { postgresUrl: databaseUrl }, log);

await queue.receive("notifications", async (nudges) => {
  await Promise.all(
    nudges.map(
      ({ id: phone }) => sql`
        insert into notifications.simulator_messages (id, phone, text, at)
        values (gen_random_uuid(), ${phone}, 'answer', ${new Date()})`,
    ),
  );
});

const app = Fastify();
app.post<{ Body: { from: string; text: string } }>("/simulator/messages", async (request, reply) => {
  const { from, text } = request.body;
  await sql`
    insert into notifications.inbound_messages (id, gateway, external_id, phone, body, safety, received_at, trace)
    values (gen_random_uuid(), 'bare', ${randomUUID()}, ${from}, ${text}, false, ${new Date()}, 'bench')`;
  queue.send([{ service: "notifications", job: "answer", id: from, trace: "bench" }]);
  return reply.status(202).send({});
});
await app.listen({ port: 0, host: "127.0.0.1" });
process.send?.((app.server.address() as { port: number }).port);
process.on("SIGTERM", () => process.exit(0));
