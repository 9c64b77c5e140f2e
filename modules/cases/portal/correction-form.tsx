import type { ReactNode } from "react";
import type { Language, Text } from "#domain/words.ts";
import { BackLink, Button, Buttons } from "#kit/portal/button.tsx";
import { formatDay } from "#kit/portal/dates.ts";
import { ErrorSummary, errorOf, type FieldError } from "#kit/portal/error-summary.tsx";
import { FileUpload } from "#kit/portal/fields.tsx";
import { Form, type FormFields } from "#kit/portal/form.tsx";
import { casePortalWords } from "./words.ts";

export interface CorrectionDefect {
  /** Key of the material; also the name of the file field. */
  readonly key: string;
  readonly name: Text;
  /** As the clerk wrote it. */
  readonly reason: string;
  readonly standard: Text;
}

export interface CorrectionFormProps {
  readonly language: Language;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly form: FormFields;
  readonly number: string;
  readonly itemName: Text;
  /** YYYY-MM-DD. */
  readonly askedOn: string;
  readonly dueOn: string | null;
  readonly defects: readonly CorrectionDefect[];
  readonly errors: readonly FieldError[];
}

const accept = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png";

/** Everything asked for on one page, each answered in its place. Posts `supply` with one file to a defect. */
export function CorrectionForm(props: CorrectionFormProps): ReactNode {
  const { language, today, form, number, itemName, askedOn, dueOn, defects, errors } = props;
  const words = casePortalWords(language);
  return (
    <>
      <BackLink href={`/cases/${number}`}>{words.back}</BackLink>
      <ErrorSummary language={language} errors={errors} />
      <h1>{words.correctTitle}</h1>
      <p className="lead">{itemName[language]}</p>
      <p className="muted">
        {words.correctAsked(formatDay(askedOn, language, today))}
        {dueOn === null ? null : words.correctDue(formatDay(dueOn, language, today))}
      </p>
      <Form action="supply" form={form} files>
        {defects.map((defect) => (
          <section className="card section" key={defect.key}>
            <div className="notice care">
              <p>
                <b>{words.defect}：</b>
                {defect.reason}
              </p>
            </div>
            <FileUpload
              language={language}
              name={defect.key}
              label={defect.name[language]}
              hint={`${words.standard}：${defect.standard[language]}`}
              error={errorOf(errors, defect.key)}
              accept={accept}
            />
          </section>
        ))}
        <Buttons>
          <Button>{words.correctSend}</Button>
        </Buttons>
      </Form>
    </>
  );
}
