import type { FastifyInstance } from "fastify";

/** Answers null if all is well, else what is wrong in a few words (never a secret: it is shown to whoever asks). */
export type HealthCheck = () => Promise<string | null>;

const patience = 2000;

/** `/livez`: the loop turns. `/readyz`: every check holds, each given two seconds; 503 with what is wrong. */
export function bindHealth(app: FastifyInstance, checks: Readonly<Record<string, HealthCheck>>): void {
  app.get("/livez", { logLevel: "silent" }, async (_request, reply) => reply.header("cache-control", "no-store").send({ alive: true }));
  app.get("/readyz", { logLevel: "silent" }, async (_request, reply) => {
    const results = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await verdictOf(check)] as const));
    const ready = results.every(([, verdict]) => verdict === null);
    const shown = Object.fromEntries(results.map(([name, verdict]) => [name, verdict ?? "ok"]));
    return reply
      .status(ready ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ ready, checks: shown });
  });
}

async function verdictOf(check: HealthCheck): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, patience, "no answer in 2 s");
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return "failed";
  } finally {
    clearTimeout(timer);
  }
}
