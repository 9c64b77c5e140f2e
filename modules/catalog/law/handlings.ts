import type { Handling } from "../api.ts";

/** What a matter is, as far as it says what one may apply for. */
export interface MatterFacts {
  readonly name: string;
  /** GB/T 39046-2020 A.1. */
  readonly typeCode: string;
  /** Name of what one gets in the end. */
  readonly result: string;
}

/** A document that one holds and that may run out, be lost or be handed back: 证, 证书, 执照, 卡, 牌. */
const held = /(证|证书|执照|卡|号牌|标牌)$/;

/** These name what is done already; splitting them again would give 企业变更登记（变更）. */
const alreadyOne = /变更|注销|备案|验收|登记$|补卡|审验|年度|新办|待遇|查询|公开|取得|签发|提取|奖励|检疫/;

/**
 * The handling items (业务办理项) of a matter. A licence may be changed (行政许可法第四十九条), renewed before it ends
 * (第五十条), given up (第七十条) and, where it is a document one holds, replaced when lost. A benefit may change and end.
 * A ruling is asked for once.
 */
export function handlingsOf({ name, typeCode, result }: MatterFacts): readonly Handling[] {
  if (alreadyOne.test(name)) return ["apply"];
  const document = held.test(result);
  switch (typeCode) {
    case "01":
      return document ? ["apply", "change", "extend", "replace", "cancel"] : ["apply", "change", "extend", "cancel"];
    case "05":
      return ["apply", "change", "cancel"];
    case "07":
      return document ? ["apply", "replace"] : ["apply", "change"];
    case "10":
      return document ? ["apply", "change", "cancel"] : ["apply", "change"];
    case "20":
      return document ? ["apply", "change", "replace", "cancel"] : ["apply", "change"];
    default:
      return ["apply"];
  }
}
