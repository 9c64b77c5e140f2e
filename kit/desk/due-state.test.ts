import { describe, expect, it } from "vitest";
import { dueState } from "./due-state.ts";

const today = "2026-03-10";

describe("the state of a due day", () => {
  it("is overdue from the day after the due day", () => {
    expect(dueState({ dueOn: "2026-03-09", today })).toBe("overdue");
    expect(dueState({ dueOn: "2026-03-10", today })).toBe("soon");
    expect(dueState({ dueOn: "2026-03-11", today })).toBe("act");
  });

  it("is soon while two working days or fewer are left", () => {
    expect(dueState({ dueOn: "2026-03-12", today, workdaysLeft: 2 })).toBe("soon");
    expect(dueState({ dueOn: "2026-03-13", today, workdaysLeft: 3 })).toBe("act");
  });

  it("is paused while the applicant must act, and done when finished, whatever the day", () => {
    expect(dueState({ dueOn: "2026-03-01", today, waitsForApplicant: true })).toBe("paused");
    expect(dueState({ dueOn: "2026-03-01", today, finished: true })).toBe("done");
  });

  it("is to do when there is no limit", () => {
    expect(dueState({ dueOn: null, today, workdaysLeft: null })).toBe("act");
  });
});
