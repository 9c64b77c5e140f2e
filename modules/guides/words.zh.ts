/** 搜索和指南的文字；页面的文字在 portal 里。 */
export const zh = {
  refusals: {},
  titles: { home: "首页", search: (q: string) => (q === "" ? "查一查" : `“${q}”的结果`), items: "全部事项" },
  receivedHere: ({ window, office }: { readonly window: string; readonly office: string }) => `${window}代收材料，由${office}决定。`,
  events: {
    restaurant: { title: "我要开饭店", note: "食品经营许可，网上就能办" },
    company: { title: "我要办企业", note: "设立、变更、注销" },
    senior: { title: "家里有老人", note: "老年证、高龄津贴" },
    newborn: { title: "家里添了孩子", note: "出生、医保、接种" },
    truck: { title: "我要跑运输", note: "货运许可、车辆年审" },
    sign: { title: "我要挂招牌", note: "户外广告设置" },
    shop: { title: "我要开理发店、旅馆", note: "公共场所卫生许可" },
  },
};
