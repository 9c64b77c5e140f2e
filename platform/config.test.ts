import { describe, expect, it } from "vitest";
import { readConfig, shownConfig } from "#platform/config.ts";

const root = "/srv/一窗 platform";

describe("the configuration", () => {
  it("has a default for everything", () => {
    expect(readConfig({ PATH: "/bin", HOST: "" }, root)).toEqual({
      profile: "demo",
      host: "127.0.0.1",
      port: 8080,
      data: "/srv/一窗 platform/.yichuang",
      databaseUrl: null,
      tenant: "340603",
      logLevel: "warn",
      hosts: [],
      limits: 1,
    });
  });

  it("refuses an unknown name with its prefix, and says which", () => {
    expect(readConfig({ YICHUANG_DATE: "x" }, root)).toEqual({ fault: expect.stringContaining("YICHUANG_DATE") });
  });

  it.each([
    ["HOST", "0.0.0.0"],
    ["HOST", "192.168.1.2"],
    ["HOST", "example.org"],
    ["PORT", "70000"],
    ["PORT", "80a"],
    ["PROFILE", "production"],
    ["TENANT", "相山"],
    ["LOG_LEVEL", "loud"],
    ["DATABASE_URL", "mysql://x"],
    ["YICHUANG_LIMITS", "-1"],
  ])("refuses %s=%s in one line that names it", (name, value) => {
    const config = readConfig({ [name]: value }, root);
    expect(config).toEqual({ fault: expect.stringMatching(new RegExp(`^${name}：[^\\n]*${name}: [^\\n]*\\.$`)) });
  });

  it.each(["127.0.0.1", "127.0.0.2", "::1", "localhost"])("takes the loopback address %s", (HOST) => {
    expect(readConfig({ HOST }, root)).toMatchObject({ host: HOST });
  });

  it("is printed without passwords", () => {
    const config = readConfig({ DATABASE_URL: "postgres://app:geheim@db:5432/x?sslpassword=pst" }, root);
    if ("fault" in config) throw new Error(config.fault);
    expect(JSON.stringify(shownConfig(config))).not.toMatch(/geheim|pst/);
    expect(shownConfig(config).databaseUrl).toContain("app:***@db:5432");
  });
});
