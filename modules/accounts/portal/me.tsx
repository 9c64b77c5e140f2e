import type { ReactNode } from "react";
import type { Look } from "#modules/accounts/api.ts";
import type { Language } from "#domain/words.ts";
import { BackLink, Button, Buttons } from "#kit/portal/button.tsx";
import { formatMoment } from "#kit/portal/dates.ts";
import { ErrorSummary, errorOf, type FieldError } from "#kit/portal/error-summary.tsx";
import { TextInput } from "#kit/portal/fields.tsx";
import { Form, type FormFields } from "#kit/portal/form.tsx";
import { type AccountPortalWords, accountPortalWords } from "./words.ts";

export interface MeProps {
  readonly language: Language;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly form: FormFields;
  /** Masked; null until the person has stated it. */
  readonly name: string | null;
  /** Masked. */
  readonly phone: string;
  readonly looks: readonly Look[];
}

/** Own data and who looked at it. Posts `sign_out`. */
export function Me({ language, today, form, name, phone, looks }: MeProps): ReactNode {
  const words = accountPortalWords(language);
  return (
    <>
      <h1 className="first">{words.me}</h1>
      <dl className="answers card pairs">
        <div>
          <dt>{words.name}</dt>
          <dd>{name ?? words.noName}</dd>
        </div>
        <div>
          <dt>{words.phone}</dt>
          <dd className="num">{phone}</dd>
        </div>
      </dl>
      <ul className="rows card">
        {name === null ? <Way href="/me/identity">{words.identify}</Way> : null}
        <Way href="/cases">{words.myCases}</Way>
        <Way href="/drafts">{words.myDrafts}</Way>
      </ul>
      <h2>{words.looks}</h2>
      <p className="muted">{words.looksHint}</p>
      <Looks language={language} today={today} looks={looks} words={words} />
      <Form action="sign_out" form={form}>
        <Buttons>
          <Button quiet>{words.signOut}</Button>
        </Buttons>
      </Form>
    </>
  );
}

function Way({ href, children }: { readonly href: string; readonly children: ReactNode }): ReactNode {
  return (
    <li>
      <div>
        <a className="way" href={href}>
          {children}
        </a>
      </div>
    </li>
  );
}

type LooksProps = Pick<MeProps, "language" | "today" | "looks"> & { readonly words: AccountPortalWords };

/** Always with the purpose: an entry without a reason only raises questions (ux P17). */
function Looks({ language, today, looks, words }: LooksProps): ReactNode {
  if (looks.length === 0) return <p className="card">{words.looksEmpty}</p>;
  const names: Readonly<Record<string, string>> = words.fieldNames;
  const separator = language === "zh" ? "、" : ", ";
  return (
    <ul className="rows card">
      {looks.map((look) => (
        <li key={`${look.at}${look.office}${look.purpose}`}>
          <div>
            <b>{look.purpose}</b>
            <div>{look.office}</div>
            <div className="muted small">
              {formatMoment(look.at, language, today)} ·{" "}
              {words.lookFields(look.fields.map((field) => names[field] ?? field).join(separator))}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

export interface IdentifyProps {
  readonly language: Language;
  readonly form: FormFields;
  /** As typed. */
  readonly name: string;
  readonly residentId: string;
  /** Of the fields `name` and `residentId`. */
  readonly errors: readonly FieldError[];
  readonly next: string;
}

/** Posts `identify` with `name`, `residentId` and `next`. */
export function Identify({ language, form, name, residentId, errors, next }: IdentifyProps): ReactNode {
  const words = accountPortalWords(language);
  return (
    <>
      <BackLink href="/me">{words.me}</BackLink>
      <ErrorSummary language={language} errors={errors} />
      <h1>{words.identify}</h1>
      <p className="muted">{words.identifyHint}</p>
      <Form action="identify" form={form}>
        <input type="hidden" name="next" value={next} />
        <TextInput
          language={language}
          name="name"
          label={words.realName}
          hint={words.realNameHint}
          error={errorOf(errors, "name")}
          value={name}
          autoComplete="name"
        />
        <TextInput
          language={language}
          name="residentId"
          label={words.residentId}
          hint={words.residentIdHint}
          error={errorOf(errors, "residentId")}
          value={residentId}
        />
        <Buttons>
          <Button>{words.save}</Button>
        </Buttons>
      </Form>
    </>
  );
}
