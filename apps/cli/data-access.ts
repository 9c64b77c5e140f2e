import type { Config } from "#platform/config.ts";
import type { Connection } from "#platform/db.ts";

/** What a command that works on the database is given. */
export interface DataAccess {
  readonly config: Config;
  readonly connection: Connection;
}
