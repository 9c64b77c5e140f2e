import type { Config } from "#platform/config.ts";

/** Where finished lines go: the standard output, or a list in a test. */
export interface LogSink {
  write(line: string): unknown;
}

const rules: readonly (readonly [RegExp, string])[] = [
  // By name first: what is called a secret is hidden whatever it looks like.
  [/("(?:password|passwordHash|token|cookie|set-cookie|authorization|secret|_form)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi, '$1"[hidden]"'],
  [/("code"\s*:\s*)"\d{6}"/gi, '$1"[hidden]"'],
  [/((?:验证码|校验码|code)\D{0,8})\d{6}(?!\d)/gi, "$1[hidden]"],
  // Resident id (GB 11643) before phone: its digits may hold eleven that look like one.
  [/(?<!\d)([1-9]\d{5})(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(\d{3}[\dXx])(?!\d)/g, "$1********$2"],
  [/(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g, "$1****$2"],
  // The form of our own tokens: 32 bytes in base64url.
  [/(?<![\w-])[\w-]{43}(?![\w-])/g, "[hidden]"],
];

/**
 * A log line as it may be kept (ASVS 16.2.5): no password, token or code; phones 3+4, identity numbers 6+4. It works on the
 * finished line, so that nothing slips by in a message, a stack or a nested field that nobody thought of.
 */
export function redact(line: string): string {
  return rules.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
}

/** Options of Fastify's logger: JSON lines, time as text, everything redacted. */
export function logOptions(level: Config["logLevel"], sink: LogSink = process.stdout) {
  return {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    stream: { write: (line: string) => void sink.write(redact(line)) },
  };
}
