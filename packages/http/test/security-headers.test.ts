import { mountEndpoint } from "@minka/http/mount-endpoint";
import { expect, test } from "vitest";
import { open, startApp } from "./app-for-test.ts";

const start = (trustProxy = false) =>
  startApp(
    (app) => {
      mountEndpoint(app, open(["person"]), async () => ({ done: true }));
      app.get("/page", async (_request, reply) =>
        reply
          .header("content-security-policy", "default-src 'self'")
          .header("cache-control", "no-cache")
          .send(""),
      );
    },
    { trustProxy },
  );

test("every answer forbids being framed, sniffed and stored, refusals and unknown addresses too", async () => {
  const { app } = await start();
  for (const url of ["/api/test/open", "/api/nothing"]) {
    const { headers } = await app.inject({ method: "POST", url });
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  }
});

test("a page has its own policy, once", async () => {
  const { app } = await start();
  const { headers } = await app.inject("/page");
  expect(headers["content-security-policy"]).toBe("default-src 'self'");
  expect(headers["cache-control"]).toBe("no-cache");
});

test("HTTPS is demanded where it was used, and only on the proxy's word", async () => {
  const hsts = async (trustProxy: boolean, proto?: string) => {
    const { app } = await start(trustProxy);
    const headers = proto ? { "x-forwarded-proto": proto } : {};
    return (await app.inject({ url: "/page", headers })).headers["strict-transport-security"];
  };
  expect(await hsts(true, "https")).toBe("max-age=31536000");
  expect(await hsts(true)).toBeUndefined();
  expect(await hsts(false, "https")).toBeUndefined();
});
