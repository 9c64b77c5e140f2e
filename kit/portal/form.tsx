import type { ReactNode } from "react";

/** What every form must send back: `_form` shows that it came from us, `_key` makes a repeated press the same act (architecture 3). */
export interface FormFields {
  readonly _form: string;
  readonly _key: string;
}

export interface FormProps {
  /** Name of the page's action, sent as `_action`. */
  readonly action: string;
  readonly form: FormFields;
  /** Set when the form goes to another page than the one shown. */
  readonly to?: string;
  readonly files?: boolean;
  /** Tells apart two forms of the same action on one page. */
  readonly part?: string;
  readonly children: ReactNode;
}

/**
 * Checks run on the server on Continue, so the browser's own bubbles are off (ux P2). Hidden fields come first, as uploads
 * are streamed. The key carries the action: two forms of one page must be two acts.
 */
export function Form({ action, form, to, files = false, part, children }: FormProps): ReactNode {
  const key = [form._key, action, ...(part === undefined ? [] : [part])].join("-");
  return (
    <form method="post" action={to} encType={files ? "multipart/form-data" : undefined} noValidate>
      <input type="hidden" name="_action" value={action} />
      <input type="hidden" name="_key" value={key} />
      <input type="hidden" name="_form" value={form._form} />
      {children}
    </form>
  );
}
