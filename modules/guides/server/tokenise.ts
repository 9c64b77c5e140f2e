import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Jieba } from "@node-rs/jieba";
import { toHalfWidth } from "#domain/normalise.ts";

/** What a text is cut into, and what people call things. Costs 50 MB and 0.7 s, so it is loaded when first asked. */
export interface Tokeniser {
  /** Changes when the same text could be cut otherwise; rows cut by another version are cut anew. */
  readonly version: string;
  /** Loads the dictionary now: before the server says that it is ready. */
  warm(): void;
  /** Words of a text to be found by, in order, also the words inside words. */
  terms(text: string): readonly string[];
  /** What a query asks for: without the words that say nothing. */
  query(text: string): Asked;
  /** Everyday words that lead to an item of the basic catalogue, by its name. */
  plainWordsOf(itemName: string): readonly string[];
}

export interface Asked {
  readonly terms: readonly string[];
  /** Every piece of the query that could be a plain word as a whole: 开饭店 also where one wrote 开个饭店. */
  readonly phrases: readonly string[];
  /** What is left of the query, in one. */
  readonly core: string;
  /** The query as it sounds: with the single characters that core leaves out, as one of them may be a slip. */
  readonly heard: string;
}

/** Raise it when the cutting or the weights change. */
const rules = "1";
const longestQuery = 100;
/** The longest of some two thousand plain words has nine characters. */
const longestPhrase = 10;
/** Higher than the frequency of all but the most common words, so that our own words are kept whole. */
const frequency = 20_000;

interface Loaded {
  readonly jieba: Jieba;
  readonly stop: ReadonlySet<string>;
  /** Stop words of two and more characters, the longest first; shorter ones would tear words apart. */
  readonly stopPattern: RegExp;
  readonly plainWords: ReadonlyMap<string, readonly string[]>;
}

/** `folder` is data/search: synonyms.tsv and stop-words.txt. */
export function createTokeniser(folder: string): Tokeniser {
  let loaded: Loaded | null = null;
  const get = (): Loaded => {
    loaded ??= load(folder);
    return loaded;
  };
  return {
    version: `${rules}.${process.versions.icu ?? "0"}`,
    warm: () => void get(),
    terms: (text) => cut(get().jieba, plain(text)),
    query: (text) => askedBy(get(), plain(text).slice(0, longestQuery)),
    plainWordsOf: (itemName) => get().plainWords.get(itemName) ?? [],
  };
}

/** As texts are compared: half-width, lower case, one space between words. */
export function plain(text: string): string {
  return toHalfWidth(text).toLowerCase().replace(/\s+/g, " ").trim();
}

function load(folder: string): Loaded {
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  const stop = new Set(linesOf(read("stop-words.txt")).map(plain));
  const synonyms = linesOf(read("synonyms.tsv"))
    .slice(1)
    .map((line) => line.split("\t"));
  // The package's own entry reads 6 MB of idf.txt that nobody needs here.
  const package_ = dirname(createRequire(import.meta.url).resolve("@node-rs/jieba/package.json"));
  const jieba = Jieba.withDict(readFileSync(join(package_, "dict.txt")));
  const own = new Set(synonyms.flatMap(([word = "", official = ""]) => [word, ...official.split(" ")]).map(plain));
  jieba.loadDict(
    Buffer.from(
      [...own]
        .filter(isDictionaryWord)
        .map((word) => `${word} ${frequency} n\n`)
        .join(""),
    ),
  );
  const long = [...stop].filter((word) => [...word].length > 1).sort((a, b) => b.length - a.length);
  return { jieba, stop, stopPattern: new RegExp(long.map(escaped).join("|"), "gu"), plainWords: plainWordsByItem(synonyms) };
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

/** A long phrase as one word would hide the words in it; two to four characters is what people and laws call a thing. */
function isDictionaryWord(word: string): boolean {
  return /^\p{Script=Han}{2,4}$/u.test(word);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function plainWordsByItem(synonyms: readonly (readonly string[])[]): ReadonlyMap<string, readonly string[]> {
  const byItem = new Map<string, string[]>();
  for (const [word = "", , note = ""] of synonyms) {
    for (const name of note.split("；")) byItem.set(name, [...(byItem.get(name) ?? []), plain(word)]);
  }
  return byItem;
}

/** Without guessing at unknown words (HMM): a guess depends on what stands around, and index and query would differ. */
function cut(jieba: Jieba, text: string): readonly string[] {
  return jieba.cutForSearch(text, false).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

function askedBy({ jieba, stop, stopPattern }: Loaded, text: string): Asked {
  const stripped = text.replace(stopPattern, " ").trim();
  // A query of nothing but such words ("办理") is still a query.
  const asked = stripped === "" ? text : stripped;
  const says = (word: string): boolean => stripped === "" || !stop.has(word);
  const terms = [...new Set(cut(jieba, asked).filter(says))];
  const core = jieba
    .cut(asked, false)
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && says(word))
    .join("");
  const whole = lettersOf(text);
  const phrases = new Set([...piecesOf(core), ...piecesOf(whole), ...skippingPiecesOf(core)]);
  return { terms, phrases: [...phrases], core, heard: lettersOf(asked) };
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}

function piecesOf(text: string): readonly string[] {
  const characters = [...text];
  return characters.flatMap((_, from) =>
    Array.from({ length: Math.max(Math.min(longestPhrase, characters.length - from) - 1, 0) }, (_unused, more) =>
      characters.slice(from, from + more + 2).join(""),
    ),
  );
}

/** Pieces with one character inside left out: 打口井 and 开小饭店 are 打井 and 开饭店 with a word that only measures or colours. */
function skippingPiecesOf(core: string): readonly string[] {
  const characters = [...core].slice(0, longestQuery / 2);
  return characters.flatMap((_, from) =>
    [3, 4, 5, 6].flatMap((length) => {
      const piece = characters.slice(from, from + length);
      return piece.length < length ? [] : Array.from({ length: length - 2 }, (_unused, at) => piece.toSpliced(at + 1, 1).join(""));
    }),
  );
}
