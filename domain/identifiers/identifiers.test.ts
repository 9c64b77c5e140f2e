import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOfDayNumber, dayNumberOf, plainDate } from "../plain-date.ts";
import { ITEM_TYPES, verdictOnItemCode } from "./item-code.ts";
import { licenceIdCheck, verdictOnLicenceId } from "./licence-id.ts";
import { organisationCodeCheck, verdictOnOrganisationCode } from "./organisation-code.ts";
import { PROVINCE_CODES } from "./province-codes.ts";
import { residentIdCheck, verdictOnResidentId } from "./resident-id.ts";
import { usccCheck, verdictOnUscc } from "./uscc.ts";
import type { Verdict } from "./verdict.ts";

const today = plainDate("2026-02-12");
const read = (path: string): string => readFileSync(new URL(`../../data/${path}`, import.meta.url), "utf8");
const vectors = read("codes/id-vectors.tsv")
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => line.split("\t"))
  .map(([kind = "", value = "", valid = "", note = ""]) => ({ kind, value, valid: valid === "1", note }));

function verdictOf(kind: string, value: string): Verdict<string> {
  switch (kind) {
    case "uscc":
      return verdictOnUscc(value);
    case "id18":
      return verdictOnResidentId(value, today);
    case "licence_id":
      return verdictOnLicenceId(value);
    case "task_code31":
    case "handle_item33":
      return verdictOnItemCode(value);
    default:
      throw new Error(`no check for ${kind}`);
  }
}

describe("the vectors of data/codes/id-vectors.tsv", () => {
  it("are all there", () => {
    expect(vectors).toHaveLength(58);
  });

  // A vector counts as valid when it stands in its normal form; lower case is forgiven and normalised, hence the comparison.
  it.each(vectors)("$kind $value: $valid ($note)", ({ kind, value, valid }) => {
    const verdict = verdictOf(kind, value);
    expect(verdict.valid && verdict.normalised === value).toBe(valid);
  });
});

const chars = (text: string) => fc.constantFrom(...text);
const DIGITS = "0123456789";
const USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const text = (alphabet: string, length: number) =>
  fc.array(chars(alphabet), { minLength: length, maxLength: length }).map((list) => list.join(""));
const replaceAt = (value: string, at: number, c: string): string => value.slice(0, at) + c + value.slice(at + 1);

const birthDates = fc
  .integer({ min: dayNumberOf(plainDate("1900-01-01")), max: dayNumberOf(today) })
  .map((n) => dateOfDayNumber(n).replaceAll("-", ""));
const provinces = fc.constantFrom(...[...PROVINCE_CODES].filter((code) => !code.startsWith("8")));
const residentIds = fc.tuple(provinces, text(DIGITS, 4), birthDates, text(DIGITS, 3)).map(([province, rest, birth, order]) => {
  const body = province + rest + birth + order;
  return body + residentIdCheck(body);
});
const organisationCodes = text(ALPHANUMERIC, 8).map((body) => body + organisationCodeCheck(body));
const usccs = fc.tuple(text(USCC_ALPHABET, 2), text(DIGITS, 6), text(USCC_ALPHABET, 8)).map(([head, area, body]) => {
  const code = head + area + body + organisationCodeCheck(body);
  return code + usccCheck(code);
});
const licenceIds = fc
  .tuple(usccs, text(DIGITS, 3), usccs, text(ALPHANUMERIC, 20), text(DIGITS, 3))
  .map(([definer, kind, issuer, serial, version]) => {
    const type = definer + kind;
    return `1.2.156.3005.2.${type}.${issuer}.${serial}.${version}.${licenceIdCheck(type + issuer + serial + version)}`;
  });

