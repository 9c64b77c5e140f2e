import type { ReactNode } from "react";

interface ButtonProps {
  readonly children: ReactNode;
  readonly quiet?: boolean;
  readonly name?: string;
  readonly value?: string;
}

/** A page has one main button; every other is quiet (look.md). */
export function Button({ children, quiet = false, name, value }: ButtonProps): ReactNode {
  return (
    <button className={quiet ? "button quiet" : "button"} name={name} value={value}>
      {children}
    </button>
  );
}

export function LinkButton({
  children,
  href,
  quiet = false,
}: Pick<ButtonProps, "children" | "quiet"> & { readonly href: string }): ReactNode {
  return (
    <a className={quiet ? "button quiet" : "button"} href={href}>
      {children}
    </a>
  );
}

export function Buttons({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className="buttons">{children}</div>;
}

/** Up one level, on top of the page. */
export function BackLink({
  href,
  children,
  up = true,
}: {
  readonly href: string;
  readonly children: ReactNode;
  readonly up?: boolean;
}): ReactNode {
  return (
    <a className={up ? "back up" : "back"} href={href}>
      {children}
    </a>
  );
}
