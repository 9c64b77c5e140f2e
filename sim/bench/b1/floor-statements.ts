/**
 * The floor's statements. `$1` tenant, `$2` case, then act, request digest, actor, instant, day, payload of the entry and,
 * from `$9` on, what the act needs besides.
 */
const entryOf = (type: string) =>
  `insert into ledger.entry (tenant, stream, version, type, act, ordinal, request_digest, actor, at, effective_on, payload) select $1, $2, h.version, '${type}', $3, 0, $4, $5, $6, $7, $8 from h`;

const merged = `update cases.case set version = version + 1, state = state || $9::jsonb where tenant = $1 and id = $2 returning version`;

const dutyDone = (kind: string) => `delete from cases.duty where tenant = $1 and case_id = $2 and kind = '${kind}'`;

export const floorStatements = {
  submit: `with h as (insert into cases.case (tenant, id, version, state, number, item, item_version, applicant, organisation, channel)
    values ($1, $2, 1, $9, $10, $11, $12, $13, $14, $15) returning version),
  e as (${entryOf("case.received")}),
  a as (insert into cases.answers (tenant, case_id, body) values ($1, $2, $16)),
  p as (insert into cases.party (tenant, organisation, case_id) select $1, u.organisation, $2 from unnest($17::uuid[]) as u (organisation))
  insert into cases.duty (tenant, case_id, kind, step, organisation, due_on) values ($1, $2, 'accept', 'accept', $14, $18)`,

  accept: `with h as (${merged}),
  e as (${entryOf("case.accepted")}),
  g as (${dutyDone("accept")})
  insert into cases.duty (tenant, case_id, kind, step, organisation, due_on)
  select $1, $2, 'review', u.step, u.organisation, $12 from h, unnest($10::text[], $11::uuid[]) as u (step, organisation)`,

  review: `with h as (update cases.case set version = version + 1, state = jsonb_set(state, '{reviews}', (state -> 'reviews') || $9::jsonb)
    where tenant = $1 and id = $2 returning version, state),
  e as (${entryOf("case.reviewed")}),
  g as (delete from cases.duty where tenant = $1 and case_id = $2 and kind = 'review' and step = $9::jsonb ->> 'step'),
  d as (insert into cases.duty (tenant, case_id, kind, step, organisation, due_on)
    select $1, $2, 'decide', 'decide', $10, $11 from h where jsonb_array_length(h.state -> 'reviews') = 3)
  select version from h`,

  decide: `with h as (${merged}),
  e as (${entryOf("case.granted")}),
  g as (${dutyDone("decide")})
  insert into cases.duty (tenant, case_id, kind, step, organisation, due_on) select $1, $2, 'deliver', 'deliver', $10, $11 from h`,

  deliver: `with h as (${merged}),
  e as (${entryOf("case.delivered")}),
  g as (${dutyDone("deliver")})
  insert into cases.duty (tenant, case_id, kind, step, organisation, due_on) select $1, $2, 'close', 'close', $10, null from h`,

  close: `with h as (${merged}),
  e as (${entryOf("case.closed")}),
  g as (${dutyDone("close")})
  select version from h`,
} as const;