describe("identity numbers", () => {
  it("carries area, birth date and sex", () => {
    expect(verdictOnResidentId("340603199001010018", today)).toEqual({
      valid: true,
      normalised: "340603199001010018",
      kind: "resident",
      areaCode: "340603",
      birthDate: "1990-01-01",
      sex: "male",
    });
    expect(verdictOnResidentId("11010519491231002X", today)).toMatchObject({ sex: "female" });
  });

  it.each(["１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002x", " 110105-1949-1231-002X\u200b"])(
    "forgives how %j is typed",
    (typed) => {
      expect(verdictOnResidentId(typed, today)).toMatchObject({ valid: true, normalised: "11010519491231002X" });
    },
  );

  it.each([
    ["", "length"],
    ["110105491231002", "fifteen-digits"],
    ["1101051949123100X2", "characters"],
    ["11010519491231002Y", "characters"],
    ["000000199001010018", "area"],
    ["340603199002300017", "birth-date"],
    ["110105194912310021", "check"],
  ])("%s breaks the rule %s", (value, rule) => {
    expect(verdictOnResidentId(value, today)).toMatchObject({ valid: false, rule });
  });

  it("knows the residence permits of Hong Kong, Macao and Taiwan by 810000, 820000 and 830000 alone", () => {
    const numbered = (area: string): string => {
      const body = `${area}19900101001`;
      return body + residentIdCheck(body);
    };
    for (const area of ["810000", "820000", "830000"])
      expect(verdictOnResidentId(numbered(area), today)).toMatchObject({ valid: true, kind: "hmt-residence" });
    for (const area of ["810001", "830100", "840000", "910000"])
      expect(verdictOnResidentId(numbered(area), today)).toMatchObject({ rule: "area" });
  });

  it("refuses a birth date after today and takes one on it", () => {
    const body = "34060320260212001";
    const id = body + residentIdCheck(body);
    expect(verdictOnResidentId(id, today).valid).toBe(true);
    expect(verdictOnResidentId(id, plainDate("2026-02-11"))).toMatchObject({ rule: "birth-future" });
  });

  it("finds every single wrong character and every swap of neighbours", () => {
    fc.assert(
      fc.property(residentIds, fc.nat(17), chars("0123456789X"), (id, at, c) => {
        expect(verdictOnResidentId(id, today).valid).toBe(true);
        expect(verdictOnResidentId(replaceAt(id, at, c), today).valid).toBe(id[at] === c);
        if (at < 17 && id[at] !== id[at + 1]) {
          const swapped = id.slice(0, at) + id.charAt(at + 1) + id.charAt(at) + id.slice(at + 2);
          expect(verdictOnResidentId(swapped, today).valid).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("agrees with ISO 7064 MOD 11-2 computed as Σ a·2^i ≡ 1", () => {
    fc.assert(
      fc.property(residentIds, (id) => {
        const sum = [...id].reduce((total, c, i) => total + (c === "X" ? 10 : Number(c)) * 2 ** (17 - i), 0);
        expect(sum % 11).toBe(1);
      }),
    );
  });
});

describe("unified social credit codes", () => {
  it("carries registrar, kind, area and organisation code", () => {
    expect(verdictOnUscc("91330100799655058b")).toEqual({
      valid: true,
      normalised: "91330100799655058B",
      registrar: "9",
      kind: "1",
      areaCode: "330100",
      organisationCode: "799655058",
    });
  });

  it.each([
    ["91440300192038216", "length"],
    ["91440300192203821I", "characters"],
    ["91A403001922038216", "area"],
    ["911000007109250324", "check"],
    ["91330100749463201K", "organisation-check"],
  ])("%s breaks the rule %s", (value, rule) => {
    expect(verdictOnUscc(value)).toMatchObject({ valid: false, rule });
  });

  it("finds every single wrong character", () => {
    fc.assert(
      fc.property(usccs, fc.nat(17), chars(USCC_ALPHABET), (code, at, c) => {
        expect(verdictOnUscc(code).valid).toBe(true);
        expect(verdictOnUscc(replaceAt(code, at, c)).valid).toBe(code[at] === c);
      }),
      { numRuns: 500 },
    );
  });

  it("agrees with the sum of powers of 3 that the weights of GB 32100 are", () => {
    fc.assert(
      fc.property(usccs, (code) => {
        let power = 1;
        let sum = 0;
        for (const c of code.slice(0, 17)) {
          sum += USCC_ALPHABET.indexOf(c) * power;
          power = (power * 3) % 31;
        }
        expect((sum + USCC_ALPHABET.indexOf(code.charAt(17))) % 31).toBe(0);
      }),
    );
  });
});

describe("organisation codes", () => {
  it.each(["D2143569X", "d2143569-x", "００００１３３３-８", "MB0327169"])("takes %s", (value) => {
    expect(verdictOnOrganisationCode(value).valid).toBe(true);
  });

  it.each([
    ["D2143569", "length"],
    ["D214356AZ", "characters"],
    ["张21435691", "characters"],
    ["D21435691", "check"],
  ])("%s breaks the rule %s", (value, rule) => {
    expect(verdictOnOrganisationCode(value)).toMatchObject({ valid: false, rule });
  });

  it("agrees with the sum of weights modulo 11", () => {
    fc.assert(
      fc.property(organisationCodes, (code) => {
        const weights = [3, 7, 9, 10, 5, 8, 4, 2, 1];
        const sum = [...code].reduce((total, c, i) => total + (i === 8 && c === "X" ? 10 : ALPHANUMERIC.indexOf(c)) * (weights[i] ?? 0), 0);
        expect(sum % 11).toBe(0);
        expect(verdictOnOrganisationCode(code).valid).toBe(true);
      }),
    );
  });
});

describe("item codes", () => {
  it("takes the three lengths apart", () => {
    expect(verdictOnItemCode("000114108003")).toMatchObject({
      kind: "basic",
      division: "00",
      type: "01",
      department: "14",
      mainItem: "108",
      subItem: "003",
      uscc: null,
    });
    expect(verdictOnItemCode("11370800MB285591843370117002011")).toMatchObject({
      kind: "implementing",
      uscc: "11370800MB28559184",
      level: 3,
      basicCode: "370117002011",
      serial: null,
    });
    expect(verdictOnItemCode("11370828MB28602902400011410800301")).toMatchObject({
      kind: "handling",
      level: 4,
      basicCode: "000114108003",
      serial: "01",
    });
  });

  it.each([
    ["00011410800", "length"],
    ["0001141080A3", "characters"],
    ["990114108003", "division"],
    ["000014108003", "type"],
    ["001114108003", "type"],
    ["000100108003", "department"],
    ["000114000003", "main-item"],
    ["11370800MB285591853370117002011", "uscc"],
    ["11370800MB285591840370117002011", "level"],
    ["11370800MB285591848370117002011", "level"],
    ["11370828MB28602902400011410800300", "serial"],
    ["11370828MB286029024000114108003A1", "serial"],
  ])("%s breaks the rule %s", (value, rule) => {
    expect(verdictOnItemCode(value)).toMatchObject({ valid: false, rule });
  });

  it("takes types of extension only when they are named, and a closing Y of provincial rules", () => {
    expect(verdictOnItemCode("001114108003", ["11"])).toMatchObject({ valid: true, type: "11" });
    expect(verdictOnItemCode("52011410800Y")).toMatchObject({ valid: true, subItem: "00Y" });
  });

  it("has the item types of the code tables", () => {
    const { values } = (JSON.parse(read("codes/codes.json")) as { itemType: { values: Record<string, string> } }).itemType;
    const { "00": _all, ...types } = values;
    expect(ITEM_TYPES).toEqual(types);
  });
});

describe("licence identifiers", () => {
  const good = "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0";

  it("carries type, issuer, serial and version", () => {
    expect(verdictOnLicenceId(good)).toMatchObject({
      type: "11100000000013338W009",
      issuer: "11330105002500287C",
      serial: "2025052201",
      version: 2,
    });
    expect(verdictOnLicenceId(good.toLowerCase().replace("1.2", " １．2"))).toMatchObject({ valid: true, normalised: good });
  });

  it.each([
    [good.slice(0, -2), "parts"],
    [good.replace("3005", "3006"), "root"],
    [good.replace("W009", "W00A"), "type"],
    [good.replace(".11330105002500287C.", ".1133010500250028."), "issuer"],
    [good.replace("2025052201", "2025-052201"), "serial"],
    [good.replace(".002.", ".02."), "version"],
    [good.replace(/0$/, "1"), "check"],
  ])("%s breaks the rule %s", (value, rule) => {
    expect(verdictOnLicenceId(value)).toMatchObject({ valid: false, rule });
  });

  it("finds every single wrong character", () => {
    fc.assert(
      fc.property(licenceIds, fc.nat(80), chars(ALPHANUMERIC), (id, at, c) => {
        const index = at % id.length;
        expect(verdictOnLicenceId(id).valid).toBe(true);
        expect(verdictOnLicenceId(replaceAt(id, index, c)).valid).toBe(id[index] === c);
      }),
      { numRuns: 500 },
    );
  });

  it("agrees with ISO 7064 MOD 37,36 checked as a whole chain", () => {
    fc.assert(
      fc.property(licenceIds, (id) => {
        let p = 36;
        const body = id.split(".").slice(5).join("");
        for (const c of body.slice(0, -1)) p = (((p + ALPHANUMERIC.indexOf(c)) % 36 || 36) * 2) % 37;
        expect((p + ALPHANUMERIC.indexOf(body.at(-1) ?? "")) % 36).toBe(1);
      }),
    );
  });
});

describe("whatever is typed", () => {
  it("gets a verdict, with a reason in both languages when it is refused", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (typed) => {
        for (const verdict of [
          verdictOnResidentId(typed, today),
          verdictOnUscc(typed),
          verdictOnOrganisationCode(typed),
          verdictOnItemCode(typed),
          verdictOnLicenceId(typed),
        ]) {
          if (!verdict.valid) expect(verdict.zh.length * verdict.en.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
