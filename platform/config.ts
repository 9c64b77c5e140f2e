import { isIP } from "node:net";
import { resolve } from "node:path";

/** What the environment says; nothing else configures the program. */
export interface Config {
  readonly profile: "demo";
  readonly host: string;
  readonly port: number;
  /** Absolute path of the data folder. */
  readonly data: string;
  /** A real server, or null for the embedded one. */
  readonly databaseUrl: string | null;
  readonly tenant: string;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "silent";
  /** Host names, besides the loopback ones, to which the server answers. */
  readonly hosts: readonly string[];
  /** Factor on all rate limits; 0 switches them off (benchmarks). */
  readonly limits: number;
}

/** One line that says what is wrong and what to do. */
export interface ConfigFault {
  readonly fault: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Names without our prefix are shared with other programs; with it, a misspelt one must not pass for a setting. */
const known = new Set(["YICHUANG_DATA", "YICHUANG_HOSTS", "YICHUANG_LIMITS"]);
const levels = ["fatal", "error", "warn", "info", "debug", "silent"] as const;

/** Reads and checks the environment; relative paths are under `root`. The first fault is told. */
export function readConfig(env: Env, root: string): Config | ConfigFault {
  const unknown = Object.keys(env).find((name) => name.startsWith("YICHUANG_") && !known.has(name));
  if (unknown !== undefined) return { fault: `没有 ${unknown} 这个设置，请检查拼写。There is no setting ${unknown}; check the spelling.` };
  const fault = faultOf(env);
  if (fault !== null) return { fault };
  return {
    profile: "demo",
    host: given(env["HOST"]) ?? "127.0.0.1",
    port: Number(given(env["PORT"]) ?? "8080"),
    data: resolve(root, given(env["YICHUANG_DATA"]) ?? ".yichuang"),
    databaseUrl: given(env["DATABASE_URL"]) ?? null,
    tenant: given(env["TENANT"]) ?? "340603",
    logLevel: levels.find((level) => level === env["LOG_LEVEL"]) ?? "warn",
    hosts: (given(env["YICHUANG_HOSTS"]) ?? "").split(",").filter((host) => host !== ""),
    limits: Number(given(env["YICHUANG_LIMITS"]) ?? "1"),
  };
}

function faultOf(env: Env): string | null {
  const { HOST, PORT, TENANT, LOG_LEVEL, PROFILE, DATABASE_URL, YICHUANG_LIMITS, YICHUANG_HOSTS } = env;
  if (!fits(PROFILE, (text) => text === "demo")) return wrong("PROFILE", "demo", "现在只有演示配置", "only the demo profile exists so far");
  if (!fits(HOST, isLoopback)) return wrong("HOST", "127.0.0.1", "演示系统只在本机提供服务", "the demo profile serves this machine only");
  if (!fits(PORT, (text) => /^\d{1,5}$/.test(text) && Number(text) < 65536))
    return wrong("PORT", "8080", "应为端口号", "not a port number");
  if (!fits(TENANT, (text) => /^[a-z0-9_]{1,32}$/.test(text))) return wrong("TENANT", "340603", "应为租户代码", "not a tenant id");
  if (!fits(LOG_LEVEL, (text) => levels.some((level) => level === text)))
    return wrong("LOG_LEVEL", levels.join("|"), "没有这个级别", "no such level");
  if (!fits(DATABASE_URL, isPostgresUrl)) {
    return wrong("DATABASE_URL", "postgres://user:password@host:5432/name", "不是 PostgreSQL 地址", "not a PostgreSQL address");
  }
  if (!fits(YICHUANG_LIMITS, (text) => /^\d{1,4}$/.test(text)))
    return wrong("YICHUANG_LIMITS", "1", "应为 0 至 9999", "a number from 0 to 9999");
  if (!fits(YICHUANG_HOSTS, (text) => /^[a-z0-9.,-]+$/i.test(text))) {
    return wrong("YICHUANG_HOSTS", "a.example,b.example", "应为域名，用逗号分开", "host names with commas between them");
  }
  return null;
}

/** An empty variable counts as not set. */
function given(text: string | undefined): string | undefined {
  return text === undefined || text === "" ? undefined : text;
}

function fits(text: string | undefined, test: (text: string) => boolean): boolean {
  return given(text) === undefined || test(text ?? "");
}

function wrong(name: string, example: string, zh: string, en: string): string {
  return `${name}：${zh}，例如 ${example}。${name}: ${en}; for example ${example}.`;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);
}

/** The configuration as it may be printed: no password. */
export function shownConfig(config: Config): Config {
  if (config.databaseUrl === null) return config;
  const url = new URL(config.databaseUrl);
  if (url.password !== "") url.password = "***";
  for (const name of new URLSearchParams(url.search).keys()) if (/pass|secret|key/i.test(name)) url.searchParams.set(name, "***");
  return { ...config, databaseUrl: url.href };
}
