import { actorId } from "#domain/actor.ts";
import { isRefusal } from "#domain/refusal.ts";
import { identifyMe, listLooks, requestCode as requestCodeEndpoint, verifyCode as verifyCodeEndpoint } from "#modules/accounts/api.ts";
import { type Call, type Route, route, withSession } from "#platform/endpoint.ts";
import { type AccountDeps, identifyAccount, requestCode, verifyCode } from "./commands.ts";
import { maskedNames } from "./public.ts";
import { looksAt } from "./queries.ts";

/** The most looks shown at once, newest first. */
export const mostLooks = 100;
/** A code is a message that somebody pays for. */
const codeCost = 5;

export function accountRoutes(deps: AccountDeps): readonly Route[] {
  return [
    route(requestCodeEndpoint, ({ body, address, now }) => requestCode(deps, { ...body, address, now }), codeCost),
    route(verifyCodeEndpoint, async ({ body, act }) => {
      const found = await verifyCode(deps, { ...body, act });
      if (isRefusal(found)) return found;
      const names = await maskedNames(deps.db, [found.id]);
      return withSession({ id: found.id, name: names.get(found.id) ?? "" }, { change: "sign-in", kind: "citizen", subject: found.id });
    }),
    route(identifyMe, ({ body, act, actor }) => identifyAccount(deps, idOf(actor), body, act)),
    route(listLooks, async ({ actor }) => ({ rows: [...(await looksAt(deps.db, idOf(actor), mostLooks))] })),
  ];
}

/** These endpoints are a citizen's, so there is an actor. */
function idOf(actor: Call<typeof listLooks>["actor"]): string {
  const id = actorId(actor);
  if (id === null) throw new Error("the endpoint was entered without an actor");
  return id;
}
