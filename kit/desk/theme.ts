import type { ThemeConfig } from "antd";

/**
 * The desk's tokens for antd. `colorPrimary` alone would leave links and information blue of another shade. Every text colour is
 * at least 4.5:1 on white and on the ground; antd's own `#1677ff` (4.10:1) and its grey are not.
 */
export const deskTheme = {
  zeroRuntime: true,
  hashed: false,
  cssVar: { key: "desk" },
  token: {
    colorPrimary: "#0958d9",
    colorInfo: "#0958d9",
    colorLink: "#0958d9",
    colorSuccess: "#237804",
    colorWarning: "#8f4a00",
    colorError: "#b8321f",
    colorText: "#17202e",
    colorTextSecondary: "#4a5568",
    colorTextTertiary: "#5f6b7c",
    colorTextQuaternary: "#5f6b7c",
    colorTextPlaceholder: "#5f6b7c",
    colorTextDescription: "#5f6b7c",
    colorBorder: "#8793a3",
    colorBorderSecondary: "#dde3ea",
    colorBgLayout: "#eef1f5",
    borderRadius: 6,
    borderRadiusLG: 8,
    fontSize: 14,
    controlHeight: 40,
    controlHeightSM: 32,
    wireframe: false,
    fontFamily: '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif',
  },
  components: {
    Button: { fontWeight: 600, primaryShadow: "none", defaultShadow: "none", defaultBorderColor: "#0958d9", defaultColor: "#0958d9" },
    Table: {
      headerBg: "#f7f9fb",
      headerColor: "#4a5568",
      headerSplitColor: "transparent",
      rowHoverBg: "#f4f6f9",
      cellPaddingBlockMD: 8,
      cellPaddingInlineMD: 14,
      borderColor: "#dde3ea",
    },
    Tabs: { titleFontSize: 14, horizontalItemGutter: 20 },
  },
} as const satisfies ThemeConfig;
