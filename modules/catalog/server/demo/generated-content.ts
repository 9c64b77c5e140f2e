import type { Text } from "#domain/words.ts";
import type { Handling, ItemContent, ItemStep, Limit } from "../../api.ts";
import { en } from "../../words.en.ts";
import { zh } from "../../words.zh.ts";
import type { BasicItem } from "./sources.ts";
import type { Placed } from "./spread.ts";

/**
 * The content of an implementing item that nobody has worked out yet: what data/items.tsv knows and no more. No materials,
 * no conditions and no form are made up; the guide says that the window tells them, and online depth is 1 (consultation).
 * Placed items of one matter, kind of place and decider share one content.
 */
export function generatedContent({ item, handling, division, decider, role }: Placed): ItemContent {
  const limit = legalLimit(item);
  const name = handlingName(item, handling);
  return {
    key: `item-${item.seq}-${handling}`,
    itemName: item.name,
    name,
    title: name,
    summary: {
      zh: `由${decider.shortName.zh}办理，请先打电话再到窗口。`,
      en: `Handled by ${decider.shortName.en}. Call first, then come to the window.`,
    },
    type: item.typeCode as ItemContent["type"],
    organisation: decider.key,
    applicants: [...(item.natural ? (["natural"] as const) : []), ...(item.legal ? (["legal"] as const) : [])],
    caseType: item.caseType === "即办件" ? "immediate" : "promise",
    basis: basisOf(item),
    legalLimit: limit,
    promisedLimit: { ...limit, basis: "没有另作承诺，与法定时限相同", note: null },
    ...atTheWindow,
    steps: stepsOf(item, limit),
    result: { kind: resultKind(item.result), name: { zh: item.result, en: item.resultEn }, validityYears: null, validityNote: null },
    place: places[division.level],
    hours: role === "decides" && division.level === "county" ? hallHours : workHours,
    consult: decider.phone ?? "0561-12345",
    complain: "12345",
    sources: ["data/items.tsv"],
    uncertain: ["受理条件、申请材料、收费没有录入", ...(item.daysMark === "known" ? [] : ["法定时限待核对"])],
  };
}

const notWorkedOut: Text = {
  zh: "条件和材料还没有整理上网，窗口会一次说清。",
  en: "Conditions and papers are not online yet; the window tells you all of them at once.",
};
const feesUnknown: Text = { zh: "是否收费，请向窗口确认。", en: "Please ask the window whether there is a fee." };
/** 行政复议法第二十条: 60 days; 行政诉讼法第四十六条: 6 months. */
const remedies: Text = {
  zh: "对决定不服的，可在60日内申请行政复议，或在6个月内起诉。",
  en: "Against a decision: administrative review within 60 days, or the court within 6 months.",
};
/** What is the same for every item that nobody has worked out yet. */
const atTheWindow = {
  plainWords: [],
  conditions: [notWorkedOut],
  materials: [],
  specialProcedures: [],
  fees: { charged: null, note: feesUnknown, items: [] },
  visits: 1,
  visitReason: { zh: "这个事项还不能在网上申请。", en: "This item cannot be applied for online yet." },
  onlineDepth: ["1"],
  delivery: ["window" as const],
  faq: [],
  remedies,
  form: null,
};
const hallHours: Text = {
  zh: "工作日 9:00–12:00，13:00–17:00；周六预约办理",
  en: "Working days 9:00–12:00, 13:00–17:00; Saturdays by appointment",
};
const workHours: Text = { zh: "工作日 9:00–12:00，13:00–17:00", en: "Working days 9:00–12:00, 13:00–17:00" };
const places: Readonly<Record<Placed["division"]["level"], Text>> = {
  county: { zh: "相山区政务服务中心", en: "Xiangshan Service Centre" },
  town: { zh: "镇（街道）为民服务中心", en: "Service centre of the town or subdistrict" },
  village: { zh: "社区（村）为民服务站", en: "Service station of the community or village" },
};

/** The first application bears the plain name; the others say what they are: 食品经营许可（变更）. */
export function handlingName(item: BasicItem, handling: Handling): Text {
  if (handling === "apply") return { zh: item.name, en: item.nameEn };
  return { zh: `${item.name}（${zh.handlings[handling]}）`, en: `${item.nameEn}: ${en.handlings[handling].toLowerCase()}` };
}

function legalLimit(item: BasicItem): Limit {
  const extension: Text = {
    zh: `经批准可以延长${item.extensionDays}${item.dayKind === "日" ? "日" : `个${item.dayKind}`}。`,
    en: `May be extended by ${item.extensionDays} ${item.dayKind === "工作日" ? "working days" : "days"} with approval.`,
  };
  return {
    amount: item.days,
    unit: unitOf(item.dayKind),
    basis: item.daysMark === "default" ? "没有专门规定，按行政许可法第四十二条列出" : item.basis,
    note: item.extensionDays > 0 ? extension : null,
  };
}

function unitOf(dayKind: string): Limit["unit"] {
  switch (dayKind) {
    case "工作日":
      return "workday";
    case "日":
      return "day";
    case "月":
      return "month";
    case "当场":
      return "on-the-spot";
    default:
      throw new Error(`data/items.tsv: no unit of time ${dayKind}`);
  }
}

/** "城乡规划法第41条" → law and article; the text is left to the published law. */
function basisOf({ basis }: BasicItem): ItemContent["basis"] {
  return basis.split(";").map((part) => {
    const at = part.search(/第[\d、至]+条/);
    const law = at === -1 ? part : part.slice(0, at);
    const article = at === -1 ? null : part.slice(at);
    return { law, number: null, article, text: null, paraphrase: true, issuer: null, inForceFrom: null };
  });
}

function resultKind(result: string): ItemContent["result"]["kind"] {
  if (/(证|证书|执照|卡|牌)$/.test(result)) return "licence";
  return /(批复|批准|核准|许可|决定)/.test(result) ? "approval" : "other";
}

const onTheSpot: Limit = { amount: 0, unit: "on-the-spot" };

/** The steps every case goes through. Acceptance within 5 working days is 行政许可法第三十二条, delivery within 10 第四十四条. */
function stepsOf(item: BasicItem, limit: Limit): ItemStep[] {
  const licence = item.typeCode === "01" && limit.unit !== "on-the-spot";
  const decide: Limit = { amount: limit.amount, unit: limit.unit };
  return [
    step("receive", "clerk", "收件", "Receipt", onTheSpot, { zh: "收到材料给凭证。", en: "You get a receipt." }),
    step("accept", "clerk", "受理", "Acceptance", licence ? { amount: 5, unit: "workday", basis: "行政许可法第三十二条" } : onTheSpot, {
      zh: "缺什么，一次说清。",
      en: "What is missing is told all at once.",
    }),
    step("decide", "decider", "决定", "Decision", decide, { zh: "不同意的，说清理由。", en: "If refused, you are told why." }),
    step("deliver", "issuer", "送达", "Delivery", licence ? { amount: 10, unit: "workday", basis: "行政许可法第四十四条" } : onTheSpot, {
      zh: "通知您来取结果。",
      en: "You are told to collect the result.",
    }),
  ];
}

function step(kind: ItemStep["kind"], post: ItemStep["post"], zhName: string, enName: string, limit: Limit, standard: Text): ItemStep {
  const name: Text = { zh: zhName, en: enName };
  return { key: kind, kind, name, organisation: null, post, limit, standard, result: name };
}
