import type { CaseRefusalCode } from "#modules/cases/api.ts";

type Status = { readonly status: string };

const statuses = {
  received: "已收件，等待受理",
  correcting: "等待补正",
  not_accepted: "不予受理",
  accepted: "审查中",
  granted: "准予许可",
  refused: "不予许可",
  delivered: "已送达",
  closed: "已办结",
  withdrawn: "已撤回",
};

const events = {
  "case.received": "收到申请",
  "case.correction_required": "一次性告知补正",
  "case.correction_supplied": "补正材料",
  "case.not_accepted": "不予受理",
  "case.accepted": "受理",
  "case.reviewed": "提出审查意见",
  "case.granted": "准予许可",
  "case.refused": "不予许可",
  "case.delivered": "送达",
  "case.closed": "办结",
  "case.withdrawn": "撤回申请",
};

const duties = { accept: "受理", correct: "补正", review: "审查", decide: "决定", deliver: "送达", close: "办结" };

function statusName(status: string): string {
  return Object.hasOwn(statuses, status) ? statuses[status as keyof typeof statuses] : status;
}

const refusals = {
  "case.not_found": "没有这个办件，或您不能查看它。",
  "case.wrong_state": ({ status }: Status) => `这个办件现在是“${statusName(status)}”，不能这样办理。请刷新后再看。`,
  "case.draft_not_found": "没有找到这份草稿。",
  "case.draft_incomplete": "申请还没有填完，请补全后再提交。",
  "case.second_correction": "已经告知过一次补正。法律只允许一次性告知，不能再次要求（行政许可法第三十二条）。",
  "case.no_defects": "请写明要补正的每一份材料和原因。",
  "case.material_unknown": ({ material }: { readonly material: string }) => `这次不需要材料“${material}”。`,
  "case.material_missing": ({ materials }: { readonly materials: readonly string[] }) => `还缺 ${materials.length} 份要补正的材料。`,
  "case.competent_body_missing": "不属于本机关职权的，要告诉申请人向哪个机关申请（行政许可法第三十二条）。",
  "case.step_unknown": "这个办件没有这个审查环节。",
  "case.step_done": "这个审查环节已经有意见了。",
  "case.reason_missing": "请写明理由（行政许可法第三十八条）。",
  "case.article_missing": "请写明依据的法律条款。",
  "case.reviews_open": ({ steps }: { readonly steps: readonly string[] }) => `还有 ${steps.length} 个审查环节没有意见，不能作决定。`,
  "case.reviewer_disagreed": "有审查环节不同意，不能准予许可。",
  "case.same_person": "受理或审查过这个办件的人，不能再作决定。请换一位同事。",
  "case.not_yours": "这一步由其他单位办理。",
} as const satisfies Record<CaseRefusalCode, string | ((params: never) => string)>;

const clock = {
  start: "受理次日起算",
  receivedStart: "收到材料次日起算",
  acceptWithin: "5 个工作日内告知是否受理（行政许可法第三十二条）",
  promised: (limit: string) => `承诺时限 ${limit}`,
  legal: (limit: string, basis: string) => `法定时限 ${limit}${basis === "" ? "" : `（${basis}）`}`,
  promiseDue: "承诺最晚答复",
  legalDue: "法律最晚期限",
  notCounted: "不计的日子",
  days: (days: number) => `${days} 天`,
  provisional: "暂按周一至周五推算，放假安排公布后重算",
  limit: (amount: number, unit: string) => {
    const units: Readonly<Record<string, string>> = { workday: "个工作日", day: "日", hour: "小时", month: "个月", year: "年" };
    return unit === "on-the-spot" ? "当场" : `${amount} ${units[unit] ?? unit}`;
  },
};

const facts = {
  reason: "理由",
  article: "依据",
  material: "材料",
  competentBody: "应向哪个机关申请",
  means: "送达方式",
  note: "备注",
  opinion: "意见",
  legalDue: "法律最晚期限",
  promiseDue: "承诺最晚答复",
  acceptBy: "最晚告知是否受理",
  deliverBy: "最晚送达",
  onTime: "时限",
  inTime: "按承诺办完",
  late: "超过承诺",
  yes: "是",
  no: "否",
  agree: "同意",
  disagree: "不同意",
  electronic: "网上送达",
  window: "窗口领取",
  post: "邮寄",
};

const actors = { applicant: "申请人", system: "系统" };

const csv = {
  number: "办件编号",
  item: "事项",
  organisation: "决定机关",
  status: "状态",
  channel: "来源",
  receivedOn: "收件日期",
  legalDue: "法律最晚期限",
  promiseDue: "承诺最晚答复",
  online: "网上",
  cut: (rows: number) => `只导出前 ${rows} 行，请缩小范围再导出`,
  window: "窗口",
};

const notices = {
  purpose: "短信通知办件进度",
  sms: (item: string, number: string, text: string) => `【一窗】${item}（${number}）：${text}`,
  accepted: (day: string) => `已受理，最晚${day}答复您。`,
  correction: "需要补正材料，请登录后在“我的办件”里补。",
  notAccepted: "没有受理，理由请登录查看。",
  granted: (day: string) => `同意了，最晚${day}把结果送给您。`,
  refused: (day: string) => `没有批准，理由请登录查看，决定书最晚${day}送达。`,
  delivered: "结果已送达。",
};

export const caseWords = { refusals, statuses, events, duties, clock, facts, actors, csv, notices };
