import formbody from "@fastify/formbody";
import Fastify from "fastify";
import postgres from "postgres";

// The least that a durable acknowledgement can be: one route, one insert, on the same database and table shape.
const sql = postgres(process.env["DATABASE_URL"] ?? "", { max: 10 });
const app = Fastify();
await app.register(formbody);
app.post<{ Body: Record<string, string> }>("/sms/twilio/inbound", async (request, reply) => {
  const { MessageSid = "", From = "", Body = "" } = request.body;
  await sql`
    insert into notifications.inbound_messages (id, gateway, external_id, phone, body, safety, received_at, trace)
    values (gen_random_uuid(), 'bare', ${MessageSid}, ${From}, ${Body}, false, ${new Date()}, 'bench')
    on conflict do nothing`;
  return reply.type("text/xml").send("<Response/>");
});
await app.listen({ port: 0, host: "127.0.0.1" });
process.send?.((app.server.address() as { port: number }).port);
process.on("SIGTERM", () => process.exit(0));
