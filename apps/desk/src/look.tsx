import { App, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import type { ReactNode } from "react";
import { useLanguage } from "#kit/desk/language.tsx";
import { deskTheme } from "#kit/desk/theme.ts";

/** Menus open inside of the page's landmark, so that who goes by landmarks finds them. */
function popupPlace(): HTMLElement {
  return document.getElementById("main") ?? document.body;
}

/** antd in our tokens and language. dayjs needs its own locale, or weekdays stay English beside Chinese months. */
export function Look({ children }: { readonly children: ReactNode }): ReactNode {
  const { language } = useLanguage();
  dayjs.locale(language === "zh" ? "zh-cn" : "en");
  return (
    <ConfigProvider
      theme={deskTheme}
      locale={language === "zh" ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      getPopupContainer={popupPlace}
    >
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
}
