import type { ReactNode } from "react";
import type { Language } from "#domain/words.ts";
import { BackLink, Button, Buttons } from "#kit/portal/button.tsx";
import { Details } from "#kit/portal/card.tsx";
import { ErrorSummary } from "#kit/portal/error-summary.tsx";
import { TextInput } from "#kit/portal/fields.tsx";
import { Form, type FormFields } from "#kit/portal/form.tsx";
import { accountPortalWords } from "./words.ts";

interface SignInProps {
  readonly language: Language;
  readonly form: FormFields;
  /** What is wrong, in the reader's language, or null. */
  readonly error: string | null;
  /** Local path to go on to. */
  readonly next: string;
}

export interface SignInPhoneProps extends SignInProps {
  /** As typed. */
  readonly phone: string;
}

/** Posts `send_code` with `phone` and `next`. */
export function SignInPhone({ language, form, phone, error, next }: SignInPhoneProps): ReactNode {
  const words = accountPortalWords(language);
  return (
    <>
      <ErrorSummary language={language} errors={error === null ? [] : [{ name: "phone", message: error }]} />
      <h1 className="first">{words.signInTitle}</h1>
      <p className="muted">{words.signInHint}</p>
      <Form action="send_code" form={form}>
        <input type="hidden" name="next" value={next} />
        <TextInput
          language={language}
          name="phone"
          label={words.phone}
          hint={words.phoneHint}
          error={error}
          value={phone}
          mode="tel"
          width="short"
          autoComplete="tel"
        />
        <Buttons>
          <Button>{words.sendCode}</Button>
        </Buttons>
      </Form>
    </>
  );
}

export interface SignInCodeProps extends SignInProps {
  readonly maskedPhone: string;
  /** Id of the request for a code. */
  readonly request: string;
}

/** Posts `check_code` with `code`, `request` and `next`. The phone fills the code in by itself where it can (`one-time-code`). */
export function SignInCode({ language, form, maskedPhone, error, next, request }: SignInCodeProps): ReactNode {
  const words = accountPortalWords(language);
  return (
    <>
      <BackLink href={`/sign-in?next=${encodeURIComponent(next)}`}>{words.otherPhone}</BackLink>
      <ErrorSummary language={language} errors={error === null ? [] : [{ name: "code", message: error }]} />
      <h1>{words.codeTitle}</h1>
      <p>{words.codeSent(maskedPhone)}</p>
      <Form action="check_code" form={form}>
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="request" value={request} />
        <TextInput
          language={language}
          name="code"
          label={words.code}
          error={error}
          value=""
          mode="numeric"
          width="short"
          autoComplete="one-time-code"
        />
        <Buttons>
          <Button>{words.signIn}</Button>
        </Buttons>
      </Form>
      <div className="section">
        <Details summary={words.noCode}>
          <p>{words.noCodeHelp}</p>
        </Details>
      </div>
    </>
  );
}
