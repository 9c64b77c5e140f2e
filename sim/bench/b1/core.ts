import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Reach } from "#domain/actor.ts";
import { isRefusal } from "#domain/refusal.ts";
import { uuidv7Source } from "#domain/uuid.ts";
import { calendarFrom } from "#domain/working-days.ts";
import type { CaseCommand } from "#modules/cases/law/state.ts";
import { type CaseCommands, caseCommands } from "#modules/cases/server/commands.ts";
import { caseNumbers } from "#modules/cases/server/numbers.ts";
import { actOf } from "#platform/act.ts";
import { systemClock } from "#platform/clock.ts";
import { newKeys } from "#platform/crypto/keys.ts";
import { createVault } from "#platform/crypto/vault.ts";
import { connectTenant } from "#platform/db.ts";
import { createLedger } from "#platform/ledger/ledger.ts";
import { createSealer, type Sealer } from "#platform/ledger/sealer.ts";
import type { Contender, Opened, Place } from "../contender.ts";
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

/** Our command core without HTTP: the law, the ledger with gathering, and the sealer beside it as in production. */
export const core: Contender = { name: "core", words: "our commands: load, law, gathered append; the sealer beside them", open };

const sealEvery = 500;

async function open({ connection, root }: Place): Promise<Opened> {
  const db = connectTenant(connection, tenant, "app");
  const sealerDb = connectTenant(connection, tenant, "sealer", { max: 2 });
  const calendar = calendarFrom(JSON.parse(readFileSync(join(root, "data", "calendar", "workdays.json"), "utf8")));
  const commands = caseCommands({
    ledger: createLedger(db),
    vault: createVault(newKeys()),
    numbers: caseNumbers(db),
    newId: uuidv7Source({ now: Date.now, random: randomBytes }),
    calendar: () => calendar,
    rulesOfVersion: async () => rules,
  });
  const sealing = sealBeside(createSealer(sealerDb, systemClock));
  const close = async () => {
    await sealing.finish();
    await Promise.all([db.end(), sealerDb.end()]);
  };
  return { acts: actsBy(commands), close, seals: true };
}

/** Seals every half second, and once more at the end so that nothing is left. */
function sealBeside(sealer: Sealer): { readonly finish: () => Promise<void> } {
  let ended = false;
  const run = async () => {
    while (!ended) {
      await new Promise((resolve) => setTimeout(resolve, sealEvery));
      await sealer.sealOnce();
    }
  };
  const running = run();
  return {
    finish: async () => {
      ended = true;
      await running;
      await sealer.sealOnce();
    },
  };
}

function actsBy(commands: CaseCommands): CaseActs {
  const byOfficer = async (id: string, officer: string, organisation: string, command: CaseCommand) => {
    const reach: Reach = { organisations: [organisation] };
    const done = await commands.byOfficer(newAct(officer, command.kind, { id, command: command.kind }), reach, id, command);
    if (isRefusal(done)) throw new Error(`${command.kind} was refused: ${done.refused}`);
  };
  return {
    submit: async (life) => {
      const applicant = applicantOf(life);
      const answers = answersOf(life);
      const materials = materialsOf(life);
      const application = {
        item,
        itemVersion,
        organisation: decidingBody,
        division: tenant,
        applicant,
        channel: "online" as const,
        answers,
        materials,
      };
      const done = await commands.receive(newAct(applicant, "submit", { life }), application);
      if (isRefusal(done)) throw new Error(`submit was refused: ${done.refused}`);
      return done.id;
    },
    accept: (id) => byOfficer(id, people.clerk, decidingBody, { kind: "accept" }),
    review: (id, reviewer) =>
      byOfficer(id, reviewerIds[reviewer] ?? "", reviewingBodies[reviewer] ?? "", {
        kind: "review",
        step: rules.reviewSteps[reviewer]?.key ?? "",
        opinion: "agree",
      }),
    decide: (id) => byOfficer(id, people.decider, decidingBody, { kind: "grant" }),
    deliver: (id) => byOfficer(id, people.issuer, decidingBody, { kind: "deliver", means: "electronic" }),
    close: (id) => byOfficer(id, people.issuer, decidingBody, { kind: "close" }),
  };
}

function newAct(officer: string, name: string, request: Parameters<typeof actOf>[0]["request"]) {
  const actor = { kind: "citizen", id: officer, maskedName: "" } as const;
  return actOf({ actor, name: `case.${name}`, key: randomUUID(), request, now: systemClock.now() });
}
