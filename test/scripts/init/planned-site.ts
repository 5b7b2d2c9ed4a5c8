import type { InitInput, SitePlan } from "../../../scripts/init/plan-site.ts";
import { planSite } from "../../../scripts/init/plan-site.ts";

/** What a machine in London says at noon. */
export const INIT: Omit<InitInput, "root"> = {
  language: null,
  configs: [],
  hasWorkflow: false,
  locale: "en_GB.UTF-8",
  timeZone: "Europe/London",
  nodeVersion: "24.11.0",
  now: Date.parse("2026-11-29T12:00:00Z"),
};

/** Plans a site that nothing is wrong with. */
export function plannedSite(root: string, input: Partial<InitInput> = {}): SitePlan {
  const plan = planSite({ ...INIT, ...input, root });
  if (!plan.ok) throw new Error(JSON.stringify(plan.failure));
  return plan.value;
}
