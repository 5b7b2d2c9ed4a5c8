import type { PublishedFolder, RunningDeploy } from "../scripts/published-folder.ts";

/** What a site is like before a deploy of it goes wrong. */
export type Scene =
  /** It is live, on a domain and on a route; an article and a picture are new. */
  | "later"
  /** Nothing is live, and it is to be on workers.dev. */
  | "first"
  /** It is live, but not on the domain, the route and workers.dev, as `wrangler.toml` wants it. */
  | "unattached";

/** Something that goes wrong with a deploy. */
export interface Trial {
  readonly scene: Scene;
  readonly where: string;
  readonly fault: string;
  /** Makes it happen; `running` is the deploy, once it has begun. */
  readonly arrange: (site: PublishedFolder, running: () => RunningDeploy) => void | Promise<void>;
  /** What people do before the next run, because the message says so. */
  readonly mend?: (site: PublishedFolder) => void | Promise<void>;
  /** How long after it the live site is looked at: what was not in KV is remembered for a while. */
  readonly lookAfterSeconds?: number;
  /** Whether the deploy is killed, so that it says nothing. */
  readonly isKill?: boolean;
  /** Whether somebody else decides what is live, so that it is neither the old nor the new release. */
  readonly hasOthers?: boolean;
  /** The exit codes that are honest; where it is not said, each that fits what happened. */
  readonly codes?: readonly (number | null)[];
}
