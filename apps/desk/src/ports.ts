import { createClient } from "#kit/client/client.ts";
import type { Desk } from "#kit/desk/desk-context.tsx";
import { isSignInPath, signInPath } from "./return-path.ts";

interface ServerClock {
  readonly now: () => Date;
  /** Takes the time from an answer and passes it on. */
  readonly note: (response: Response) => Response;
}

/**
 * The server's time, by the Date of its last answer. Clocks of office computers go wrong by days; a due day shown there must not.
 */
function serverClock(): ServerClock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    note: (response) => {
      const at = Date.parse(response.headers.get("date") ?? "");
      if (!Number.isNaN(at)) ahead = at - Date.now();
      return response;
    },
  };
}

/** The client and the clock of this browser window, with the browser's own ports. */
export function createDesk(): Desk {
  const clock = serverClock();
  const client = createClient({
    fetch: async (url, init) => clock.note(await globalThis.fetch(url, init)),
    wait,
    onSignedOut: leaveForSignIn,
  });
  return { client, now: clock.now, person: null };
}

/** By a page load, not by the router: nothing that was read may stay in memory for the next person. */
function leaveForSignIn(): void {
  const { pathname, search } = globalThis.location;
  const here = pathname.replace(/^\/desk/, "") + search;
  if (!isSignInPath(here)) globalThis.location.replace(`/desk${signInPath(here)}`);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}
