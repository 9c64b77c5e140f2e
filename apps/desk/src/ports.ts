export interface ServerClock {
  readonly now: () => Date;
  /** Takes the time from an answer and passes it on. */
  readonly note: (response: Response) => Response;
}

/**
 * The server's time, by the Date of its last answer. Clocks of office computers go wrong by days; a due day shown there must not.
 */
export function serverClock(): ServerClock {
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

export function wait(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}
