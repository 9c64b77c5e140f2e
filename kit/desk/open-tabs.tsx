import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";

export interface OpenTab {
  readonly path: string;
  readonly label: string;
}

interface OpenTabs {
  readonly tabs: readonly OpenTab[];
  readonly open: (tab: OpenTab) => void;
  readonly close: (path: string) => void;
}

/** So many fit beside the navigation at 1366 px; the one opened longest ago makes room. */
export const mostTabs = 5;
const STORE = "desk.tabs";

const TabsContext = createContext<OpenTabs>({ tabs: [], open: () => undefined, close: () => undefined });

/** The open cases of this browser window; they survive a reload. */
export function OpenTabsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [tabs, setTabs] = useState<readonly OpenTab[]>(storedTabs);
  useEffect(() => store(tabs), [tabs]);
  const open = useCallback((tab: OpenTab) => setTabs((before) => withTab(before, tab)), []);
  const close = useCallback((path: string) => setTabs((before) => before.filter((tab) => tab.path !== path)), []);
  const value = useMemo(() => ({ tabs, open, close }), [tabs, open, close]);
  return <TabsContext value={value}>{children}</TabsContext>;
}

export function useOpenTabs(): OpenTabs {
  return useContext(TabsContext);
}

/** Keeps a tab for the page that is shown. */
export function useOpenTab(path: string, label: string | null): void {
  const { open } = useOpenTabs();
  useEffect(() => {
    if (label !== null) open({ path, label });
  }, [open, path, label]);
}

/** A tab that is there keeps its place; a new one stands last. */
export function withTab(tabs: readonly OpenTab[], tab: OpenTab): readonly OpenTab[] {
  const known = tabs.find(({ path }) => path === tab.path);
  if (known?.label === tab.label) return tabs;
  if (known !== undefined) return tabs.map((other) => (other.path === tab.path ? tab : other));
  return [...tabs, tab].slice(-mostTabs);
}

function storedTabs(): readonly OpenTab[] {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(STORE) ?? "[]");
    return Array.isArray(value) ? value.filter(isTab).slice(-mostTabs) : [];
  } catch {
    return [];
  }
}

function isTab(value: unknown): value is OpenTab {
  const tab = value as Partial<OpenTab> | null;
  return typeof tab === "object" && tab !== null && typeof tab.path === "string" && typeof tab.label === "string";
}

function store(tabs: readonly OpenTab[]): void {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(tabs));
  } catch {
    // Without storage the tabs last as long as the page.
  }
}
