import type { ReactNode } from "react";

/** The window. */
export function Logo(): ReactNode {
  return (
    <svg className="logo" viewBox="0 0 24 24" aria-hidden="true">
      <rect x="1.5" y="1.5" width="21" height="21" rx="4" />
      <path d="M12 2v20M2 11h20" />
    </svg>
  );
}
