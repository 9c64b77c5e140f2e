import type { ReactNode } from "react";
import type { Language } from "#domain/words.ts";
import { portalWords } from "#kit/words/portal.ts";

/** What every field has. `error` is the same sentence as in the summary above the page (ux P2). */
export interface FieldProps {
  readonly language: Language;
  readonly name: string;
  readonly label: string;
  readonly hint?: string | null;
  readonly error?: string | null;
  readonly optional?: boolean;
  /** The only question of its page: its label is then the h1 (ux P1). */
  readonly heading?: boolean;
}

/** The id that an error link points to. */
export function fieldId(name: string): string {
  return `f-${name}`;
}

interface LabelTextProps extends Pick<FieldProps, "language" | "label" | "optional"> {}

function LabelText({ language, label, optional = false }: LabelTextProps): ReactNode {
  return (
    <>
      {label}
      {optional ? <span className="optional">{portalWords(language).optional}</span> : null}
    </>
  );
}

function HintAndError({ language, name, hint, error }: FieldProps): ReactNode {
  return (
    <>
      {hint ? (
        <p className="hint" id={`${fieldId(name)}-hint`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p className="wrong-text" id={`${fieldId(name)}-error`}>
          <span className="vh">{portalWords(language).wrong}</span>
          {error}
        </p>
      ) : null}
    </>
  );
}

/** The attributes that tie a control to its hint and its error, for screen readers. */
function described({ name, hint, error }: FieldProps): { "aria-describedby"?: string; "aria-invalid"?: true } {
  const ids = [hint ? `${fieldId(name)}-hint` : "", error ? `${fieldId(name)}-error` : ""].filter((id) => id !== "");
  return { ...(ids.length > 0 ? { "aria-describedby": ids.join(" ") } : {}), ...(error ? { "aria-invalid": true } : {}) };
}

/** One control under its label. */
function Field(props: FieldProps & { readonly children: ReactNode }): ReactNode {
  const label = (
    <label className="label" htmlFor={fieldId(props.name)}>
      <LabelText {...props} />
    </label>
  );
  return (
    <div className={props.error ? "field wrong" : "field"}>
      {props.heading ? <h1>{label}</h1> : label}
      <HintAndError {...props} />
      {props.children}
    </div>
  );
}

/** Several controls under one legend. */
function Fieldset(props: FieldProps & { readonly children: ReactNode }): ReactNode {
  return (
    <fieldset className={props.error ? "field wrong" : "field"} {...described(props)}>
      <legend className="label">
        {props.heading ? (
          <h1>
            <LabelText {...props} />
          </h1>
        ) : (
          <LabelText {...props} />
        )}
      </legend>
      <HintAndError {...props} />
      {props.children}
    </fieldset>
  );
}

export type InputMode = "text" | "numeric" | "decimal" | "tel";

interface TextInputProps extends FieldProps {
  readonly value: string;
  readonly mode?: InputMode;
  readonly width?: "full" | "short";
  readonly autoComplete?: string;
  readonly maxLength?: number;
}

/** `type=text` for all: number inputs drop what they do not understand instead of letting us forgive it (ux P3). */
export function TextInput(props: TextInputProps): ReactNode {
  return (
    <Field {...props}>
      <input
        className={props.width === "short" ? "input short" : "input"}
        id={fieldId(props.name)}
        name={props.name}
        type={props.mode === "tel" ? "tel" : "text"}
        inputMode={props.mode ?? "text"}
        autoComplete={props.autoComplete ?? "off"}
        maxLength={props.maxLength}
        defaultValue={props.value}
        {...described(props)}
      />
    </Field>
  );
}

export function Textarea(props: FieldProps & { readonly value: string; readonly rows?: number }): ReactNode {
  return (
    <Field {...props}>
      <textarea
        className="input"
        id={fieldId(props.name)}
        name={props.name}
        rows={props.rows ?? 5}
        defaultValue={props.value}
        {...described(props)}
      />
    </Field>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export function Select(props: FieldProps & { readonly value: string; readonly options: readonly Option[] }): ReactNode {
  return (
    <Field {...props}>
      <select className="input" id={fieldId(props.name)} name={props.name} defaultValue={props.value} {...described(props)}>
        <option value="">{portalWords(props.language).choose}</option>
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface ChoiceProps {
  readonly type: "radio" | "checkbox";
  readonly name: string;
  readonly option: Option;
  readonly checked: boolean;
  /** The first option carries the id that the error summary points to. */
  readonly first: boolean;
}

function Choice({ type, name, option, checked, first }: ChoiceProps): ReactNode {
  return (
    <label className="option">
      <input type={type} id={first ? fieldId(name) : undefined} name={name} value={option.value} defaultChecked={checked} />
      <span>{option.label}</span>
    </label>
  );
}

export function Radios(props: FieldProps & { readonly value: string; readonly options: readonly Option[] }): ReactNode {
  return (
    <Fieldset {...props}>
      {props.options.map((option, index) => (
        <Choice
          key={option.value}
          type="radio"
          name={props.name}
          option={option}
          checked={props.value === option.value}
          first={index === 0}
        />
      ))}
    </Fieldset>
  );
}

export function Checkboxes(props: FieldProps & { readonly values: readonly string[]; readonly options: readonly Option[] }): ReactNode {
  return (
    <Fieldset {...props}>
      {props.options.map((option, index) => (
        <Choice
          key={option.value}
          type="checkbox"
          name={props.name}
          option={option}
          checked={props.values.includes(option.value)}
          first={index === 0}
        />
      ))}
    </Fieldset>
  );
}

export interface DateParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

/** Three plain boxes: quicker than a calendar for a day one knows, and the same on every phone. */
export function DateInput(props: FieldProps & { readonly value: DateParts }): ReactNode {
  const words = portalWords(props.language);
  const hint = props.hint ?? words.dateExample;
  return (
    <Fieldset {...props} hint={hint}>
      <div className="parts">
        {(["year", "month", "day"] as const).map((part) => (
          <div key={part}>
            <label htmlFor={part === "year" ? fieldId(props.name) : `${fieldId(props.name)}-${part}`}>{words[part]}</label>
            <input
              className="input day"
              id={part === "year" ? fieldId(props.name) : `${fieldId(props.name)}-${part}`}
              name={`${props.name}-${part}`}
              inputMode="numeric"
              autoComplete="off"
              defaultValue={props.value[part]}
              aria-invalid={props.error ? true : undefined}
            />
          </div>
        ))}
      </div>
    </Fieldset>
  );
}

/**
 * Two native inputs of one name: the first opens the camera and is shown on touch screens only (`capture` alone would
 * take the choice of a file away). The one left empty is ignored. Works without script.
 */
export function FileUpload(props: FieldProps & { readonly accept: string }): ReactNode {
  const words = portalWords(props.language);
  const camera = `${fieldId(props.name)}-camera`;
  return (
    <Fieldset {...props}>
      <div className="camera">
        <label htmlFor={camera}>{words.camera}</label>
        <input className="file" type="file" id={camera} name={props.name} accept="image/*" capture="environment" />
      </div>
      <label htmlFor={fieldId(props.name)}>
        <span className="camera">{words.chooseFileOr}</span>
        <span className="no-camera">{words.chooseFile}</span>
      </label>
      <input className="file" type="file" id={fieldId(props.name)} name={props.name} accept={props.accept} />
    </Fieldset>
  );
}
