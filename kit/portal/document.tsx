import type { ReactNode } from "react";
import type { Language, Text } from "#domain/words.ts";
import { type PortalWords, portalWords } from "#kit/words/portal.ts";
import { LinkButton } from "./button.tsx";

/** `wide` for the home page and lists (1080 px), `read` for everything one reads or fills in (820 px). */
export type DocumentLayout = "wide" | "read";

export interface DocumentProps {
  readonly language: Language;
  readonly careMode: boolean;
  readonly layout: DocumentLayout;
  /** What the page is about; the place stands behind it in the head. */
  readonly title: string;
  /** True after a refused Continue: the word for "error" then begins the title (ux P2). */
  readonly wrong: boolean;
  readonly place: Text;
  /** Local path with query, so that a change of language or size comes back here. */
  readonly path: string;
  readonly person: { readonly maskedName: string } | null;
  readonly stylesheet: string;
  readonly scripts: readonly string[];
  readonly children: ReactNode;
}

/** The frame of every public page: rendered on the server, no script of its own, no style attribute (CSP). */
export function Document(props: DocumentProps): ReactNode {
  const words = portalWords(props.language);
  const place = props.place[props.language];
  const title = props.wrong ? words.wrongTitle(props.title) : props.title;
  return (
    <html lang={props.language === "zh" ? "zh-CN" : "en"} data-care={props.careMode ? "" : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <title>{`${title} · ${words.titleEnd(place)}`}</title>
        <link rel="stylesheet" href={props.stylesheet} />
        <link rel="icon" href={ICON} />
        {props.scripts.map((source) => (
          <script key={source} type="module" src={source} />
        ))}
      </head>
      <body className={props.layout}>
        <a className="skip vh" href="#main">
          {words.skip}
        </a>
        <Header words={words} place={place} careMode={props.careMode} path={props.path} person={props.person} />
        <main id="main" className="wrap">
          {props.children}
        </main>
        <Footer words={words} path={props.path} />
        {props.careMode ? <CareCall words={words} /> : null}
      </body>
    </html>
  );
}

// The same window as the logo. A data address is allowed by `img-src 'self' data:` and saves a request.
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cg fill='none' stroke='%230958d9' stroke-width='3'%3E%3Crect x='2.5' y='2.5' width='27' height='27' rx='5'/%3E%3Cpath d='M16 3v26M3 16h26'/%3E%3C/g%3E%3C/svg%3E";

interface HeaderProps extends Pick<DocumentProps, "careMode" | "path" | "person"> {
  readonly words: PortalWords;
  readonly place: string;
}

function Header({ words, place, careMode, path, person }: HeaderProps): ReactNode {
  return (
    <header className="top">
      <div className="wrap">
        <a className="logo" href="/">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect x="2.5" y="2.5" width="27" height="27" rx="5" />
            <path d="M16 3v26M3 16h26" />
          </svg>
          {words.name} <small className="wide-only">{words.service(place)}</small>
        </a>
        <Preferences path={path} label={words.preferences}>
          <button className="link" name="care" value={careMode ? "off" : "on"}>
            {careMode ? words.careOff : words.careOn}
          </button>
          <LanguageButton words={words} className="link wide-only" />
        </Preferences>
        {person === null ? (
          <a className="link strong" href={`/sign-in?next=${encodeURIComponent(path)}`}>
            {words.signIn}
          </a>
        ) : (
          <>
            <a className="link wide-only" href="/cases">
              {words.mine}
            </a>
            <a className="link" href="/me" aria-label={words.person(person.maskedName)}>
              {person.maskedName}
            </a>
          </>
        )}
      </div>
    </header>
  );
}

function LanguageButton({ words, className }: { readonly words: PortalWords; readonly className: string }): ReactNode {
  const chinese = words.otherLanguage === "English";
  return (
    <button className={className} name="language" value={chinese ? "en" : "zh"} lang={chinese ? "en" : "zh-CN"}>
      {words.otherLanguage}
    </button>
  );
}

interface PreferencesProps {
  readonly path: string;
  readonly label: string;
  readonly children: ReactNode;
}

/** POST, because it sets cookies; works before sign-in, so it carries no form token (the origin is checked). */
function Preferences({ path, label, children }: PreferencesProps): ReactNode {
  return (
    <form method="post" action="/preferences" aria-label={label}>
      <input type="hidden" name="next" value={path} />
      {children}
    </form>
  );
}

function Footer({ words, path }: { readonly words: PortalWords; readonly path: string }): ReactNode {
  return (
    <footer className="foot">
      <div className="wrap">
        <nav aria-label={words.footNavigation}>
          <a className="link" href="tel:12345">
            {words.hotline}
          </a>
          <a className="link" href="/track">
            {words.track}
          </a>
          <a className="link" href="/accessibility">
            {words.accessibility}
          </a>
          <Preferences path={path} label={words.otherLanguage}>
            <LanguageButton words={words} className="link" />
          </Preferences>
        </nav>
        <p>{words.demonstration}</p>
      </div>
    </footer>
  );
}

/** Care mode keeps the telephone in sight on every page (ux 2.1). */
function CareCall({ words }: { readonly words: PortalWords }): ReactNode {
  return (
    <div className="call">
      <div className="wrap">
        <LinkButton href="tel:12345" quiet>
          {words.call}
        </LinkButton>
      </div>
    </div>
  );
}
