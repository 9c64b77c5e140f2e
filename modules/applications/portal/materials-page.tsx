import type { ReactNode } from "react";
import type { NeededMaterial } from "#modules/applications/law/visible.ts";
import type { Language } from "#domain/words.ts";
import { BackLink, Button, Buttons } from "#kit/portal/button.tsx";
import { Notice } from "#kit/portal/card.tsx";
import { ErrorSummary, errorOf, type FieldError } from "#kit/portal/error-summary.tsx";
import { FileUpload } from "#kit/portal/fields.tsx";
import { Form, type FormFields } from "#kit/portal/form.tsx";
import { Tag } from "#kit/portal/tag.tsx";
import { portalWords } from "#kit/words/portal.ts";
import { type ApplicationWords, applicationWords } from "./words.ts";

export interface GivenFile {
  readonly name: string;
  readonly bytes: number;
  /** A PDF that asks for a password. */
  readonly locked: boolean;
}

export interface MaterialRow extends NeededMaterial {
  readonly file: GivenFile | null;
}

export interface MaterialsPageProps {
  readonly language: Language;
  readonly form: FormFields;
  readonly draft: string;
  readonly rows: readonly MaterialRow[];
  /** Of the fields named after the materials. */
  readonly errors: readonly FieldError[];
}

const acceptedFiles = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png";

/** One file input to a material, one button for all. Posts `save`; a press on "delete" adds `remove` with the material's key. */
export function MaterialsPage({ language, form, draft, rows, errors }: MaterialsPageProps): ReactNode {
  const words = applicationWords(language);
  return (
    <>
      <BackLink href={`/apply/${draft}`}>{words.back}</BackLink>
      <ErrorSummary language={language} errors={errors} />
      <h1>{words.materials}</h1>
      {rows.length === 0 ? (
        <Notice tone="done">
          <p>{words.materialsNone}</p>
        </Notice>
      ) : (
        <p className="muted">{words.materialsHint}</p>
      )}
      <Form action="save" form={form} files>
        {rows.map((row) => (
          <div className="card section" key={row.material.key}>
            <Material language={language} row={row} error={errorOf(errors, row.material.key)} words={words} />
          </div>
        ))}
        <Buttons>
          <Button>{rows.length === 0 ? portalWords(language).goOn : words.uploadAndGoOn}</Button>
        </Buttons>
      </Form>
    </>
  );
}

interface MaterialProps {
  readonly language: Language;
  readonly row: MaterialRow;
  readonly error: string | null;
  readonly words: ApplicationWords;
}

function Material({ language, row, error, words }: MaterialProps): ReactNode {
  const { material, file } = row;
  const notes = [material.standard[language], material.note?.[language], material.tolerable ? words.materialTolerable : null];
  const upload = (
    <FileUpload
      language={language}
      name={material.key}
      label={file === null ? material.name[language] : words.replace}
      hint={file === null ? notes.filter(Boolean).join(language === "zh" ? "" : " ") : null}
      error={error}
      optional={file === null && !row.required && !material.tolerable}
      accept={acceptedFiles}
    />
  );
  if (file === null) return upload;
  return (
    <>
      <div className="line">
        <h2 className="inline">{material.name[language]}</h2>
        <Tag tone="done">{words.uploaded}</Tag>
      </div>
      <p className="muted num">
        {file.name} · {words.size(kilobytes(file.bytes))}
      </p>
      {file.locked ? <p className="wrong-text">{words.locked}</p> : null}
      {upload}
      <Button quiet name="remove" value={material.key}>
        {words.removeFile(material.name[language])}
      </Button>
    </>
  );
}

function kilobytes(bytes: number): string {
  return new Intl.NumberFormat("en").format(Math.max(1, Math.round(bytes / 1024)));
}
