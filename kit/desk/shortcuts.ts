import { useEffect, useRef } from "react";
import { remember, remembered } from "./preferences.ts";

/**
 * The keys of the desk. Whoever needs others changes this map: nothing else names a key. F5, F11 and F12 belong to the browser.
 * A single character means the key alone; `Ctrl+` the control or command key with it.
 */
export const deskKeys = {
  next: "j",
  previous: "k",
  search: "/",
  help: "?",
  print: "F8",
  accept: "F9",
  opinion: "e",
  submit: "Ctrl+Enter",
  up: "ArrowUp",
  down: "ArrowDown",
  markAccepted: "1",
  markMissing: "2",
  markWrong: "3",
  markRest: "0",
} as const;
export type ShortcutName = keyof typeof deskKeys;
export type ShortcutHandlers = Partial<Readonly<Record<ShortcutName, () => void>>>;

/** What is printed on a key cap. */
export function capOf(name: ShortcutName): string {
  const key: string = deskKeys[name];
  if (key === "ArrowUp") return "↑";
  if (key === "ArrowDown") return "↓";
  return key.length === 1 ? key.toUpperCase() : key;
}

/** WCAG 2.1.4: keys of a single character can be turned off. */
export function singleKeysOn(): boolean {
  return remembered("single-keys") !== "off";
}

export function turnSingleKeys(on: boolean): void {
  remember("single-keys", on ? "on" : "off");
}

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The shortcut a key press means, or null. While something is typed only function keys and control combinations count. */
export function shortcutOf(pressed: Pressed, typing: boolean, singleKeys: boolean): ShortcutName | null {
  const control = pressed.ctrlKey || pressed.metaKey;
  const key = control ? `Ctrl+${pressed.key}` : pressed.key;
  if (pressed.altKey) return null;
  const single = key.length === 1;
  const plain = single || key.startsWith("Arrow");
  if ((plain && typing) || (single && !singleKeys)) return null;
  const wanted = single ? key.toLowerCase() : key;
  return (Object.keys(deskKeys) as ShortcutName[]).find((name) => deskKeys[name] === wanted) ?? null;
}

const TYPING = "input, textarea, select, [contenteditable], [role=combobox], [role=listbox], [role=tab], [role=menu], [role=menuitem]";

function typesInto(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

/** True while a dialog covers the page: its own keys rule then. */
function isCovered(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

/** Listens for the desk's keys as long as the component is there. */
export function useShortcuts(handlers: ShortcutHandlers): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || isCovered()) return;
      const name = shortcutOf(event, typesInto(event.target), singleKeysOn());
      const handler = name === null ? undefined : latest.current[name];
      if (handler === undefined) return;
      event.preventDefault();
      handler();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
