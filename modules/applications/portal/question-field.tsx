import type { ReactNode } from "react";
import { fieldNames, type RawFields } from "#modules/applications/law/read-answer.ts";
import type { Question } from "#modules/catalog/api.ts";
import type { Language } from "#domain/words.ts";
import { Checkboxes, DateInput, type FieldProps, type Option, Radios, Select, Textarea, TextInput } from "#kit/portal/fields.tsx";
import { portalWords } from "#kit/words/portal.ts";

export interface QuestionFieldProps {
  readonly language: Language;
  readonly question: Question;
  readonly values: RawFields;
  readonly error: string | null;
  readonly heading: boolean;
}

/** More choices than this are a list to open: eleven radio buttons fill a phone. */
const mostRadios = 8;

/** The control of a question by its kind; the form's data say nothing about controls. */
export function QuestionField(props: QuestionFieldProps): ReactNode {
  const { question, values } = props;
  const common = commonOf(props);
  const value = textOf(values, question.key);
  switch (question.kind) {
    case "long-text":
      return <Textarea {...common} value={value} />;
    case "whole-number":
      return <TextInput {...common} value={value} mode="numeric" width="short" />;
    case "decimal":
      return <TextInput {...common} value={value} mode="decimal" width="short" />;
    case "date": {
      const [year = "", month = "", day = ""] = fieldNames(question).map((name) => textOf(values, name));
      return <DateInput {...common} value={{ year, month, day }} />;
    }
    case "yes-no":
    case "choice":
    case "choices":
      return <ChoiceField {...props} />;
    case "phone":
      return <TextInput {...common} value={value} mode="tel" width="short" autoComplete={purposes[question.key] ?? "off"} />;
    case "text":
    case "address":
    case "resident-id":
    case "uscc":
      return <TextInput {...common} value={value} autoComplete={purposes[question.key] ?? "off"} />;
  }
}

function commonOf({ language, question, error, heading }: QuestionFieldProps): FieldProps {
  return {
    language,
    name: question.key,
    label: question.label[language],
    hint: question.help?.[language] ?? null,
    error,
    optional: !question.required,
    heading,
  };
}

function ChoiceField(props: QuestionFieldProps): ReactNode {
  const { language, question, values } = props;
  const common = commonOf(props);
  const options = question.kind === "yes-no" ? yesNo(language) : optionsOf(question, language);
  if (question.kind === "choices") return <Checkboxes {...common} values={listOf(values, question.key)} options={options} />;
  const value = textOf(values, question.key);
  return options.length > mostRadios ? (
    <Select {...common} value={value} options={options} />
  ) : (
    <Radios {...common} value={value} options={options} />
  );
}

function yesNo(language: Language): readonly Option[] {
  const words = portalWords(language);
  return [
    { value: "yes", label: words.yes },
    { value: "no", label: words.no },
  ];
}

/** Data elements of the applicant that the browser may know (WCAG 1.3.5); those of others it must not offer. */
const purposes: Readonly<Record<string, string>> = {
  applicantName: "name",
  applicantPhone: "tel",
  applicantAddress: "street-address",
  unitName: "organization",
};

function optionsOf(question: Question, language: Language): readonly Option[] {
  return (question.options ?? []).map((option) => ({ value: option.value, label: option.label[language] }));
}

function textOf(values: RawFields, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : (value?.[0] ?? "");
}

function listOf(values: RawFields, name: string): readonly string[] {
  const value = values[name];
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}
