import type { ReactNode } from "react";

// Strokes of 1.8 on a 24 grid, one colour, always beside a word (look.md).
const paths = {
  restaurant: "M3 10l9-6 9 6v10H3zM9 20v-6h6v6",
  person: "M12 4a4 4 0 110 8 4 4 0 010-8zM4 21c1-5 4-7 8-7s7 2 8 7",
  company: "M4 20V6h10v14M14 10h6v10M7 9h4M7 13h4M7 17h4",
  truck: "M3 16V7h11v9M14 10h4l3 4v2h-1.5M7 16a2 2 0 110 4 2 2 0 010-4zM17 16a2 2 0 110 4 2 2 0 010-4zM9 18h6",
  heart: "M12 21s-8-5-8-11a4.5 4.5 0 018-3 4.5 4.5 0 018 3c0 6-8 11-8 11z",
  house: "M3 21h18M6 21V9l6-5 6 5v12M10 21v-6h4v6",
  clock: "M12 3a9 9 0 110 18 9 9 0 010-18zM12 7v5l3 3",
  list: "M4 5h16v14H4zM4 10h16M9 15h6",
  sign: "M4 4h16v9H4zM8 13v8M16 13v8M8 8h8",
  water: "M12 3c4 5 6 8 6 11a6 6 0 01-12 0c0-3 2-6 6-11z",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
