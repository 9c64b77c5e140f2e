import type { ReactNode } from "react";
import type { ItemContent } from "#modules/catalog/api.ts";
import type { Language } from "#domain/words.ts";
import { BackLink, LinkButton } from "#kit/portal/button.tsx";
import { Details, type Fact, Facts, Notice } from "#kit/portal/card.tsx";
import { GuideMaterials } from "./guide-materials.tsx";
import { formatLimit } from "./limit.ts";
import { type GuideWords, guideWords } from "./words.ts";

export interface GuidePlace {
  readonly name: string;
  readonly href: string;
}

export interface GuideProps {
  readonly language: Language;
  readonly item: ItemContent;
  readonly code: string;
  readonly officeName: string;
  /** Other places of the district that offer the same. */
  readonly places: readonly GuidePlace[];
  /** Where to begin; null if it is for the window only. */
  readonly applyHref: string | null;
}

/** 办事指南 in the order people ask: how long, how much, how many trips, what to bring. Printed, it is one A4. */
export function Guide(props: GuideProps): ReactNode {
  const { language, item, code, officeName, applyHref } = props;
  const words = guideWords(language);
  return (
    <article className="guide">
      <BackLink href="/">{words.home}</BackLink>
      <h1>{item.title[language]}</h1>
      <p className="muted">
        {officeName} · <span className="num">{words.itemCode(code)}</span>
      </p>
      <p className="lead">{item.summary[language]}</p>
      <div className="on-ground">
        <Facts facts={facts(item, words, language)} />
      </div>
      <Apply applyHref={applyHref} item={item} words={words} language={language} />
      <GuideMaterials language={language} materials={item.materials} />
      <h2>{words.conditions}</h2>
      <ul>
        {item.conditions.map((condition) => (
          <li key={condition.zh}>{condition[language]}</li>
        ))}
      </ul>
      <Steps item={item} language={language} words={words} />
      <Special item={item} language={language} words={words} />
      <Where item={item} language={language} words={words} />
      <More {...props} words={words} />
      <p className="only-print small">{words.printedFrom}</p>
    </article>
  );
}

function facts(item: ItemContent, words: GuideWords, language: Language): readonly Fact[] {
  const { result, fees } = item;
  const legal = item.legalLimit.unit === "on-the-spot" ? null : words.legalLimit(formatLimit(item.legalLimit, language));
  const validity = result.validityYears === null ? null : words.validity(result.validityYears);
  return [
    {
      label: words.howLong,
      value: formatLimit(item.promisedLimit, language),
      note: legal,
    },
    { label: words.howMuch, value: fees.charged ? words.charged : words.free },
    {
      label: words.visits,
      value: item.visits === 0 ? words.noVisit : words.visitTimes(item.visits),
      note: item.visitReason?.[language] ?? null,
    },
    { label: words.youGet, value: result.name[language], note: result.validityNote?.[language] ?? validity },
  ];
}

interface PartProps {
  readonly item: ItemContent;
  readonly language: Language;
  readonly words: GuideWords;
}

function Apply({ applyHref, item, words }: PartProps & Pick<GuideProps, "applyHref">): ReactNode {
  if (applyHref === null) {
    return (
      <Notice>
        <p>{words.notOnline}</p>
        <p>
          <a className="num" href={`tel:${item.consult}`}>
            {item.consult}
          </a>
        </p>
      </Notice>
    );
  }
  return (
    <div className="buttons">
      <LinkButton href={applyHref}>{words.apply}</LinkButton>
      <span className="muted small">{words.applyHint}</span>
    </div>
  );
}

function Steps({ item, language, words }: PartProps): ReactNode {
  return (
    <>
      <h2>{words.how}</h2>
      <ol className="rows card numbered">
        {item.steps.map((step) => (
          <li key={step.key}>
            <div>
              <b>{step.name[language]}</b>
              <div className="muted small no-print">{step.standard[language]}</div>
            </div>
            <span className="muted">
              {step.limit.unit === "on-the-spot" ? formatLimit(step.limit, language) : words.stepLimit(formatLimit(step.limit, language))}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Each special step and whether it counts towards the limit (ux P14). */
function Special({ item, language, words }: PartProps): ReactNode {
  if (item.specialProcedures.length === 0) return null;
  return (
    <>
      <h2>{words.special}</h2>
      <ul className="rows card">
        {item.specialProcedures.map((procedure) => (
          <li key={procedure.name.zh}>
            <div>
              <b>{procedure.name[language]}</b>
              {procedure.limit ? <span className="muted"> · {words.stepLimit(formatLimit(procedure.limit, language))}</span> : null}
              <div className="muted small no-print">{procedure.note?.[language]}</div>
              <div className="muted small">{procedure.basis}</div>
            </div>
            <span className="small">{procedure.stops === "both" ? words.stopsBoth : words.stopsPromise}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Where({ item, language, words }: PartProps): ReactNode {
  const rows: readonly (readonly [string, string])[] = [
    [words.where, item.place[language]],
    [words.hours, item.hours[language]],
    [words.deliveryHead, item.delivery.map((means) => words.delivery[means]).join(language === "zh" ? "、" : ", ")],
    [words.consult, item.consult],
    [words.complain, item.complain],
  ];
  return (
    <>
      <h2>{words.visit}</h2>
      <dl className="answers card pairs">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
      {item.fees.charged ? <Fees item={item} language={language} words={words} /> : null}
    </>
  );
}

function Fees({ item, language, words }: PartProps): ReactNode {
  return (
    <>
      <h2>{words.howMuch}</h2>
      <p>{item.fees.note[language]}</p>
      <ul>
        {item.fees.items.map((fee) => (
          <li key={fee.name.zh}>
            {fee.name[language]} {words.yuan((fee.amount / 100).toFixed(2))}（{fee.basis}）
          </li>
        ))}
      </ul>
    </>
  );
}

function More({ item, language, words, places }: PartProps & Pick<GuideProps, "places">): ReactNode {
  return (
    <div className="section">
      {item.faq.length === 0 ? null : (
        <Details summary={words.faq}>
          <dl className="faq">
            {item.faq.map((entry) => (
              <div key={entry.question.zh}>
                <dt>{entry.question[language]}</dt>
                <dd>{entry.answer[language]}</dd>
              </div>
            ))}
          </dl>
        </Details>
      )}
      <Basis item={item} words={words} language={language} />
      <Details summary={words.remedies}>
        <p>{item.remedies[language]}</p>
      </Details>
      {places.length === 0 ? null : (
        <Details summary={words.placesHead}>
          <ul className="plain">
            {places.map((place) => (
              <li key={place.href}>
                <a className="way" href={place.href}>
                  {place.name}
                </a>
              </li>
            ))}
          </ul>
        </Details>
      )}
    </div>
  );
}

/** The law in force, quoted or, if told in our own words, marked as such. Articles stay in Chinese: that is the text of record. */
function Basis({ item, words }: PartProps): ReactNode {
  return (
    <Details summary={words.basis}>
      <dl className="faq" lang="zh-CN">
        {item.basis.map((basis) => (
          <div key={`${basis.law}${basis.article}`}>
            <dt>
              《{basis.law}》{basis.article}
            </dt>
            <dd>
              {basis.text === null ? null : `${basis.paraphrase ? `${words.paraphrase}：` : ""}${basis.text}`}
              <div className="muted small">
                {[basis.issuer, basis.number, basis.inForceFrom === null ? null : words.inForce(basis.inForceFrom)]
                  .filter(Boolean)
                  .join(" · ")}
              </div>
            </dd>
          </div>
        ))}
      </dl>
    </Details>
  );
}
