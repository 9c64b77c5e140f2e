import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import pg from "pg";
import { caseNumber } from "#domain/case-number.ts";
import { type PlainDate, plainDateOf } from "#domain/plain-date.ts";
import { uuidv7Source } from "#domain/uuid.ts";
import { addWorkingDays, calendarFrom } from "#domain/working-days.ts";
import type { Contender, Opened, Place } from "../contender.ts";
import { floorStatements as sql } from "./floor-statements.ts";
import {
  answersOf,
  applicantOf,
  type CaseActs,
  decidingBody,
  item,
  itemVersion,
  materialsOf,
  people,
  reviewerIds,
  reviewingBodies,
  rules,
  tenant,
} from "./life.ts";

/**
 * The floor: the same tables, rows and indexes by hand-written SQL, one prepared statement an act. It knows beforehand
 * what the law would decide, so it loads nothing and checks nothing; it seals neither the answers nor the ledger.
 */
export const floor: Contender = { name: "floor", words: "hand-written SQL, one statement an act, no load, no checks, no seal", open };

const mostConnections = 20;

async function open({ connection, callers, root }: Place): Promise<Opened> {
  const max = Math.min(callers, mostConnections);
  const pool = new pg.Pool({ ...connection, options: `-c role=yichuang_app -c yichuang.tenant=${tenant}`, max, min: max });
  pool.on("error", () => undefined);
  const run = async (name: keyof typeof sql, values: readonly unknown[]) => {
    const { rowCount } = await pool.query({ name, text: sql[name], values: [tenant, ...values] });
    if (rowCount === 0) throw new Error(`${name} changed nothing`);
  };
  return { acts: actsBy(run, daysFrom(root)), close: () => pool.end(), seals: false };
}

type Run = (name: keyof typeof sql, values: readonly unknown[]) => Promise<void>;
type Days = ReturnType<typeof daysFrom>;

/** The due dates of today, computed once: the floor does no law. */
function daysFrom(root: string) {
  const calendar = calendarFrom(JSON.parse(readFileSync(join(root, "data", "calendar", "workdays.json"), "utf8")));
  const today = plainDateOf(new Date());
  const after = (workdays: number): PlainDate => addWorkingDays(calendar, today, workdays).date;
  const legal = addWorkingDays(calendar, today, rules.legalLimit.amount);
  return { today, legal, acceptBy: after(5), promise: after(rules.promisedLimit.amount), review: after(5), deliver: after(10) };
}

function actsBy(run: Run, days: Days): CaseActs {
  const head = (officer: string) => [randomUUID(), randomUUID(), officer, new Date().toISOString(), days.today] as const;
  const accepted = { legalDue: days.legal.date, promiseDue: days.promise };
  const acceptedState = { status: "accepted", acceptedOn: days.today, acceptedBy: people.clerk, ...accepted };
  const steps = rules.reviewSteps.map(({ key }) => key);
  return {
    submit: (life) => submit(run, days, life),
    accept: (id) =>
      run("accept", [
        id,
        ...head(people.clerk),
        { ...accepted, provisional: days.legal.provisional },
        { ...acceptedState, ...(days.legal.provisional ? { provisional: true } : {}) },
        steps,
        reviewingBodies,
        days.review,
      ]),
    review: (id, reviewer) => {
      const [step, by] = [steps[reviewer], reviewerIds[reviewer] ?? ""];
      return run("review", [id, ...head(by), { step, opinion: "agree" }, { step, by, opinion: "agree" }, decidingBody, days.promise]);
    },
    decide: (id) =>
      run("decide", [
        id,
        ...head(people.decider),
        { deliverBy: days.deliver, onTime: true },
        { status: "granted", decidedOn: days.today, outcome: "granted", onTime: true },
        decidingBody,
        days.deliver,
      ]),
    deliver: (id) => run("deliver", [id, ...head(people.issuer), { means: "electronic" }, { status: "delivered" }, decidingBody]),
    close: (id) => run("close", [id, ...head(people.issuer), { outcome: "granted", onTime: true }, { status: "closed" }]),
  };
}

const newId = uuidv7Source({ now: Date.now, random: randomBytes });
let serial = 0;

async function submit(run: Run, days: Days, life: number): Promise<string> {
  const id = newId();
  const applicant = applicantOf(life);
  const answers = JSON.stringify(answersOf(life));
  serial = (serial % 999_999) + 1;
  const number = caseNumber({ division: tenant, date: days.today, serial });
  const fixed = { number, item, itemVersion, applicant, organisation: decidingBody, channel: "online" };
  const answersDigest = createHash("sm3").update(answers).digest("hex");
  await run("submit", [
    id,
    randomUUID(),
    randomUUID(),
    applicant,
    new Date().toISOString(),
    days.today,
    { ...fixed, materials: materialsOf(life), answersDigest, acceptBy: days.acceptBy },
    { status: "received", receivedOn: days.today, applicant, correctionAsked: false, reviews: [] },
    ...Object.values(fixed),
    deflateRawSync(answers),
    [decidingBody, ...reviewingBodies],
    days.acceptBy,
  ]);
  return id;
}
