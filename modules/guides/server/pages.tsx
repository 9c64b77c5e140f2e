import { plainDateOf } from "#domain/plain-date.ts";
import { isUuid } from "#domain/uuid.ts";
import type { Language } from "#domain/words.ts";
import { Guide } from "#modules/guides/portal/guide.tsx";
import { guideWords } from "../portal/words.ts";
import { Accessibility } from "../portal/accessibility.tsx";
import { Home, type HomeCase, type HomeEvent, type HomeHall } from "#modules/guides/portal/home.tsx";
import { ItemList } from "#modules/guides/portal/item-list.tsx";
import { Search } from "#modules/guides/portal/search.tsx";
import { en } from "#modules/guides/words.en.ts";
import { zh } from "#modules/guides/words.zh.ts";
import { organisationNames } from "#modules/organisation/server/public.ts";
import { Notice } from "#kit/portal/card.tsx";
import type { Database } from "#platform/db.ts";
import { missing, type Page, type PageCall, page, show } from "#platform/page.tsx";
import { itemCount, type ListPlace, listMatters, mattersByOffice, oftenAsked } from "./queries.ts";
import { guideFor, searchGuides } from "./search.ts";
import type { Tokeniser } from "./tokenise.ts";

export interface GuidePagesOptions {
  readonly db: Database;
  readonly tokeniser: Tokeniser;
  /** The citizen's open case whose date comes first; null if none, or nobody is signed in. */
  readonly mine: (call: PageCall) => Promise<HomeCase | null>;
  readonly halls: (call: PageCall) => Promise<readonly HomeHall[]>;
}

const chips = 6;
const results = 20;
const listed = 40;
const otherPlaces = 100;
const words = { zh, en };

export function guidePages(options: GuidePagesOptions): readonly Page[] {
  return [homePage(options), searchPage(options), listPage(options), guidePage(options), accessibilityPage()];
}

function accessibilityPage(): Page {
  return page({
    path: "/accessibility",
    access: "everyone",
    load: async ({ language }) => show({ title: guideWords(language).accessibility.title, view: <Accessibility language={language} /> }),
  });
}

function homePage({ db, mine, halls }: GuidePagesOptions): Page {
  return page({
    path: "/",
    access: "everyone",
    load: async (call) => {
      const { language, now } = call;
      const [asked, count, own, open] = await Promise.all([
        oftenAsked(db, db.tenant, chips),
        itemCount(db, db.tenant),
        mine(call),
        halls(call),
      ]);
      const view = (
        <Home
          language={language}
          today={plainDateOf(now)}
          chips={asked}
          events={eventsIn(language)}
          mine={own}
          itemCount={count}
          halls={open}
        />
      );
      return show({ title: words[language].titles.home, view, layout: "wide" });
    },
  });
}

/** Life events (一件事) lead to a search until they are journeys of their own. */
function eventsIn(language: Language): readonly HomeEvent[] {
  const { events } = words[language];
  const event = (key: keyof typeof events, icon: HomeEvent["icon"], q: string): HomeEvent => ({
    ...events[key],
    icon,
    href: `/search?q=${encodeURIComponent(q)}`,
  });
  return [
    event("restaurant", "restaurant", "开饭店"),
    event("company", "company", "办企业"),
    event("senior", "person", "老人"),
    event("newborn", "heart", "新生儿"),
    event("truck", "truck", "跑运输"),
    event("sign", "sign", "招牌"),
    event("shop", "house", "理发店"),
  ];
}

function searchPage({ db, tokeniser }: GuidePagesOptions): Page {
  return page({
    path: "/search",
    access: "everyone",
    load: async ({ query, language, now }) => {
      const q = (query["q"] ?? "").trim().slice(0, 100);
      const { found, suggestions } = await searchGuides({ db, tokeniser, q, limit: results, today: plainDateOf(now) });
      const rows = found.map(({ title, summary, office, ...row }) => ({
        ...row,
        title: title[language],
        summary: summary[language],
        office: office[language],
      }));
      const view = <Search language={language} q={q} results={rows} suggestions={suggestions} />;
      return show({ title: words[language].titles.search(q), view });
    },
  });
}

function guidePage({ db }: GuidePagesOptions): Page {
  return page<{ readonly code: string }>({
    path: "/items/:code",
    access: "everyone",
    load: async ({ params, language, now }) => {
      const guide = await guideFor(db, params.code, plainDateOf(now));
      if (guide === null) return missing();
      const { item, office, window, others } = guide;
      const officeName = office?.name[language] ?? "";
      const places = others
        .slice(0, otherPlaces)
        .map((place) => ({ name: place.window[language], href: `/items/${encodeURIComponent(place.code)}` }));
      const applyHref = item.online ? `/apply/start/${encodeURIComponent(item.code)}` : null;
      const taken =
        item.role === "receives" ? words[language].receivedHere({ window: window?.shortName[language] ?? "", office: officeName }) : null;
      const view = (
        <>
          {taken === null ? null : <Notice>{taken}</Notice>}
          <Guide language={language} item={item.content} code={item.code} officeName={officeName} places={places} applyHref={applyHref} />
        </>
      );
      return show({ title: item.content.title[language], view });
    },
  });
}

function listPage({ db }: GuidePagesOptions): Page {
  return page({
    path: "/items",
    access: "everyone",
    load: async ({ query, language, now }) => {
      const office = isUuid(query["office"]) ? query["office"] : null;
      const counts = await mattersByOffice(db, db.tenant);
      const names = await organisationNames(
        db,
        counts.map((row) => row.office),
        plainDateOf(now),
      );
      const nameOf = (id: string): string => names.get(id)?.shortName[language] ?? "";
      const rows = await listMatters(db, office, placeOf(query["after"]), listed);
      const last = rows.length < listed ? undefined : rows.at(-1);
      const groups = counts.map((row) => ({
        name: nameOf(row.office),
        count: row.count,
        href: `/items?office=${row.office}`,
        chosen: row.office === office,
      }));
      const shown = rows.map(({ code, title, titleEn, online, office: by }) => ({
        code,
        name: language === "zh" ? title : titleEn,
        office: nameOf(by),
        online,
      }));
      const view = <ItemList language={language} groups={groups} rows={shown} next={last === undefined ? null : nextHref(office, last)} />;
      return show({ title: words[language].titles.items, view });
    },
  });
}

function nextHref(office: string | null, { id, title }: ListPlace): string {
  const after = encodeURIComponent(`${id}${title}`);
  return `/items?${office === null ? "" : `office=${office}&`}after=${after}`;
}

const uuidLength = 36;

/** A place that is none begins the list again. */
function placeOf(after: string | undefined): ListPlace | null {
  const id = after?.slice(0, uuidLength);
  return isUuid(id) ? { id, title: after?.slice(uuidLength) ?? "" } : null;
}
