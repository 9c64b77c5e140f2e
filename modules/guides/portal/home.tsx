import type { ReactNode } from "react";
import type { Language } from "#domain/words.ts";
import { LinkButton } from "#kit/portal/button.tsx";
import { formatDay } from "#kit/portal/dates.ts";
import { Icon, type IconName } from "#kit/portal/icons.tsx";
import { Tag } from "#kit/portal/tag.tsx";
import { Chips, SearchForm } from "./search-form.tsx";
import { guideWords } from "./words.ts";

export interface HomeEvent {
  readonly title: string;
  readonly note: string;
  readonly href: string;
  readonly icon: IconName;
}

/** The open case whose date comes first. `holder` is an office; `due` is YYYY-MM-DD. */
export interface HomeCase {
  readonly itemName: string;
  readonly holder: string;
  readonly due: string | null;
  readonly href: string;
}

export interface HomeHall {
  readonly name: string;
  readonly hours: string;
  readonly address: string;
}

export interface HomeProps {
  readonly language: Language;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly chips: readonly string[];
  readonly events: readonly HomeEvent[];
  readonly mine: HomeCase | null;
  readonly itemCount: number;
  readonly halls: readonly HomeHall[];
}

export function Home(props: HomeProps): ReactNode {
  const { language, chips, events, mine, itemCount, halls } = props;
  const words = guideWords(language);
  const count = new Intl.NumberFormat("en").format(itemCount);
  const all: HomeEvent = { title: words.allItems, note: words.allItemsNote(count), href: "/items", icon: "list" };
  return (
    <>
      <div className={mine === null ? "hero alone" : "hero"}>
        <h1>{words.ask}</h1>
        <p>{words.askHint}</p>
        <SearchForm language={language} q="" />
        <Chips label={words.oftenAsked} chips={chips} />
      </div>
      {mine === null ? null : <Mine language={language} today={props.today} mine={mine} />}
      <h2>{words.events}</h2>
      <ul className="events">
        {[...events, all].map((event) => (
          <li key={event.title}>
            <a className="event" href={event.href}>
              <Icon name={event.icon} />
              <b>{event.title}</b>
              <span>{event.note}</span>
            </a>
          </li>
        ))}
      </ul>
      <div className="two">
        <Halls language={language} halls={halls} />
        <Help language={language} />
      </div>
    </>
  );
}

/** Who has it and until when, in the sentence; the one next action beside it. */
function Mine({ language, today, mine }: Pick<HomeProps, "language" | "today"> & { readonly mine: HomeCase }): ReactNode {
  const words = guideWords(language);
  return (
    <section className="card mine">
      <div>
        <Tag tone="running">{words.running}</Tag>
        <h2>{mine.itemName}</h2>
        <p className="muted">
          {words.mineNow} <b>{mine.holder}</b>{" "}
          {mine.due === null ? (
            words.mineNoDue
          ) : (
            <>
              {words.mineDue} <b className="keep">{formatDay(mine.due, language, today)}</b>
              {words.mineDueEnd}
            </>
          )}
        </p>
      </div>
      <LinkButton href={mine.href} quiet>
        {words.seeProgress}
      </LinkButton>
    </section>
  );
}

function Halls({ language, halls }: Pick<HomeProps, "language" | "halls">): ReactNode {
  const words = guideWords(language);
  return (
    <section className="card">
      <h2>{words.halls}</h2>
      <ul className="rows">
        {halls.map((hall) => (
          <li key={hall.name}>
            <div>
              <b>{hall.name}</b>
              <div className="muted">{hall.address}</div>
              <div className="muted num">{hall.hours}</div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Help({ language }: Pick<HomeProps, "language">): ReactNode {
  const words = guideWords(language);
  const ways = [
    { href: "tel:12345", title: words.call, note: words.callNote },
    { href: "/track", title: words.track, note: words.trackNote },
    { href: "/drafts", title: words.resume, note: words.resumeNote },
  ];
  return (
    <section className="card">
      <h2>{words.getHelp}</h2>
      <ul className="rows">
        {ways.map((way) => (
          <li key={way.href}>
            <div>
              <a className="way" href={way.href}>
                {way.title}
              </a>
              <div className="muted">{way.note}</div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
