import type { ReactNode } from "react";
import type { Language } from "#domain/words.ts";
import { BackLink, Button, Buttons } from "#kit/portal/button.tsx";
import { ErrorSummary, errorOf, type FieldError } from "#kit/portal/error-summary.tsx";
import { TextInput } from "#kit/portal/fields.tsx";
import { Form, type FormFields } from "#kit/portal/form.tsx";
import { portalWords } from "#kit/words/portal.ts";
import { casePortalWords } from "./words.ts";

export interface TrackProps {
  readonly language: Language;
  readonly form: FormFields;
  /** As typed. */
  readonly number: string;
  /** Of the fields `number` and `code`. */
  readonly errors: readonly FieldError[];
}

/** A case without signing in (ux P19). Posts `track` with `number` and `code`. */
export function Track({ language, form, number, errors }: TrackProps): ReactNode {
  const words = casePortalWords(language);
  return (
    <>
      <BackLink href="/">{portalWords(language).home}</BackLink>
      <ErrorSummary language={language} errors={errors} />
      <h1>{words.trackTitle}</h1>
      <p className="muted">{words.trackHint}</p>
      <Form action="track" form={form}>
        <TextInput
          language={language}
          name="number"
          label={words.number}
          hint={words.trackNumberHint}
          error={errorOf(errors, "number")}
          value={number}
          mode="numeric"
        />
        <TextInput language={language} name="code" label={words.queryCode} error={errorOf(errors, "code")} value="" width="short" />
        <Buttons>
          <Button>{words.track}</Button>
        </Buttons>
      </Form>
    </>
  );
}
