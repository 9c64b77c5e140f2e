import type { ReactNode } from "react";
import type { Language } from "#domain/words.ts";
import type { OpenApi, Operation } from "#platform/openapi.ts";
import { type Page, page, show } from "#platform/page.tsx";
import { platformProblems } from "#platform/problem-words.ts";

/** `/open`: the document of `/api/openapi.json` for people, made from the same values. */
export function openPage(document: OpenApi): Page {
  return page({
    path: "/open",
    access: "everyone",
    // Every endpoint on one page: the dearest page there is.
    cost: 10,
    load: async ({ language }) =>
      show({ title: words[language].title, layout: "wide", view: <Interfaces document={document} language={language} /> }),
  });
}

const words = {
  zh: {
    title: "开放接口",
    intro: "本系统的全部接口。每次提交要带 Idempotency-Key：同一个键、同样的内容，得到同一个答复。",
    document: "机器可读的说明（OpenAPI 3.1）",
    permission: "所需权限：",
    takes: "参数",
    replies: "答复",
    problems: "平台自身的拒绝",
  },
  en: {
    title: "Open interfaces",
    intro: "Every interface of this system. Each change carries an Idempotency-Key: the same key and content get the same answer.",
    document: "For machines (OpenAPI 3.1)",
    permission: "Permission: ",
    takes: "Takes",
    replies: "Answers",
    problems: "Refusals of the platform itself",
  },
} as const;

function Interfaces({ document, language }: { readonly document: OpenApi; readonly language: Language }): ReactNode {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  return (
    <div className="stack">
      <h1>{words[language].title}</h1>
      <p>{words[language].intro}</p>
      <p>
        <a href="/api/openapi.json">{words[language].document}</a>
      </p>
      {document.tags.map(({ name }) => (
        <section key={name} aria-labelledby={`tag-${name}`}>
          <h2 id={`tag-${name}`}>{name}</h2>
          {operations
            .filter(({ operation }) => operation.tags.includes(name))
            .map((one) => (
              <OneOperation key={one.operation.operationId} {...one} language={language} />
            ))}
        </section>
      ))}
      <PlatformProblems language={language} />
    </div>
  );
}

interface OneOperationProps {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
  readonly language: Language;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
}

function OneOperation({ path, method, operation, language }: OneOperationProps): ReactNode {
  const parameters = (operation["parameters"] ?? []) as readonly Parameter[];
  const replies = Object.entries(operation.responses as Readonly<Record<string, { readonly description: string }>>);
  const permission = operation["x-permission"];
  return (
    <details id={operation.operationId}>
      <summary>
        <code>
          {method} {path}
        </code>{" "}
        {language === "zh" ? operation.summary : operation.description.split(".", 1)[0]}
      </summary>
      {typeof permission === "string" ? (
        <p>
          {words[language].permission}
          <code>{permission}</code>
        </p>
      ) : null}
      <h3>{words[language].takes}</h3>
      <ul>
        {parameters.map(({ name, in: place, required }) => (
          <li key={`${place} ${name}`}>
            <code>{name}</code> ({place}
            {required ? ", required" : ""})
          </li>
        ))}
      </ul>
      <Body requestBody={operation["requestBody"]} />
      <h3>{words[language].replies}</h3>
      <ul>
        {replies.map(([status, { description }]) => (
          <li key={status}>
            <code>{status}</code> {description}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Body({ requestBody }: { readonly requestBody: unknown }): ReactNode {
  if (requestBody === undefined) return null;
  return (
    <pre>
      <code>{JSON.stringify((requestBody as { readonly content: unknown }).content, null, 2)}</code>
    </pre>
  );
}

function PlatformProblems({ language }: { readonly language: Language }): ReactNode {
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">{words[language].problems}</h2>
      <dl>
        {Object.entries(platformProblems).map(([code, kind]) => (
          <div key={code} id={code}>
            <dt>
              <code>
                {kind.status} {code}
              </code>
            </dt>
            <dd>{kind[language]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
