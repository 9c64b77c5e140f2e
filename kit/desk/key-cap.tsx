import type { ReactNode } from "react";
import { capOf, type ShortcutName, singleKeysOn } from "./shortcuts.ts";

/** The key shown where it acts; nothing when keys of a single character are turned off and this is one. */
export function KeyCap({ name }: { readonly name: ShortcutName }): ReactNode {
  const cap = capOf(name);
  return cap.length === 1 && /[\w/?]/.test(cap) && !singleKeysOn() ? null : <kbd aria-hidden="true">{cap}</kbd>;
}
