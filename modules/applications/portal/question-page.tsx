import type { ReactNode } from "react";
import type { RawFields } from "#modules/applications/law/read-answer.ts";
import type { FormPage, Question } from "#modules/catalog/api.ts";
import type { Language } from "#domain/words.ts";
import { BackLink, Button, Buttons } from "#kit/portal/button.tsx";
import { ErrorSummary, errorOf, type FieldError } from "#kit/portal/error-summary.tsx";
import { Form, type FormFields } from "#kit/portal/form.tsx";
import { QuestionField } from "./question-field.tsx";
import { applicationWords } from "./words.ts";

export interface QuestionPageProps {
  readonly language: Language;
  readonly form: FormFields;
  readonly page: FormPage;
  /** The questions that apply. */
  readonly questions: readonly Question[];
  /** As typed after a fault, else from the draft. */
  readonly values: RawFields;
  readonly errors: readonly FieldError[];
  /** Counted from 1. */
  readonly position: { readonly index: number; readonly total: number };
  /** Where Back leads: the page before, or the task list. */
  readonly back: string;
  /** "check" when Continue leads back to the check page. */
  readonly after: string | null;
}

/** One question, or one tight group, to a page (ux P1). Posts `save`. */
export function QuestionPage(props: QuestionPageProps): ReactNode {
  const { language, form, page, questions, values, errors, position, back, after } = props;
  const words = applicationWords(language);
  const alone = questions.length === 1;
  return (
    <>
      <BackLink href={back}>{words.back}</BackLink>
      <ErrorSummary language={language} errors={errors} />
      <p className="muted small">{words.pageOf(position.index, position.total)}</p>
      {alone ? null : <h1>{page.title[language]}</h1>}
      {page.help ? <p className="muted">{page.help[language]}</p> : null}
      <Form action="save" form={form}>
        {after === null ? null : <input type="hidden" name="after" value={after} />}
        {questions.map((question) => (
          <QuestionField
            key={question.key}
            language={language}
            question={question}
            values={values}
            error={errorOf(errors, question.key)}
            heading={alone}
          />
        ))}
        <Buttons>
          <Button>{words.saveAndGoOn}</Button>
        </Buttons>
      </Form>
    </>
  );
}
