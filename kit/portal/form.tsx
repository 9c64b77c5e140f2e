import { createContext, type ReactNode, use } from "react";

/**
 * What every form must send back: `key` makes a repeated press the same act (architecture 3), `token` shows that the
 * form came from us. They are of the page, not of a view, so the frame hands them down and views stay pure.
 */
export interface FormTokensValue {
  readonly key: string;
  readonly token: string;
}

const Tokens = createContext<FormTokensValue>({ key: "", token: "" });

export function FormTokens({ value, children }: { readonly value: FormTokensValue; readonly children: ReactNode }): ReactNode {
  return <Tokens value={value}>{children}</Tokens>;
}

export interface FormProps {
  /** Name of the page's action, sent as `_action`. */
  readonly action: string;
  /** Set when the form goes to another page than the one shown. */
  readonly to?: string;
  readonly files?: boolean;
  /** Tells apart two forms of the same action on one page, so that their acts differ. */
  readonly part?: string;
  readonly children: ReactNode;
}

/** Checks run on the server on Continue, so the browser's own bubbles are off (ux P2). Hidden fields come first: uploads are streamed. */
export function Form({ action, to, files = false, part, children }: FormProps): ReactNode {
  const tokens = use(Tokens);
  return (
    <form method="post" action={to} encType={files ? "multipart/form-data" : undefined} noValidate>
      <input type="hidden" name="_action" value={action} />
      <input type="hidden" name="_key" value={part === undefined ? tokens.key : `${tokens.key}-${part}`} />
      <input type="hidden" name="_form" value={tokens.token} />
      {children}
    </form>
  );
}
