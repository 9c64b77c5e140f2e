import { isLaunchFault } from "#platform/embedded-postgres/launch-fault.ts";
import type { MigrationFault } from "#platform/migrate.ts";

/** What keeps the platform from starting and what to do about it, in one line: printed without a stack, exit code 1. */
export type StartFault = Error & { readonly startFault: true };

export function startFault(zh: string, en: string): StartFault {
  return Object.assign(new Error(`${zh} ${en}`.trim()), { startFault: true } as const);
}

function isStartFault(error: unknown): error is StartFault {
  return error instanceof Error && "startFault" in error;
}

/** The line for an error that an operator can mend, or null for a fault of the program. */
export function messageOf(error: unknown): string | null {
  if (isStartFault(error) || isLaunchFault(error)) return error.message;
  return null;
}

export function migrationFault(fault: MigrationFault): StartFault {
  switch (fault.fault) {
    case "server_too_old":
      return startFault(
        `数据库版本太旧（${Math.floor(fault.version / 10000)}），需要 PostgreSQL 15 或更新。`,
        `The database is PostgreSQL ${Math.floor(fault.version / 10000)}; version 15 or newer is needed.`,
      );
    case "schema_newer":
      return startFault(
        `数据库由更新的程序升级过（${fault.names[0]}）。请用新版程序启动。`,
        `The database was upgraded by a newer program (${fault.names[0]}). Start that version.`,
      );
    case "migration_changed":
      return startFault(
        `升级脚本 ${fault.names[0]} 与数据库里执行过的不同。请恢复原文件。`,
        `The migration ${fault.names[0]} differs from the one applied. Restore the original file.`,
      );
  }
}
