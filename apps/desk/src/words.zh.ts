/** Words of the sign-in page and of the bar. */
export const deskAppWordsZh = {
  links: { work: "待办", cases: "办件", figures: "数据" },
  signIn: {
    title: "工作人员登录",
    userName: "用户名",
    password: "密码",
    submit: "登录",
    userNameMissing: "填写用户名",
    passwordMissing: "填写密码",
    portal: "我要办事，去门户",
    citizen: "这里是工作人员的入口。办事请到门户。",
  },
  notFound: { title: "没有找到这个页面", text: "网址可能不完整。", back: "回到待办" },
  failed: { title: "页面出了问题", text: "已经记入的都在。请重新打开这一页。", again: "重新打开" },
};
