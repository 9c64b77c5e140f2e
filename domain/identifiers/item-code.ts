import { normaliseIdentifier } from "../normalise.ts";
import { PROVINCE_CODES } from "./province-codes.ts";
import { verdictOnUscc } from "./uscc.ts";
import { type Invalid, invalid, type Verdict } from "./verdict.ts";

export type ItemCodeRule = "length" | "characters" | "division" | "type" | "department" | "main-item" | "uscc" | "level" | "serial";

export interface BasicCodeFacts {
  /** "00" for the national catalogue, else the province. */
  readonly division: string;
  readonly type: string;
  readonly department: string;
  readonly mainItem: string;
  /** "000" where the main item has no sub-items. */
  readonly subItem: string;
}

export interface ItemCodeFacts extends BasicCodeFacts {
  /** 基本编码 12, 实施编码 31, 业务办理项编码 33. */
  readonly kind: "basic" | "implementing" | "handling";
  readonly basicCode: string;
  /** Of the implementing body; null in a basic code. */
  readonly uscc: string | null;
  /** 1 national … 6 village, 7 shared between levels (GB/T 39046 A.2); null in a basic code. */
  readonly level: number | null;
  /** 01 to 99; null unless a handling item. */
  readonly serial: string | null;
}

/** Item types of GB/T 39046-2020 A.1; 11–19 and from 21 on are left for extension and must be named by the caller. */
export const ITEM_TYPES: Readonly<Record<string, string>> = {
  "01": "行政许可",
  "02": "行政处罚",
  "03": "行政强制",
  "04": "行政征收",
  "05": "行政给付",
  "06": "行政检查",
  "07": "行政确认",
  "08": "行政奖励",
  "09": "行政裁决",
  "10": "其他行政权力",
  "20": "公共服务",
};

/**
 * The codes of service items, GB/T 39554.1-2020. Basic code = division 2, type 2, department 2, main item 3, sub-item 3;
 * implementing code = USCC of the body 18, level 1, basic code; handling code = implementing code, serial 2.
 * Whether the basic code exists is for the catalogue to say. Imports meet other codings too: keep them as local codes.
 */
export function verdictOnItemCode(text: string, extensionTypes: readonly string[] = []): Verdict<ItemCodeRule, ItemCodeFacts> {
  const code = normaliseIdentifier(text);
  switch (code.length) {
    case 12: {
      const basic = basicCodeFacts(code, extensionTypes);
      if ("valid" in basic) return basic;
      return { valid: true, normalised: code, kind: "basic", basicCode: code, uscc: null, level: null, serial: null, ...basic };
    }
    case 31:
    case 33:
      return verdictOnImplementing(code, extensionTypes);
    default:
      return invalid(
        "length",
        `应为12、31或33位，现为${code.length}位。`,
        `It must have 12, 31 or 33 characters; this has ${code.length}.`,
      );
  }
}

function verdictOnImplementing(code: string, extensionTypes: readonly string[]): Verdict<ItemCodeRule, ItemCodeFacts> {
  const uscc = verdictOnUscc(code.slice(0, 18));
  if (!uscc.valid)
    return invalid("uscc", `前18位统一社会信用代码有误：${uscc.zh}`, `The credit code in the first 18 characters: ${uscc.en}`);
  const level = Number(code.charAt(18));
  if (!(level >= 1 && level <= 7)) return invalid("level", "第19位应为1至7的行使层级。", "Character 19 must be a level from 1 to 7.");
  const basicCode = code.slice(19, 31);
  const basic = basicCodeFacts(basicCode, extensionTypes);
  if ("valid" in basic) return basic;
  const serial = code.length === 33 ? code.slice(31) : null;
  if (serial !== null && (!/^\d\d$/.test(serial) || serial === "00")) {
    return invalid("serial", "末2位应为01至99的序号。", "The last 2 characters must be a serial from 01 to 99.");
  }
  const kind = serial === null ? "implementing" : "handling";
  return { valid: true, normalised: code, kind, basicCode, uscc: uscc.normalised, level, serial, ...basic };
}

// Provincial rules mark a main item that has sub-items by a closing Y (DB52/T 1264-2018), so a Y is let through there.
function basicCodeFacts(code: string, extensionTypes: readonly string[]): BasicCodeFacts | Invalid<ItemCodeRule> {
  if (!/^\d{11}[\dY]$/.test(code)) return invalid("characters", "基本编码应为12位数字。", "The basic code must be 12 digits.");
  const division = code.slice(0, 2);
  if (division !== "00" && !PROVINCE_CODES.has(division)) {
    return invalid(
      "division",
      `没有区划${division}：国家为00，其余为省份代码。`,
      `There is no division ${division}: 00 is national, others are provinces.`,
    );
  }
  const type = code.slice(2, 4);
  if (!Object.hasOwn(ITEM_TYPES, type) && !extensionTypes.includes(type)) {
    return invalid("type", `没有事项类型${type}。`, `There is no item type ${type}.`);
  }
  const department = code.slice(4, 6);
  if (department === "00") return invalid("department", "主管部门代码不能是00。", "The department cannot be 00.");
  const mainItem = code.slice(6, 9);
  if (mainItem === "000") return invalid("main-item", "主项编号不能是000。", "The main item cannot be 000.");
  return { division, type, department, mainItem, subItem: code.slice(9) };
}
