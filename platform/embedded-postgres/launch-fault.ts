/**
 * What can stop the database from starting, each told in one line that says what to do.
 * A launch fault is an ordinary `Error` with the code beside it: the caller prints the message, never the stack, and exits with 1.
 */
export type LaunchFaultCode =
  | "platform-unsupported"
  | "package-missing"
  | "service-user-missing"
  | "not-writable"
  | "disk-full"
  | "data-version"
  | "already-starting"
  | "init-failed"
  | "start-failed";

export type LaunchFault = Error & { readonly launchFault: LaunchFaultCode };

/** Says what is happening, Chinese first; long steps call it so that nobody waits before a silent screen. */
export type LaunchLog = (zh: string, en: string) => void;

export function launchFault(code: LaunchFaultCode, zh: string, en: string): LaunchFault {
  const message = `${zh} ${en}`.replace(/\s+/g, " ").trim();
  return Object.assign(new Error(message), { launchFault: code });
}

export function isLaunchFault(error: unknown): error is LaunchFault {
  return error instanceof Error && "launchFault" in error && typeof error.launchFault === "string";
}

/** Turns a file-system error of Node into a fault with advice; anything unknown is given back as it came. */
export function fileFault(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return diskFull(path);
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "ENOTDIR":
    case "EEXIST":
      return notWritable(path);
    default:
      return error;
  }
}

export function notWritable(path: string): LaunchFault {
  return launchFault(
    "not-writable",
    `数据文件夹不可写：${path}。请改权限，或用 YICHUANG_DATA 另指一处。`,
    `Cannot write to the data folder ${path}. Change its permissions, or set YICHUANG_DATA to another folder.`,
  );
}

export function diskFull(path: string): LaunchFault {
  return launchFault(
    "disk-full",
    `磁盘已满：${path}。请腾出空间后再启动。`,
    `No disk space left at ${path}. Free some space and start again.`,
  );
}

/** The `code` of a Node or PostgreSQL error (`ENOENT`, `3D000` …), or the empty string. */
export function errorCode(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : "";
}
