import type { Fault } from "../scripts/fake-cloudflare.ts";
import type { PublishedFolder } from "../scripts/published-folder.ts";
import { openScene } from "./try-fault.ts";
import type { Scene, Trial } from "./trial.ts";

/** A request of a deploy: what it asks for, and the how manieth of its kind it is. */
interface Place {
  readonly scene: Scene;
  readonly kind: string;
  readonly ordinal: number;
}

interface RequestFault {
  readonly name: string;
  readonly fault: Fault;
  /** Whether requests of this kind fail from then on. */
  readonly stays: boolean;
}

const PAGE = "<!doctype html><title>Just a moment...</title>";

const FAULTS: readonly RequestFault[] = [
  { name: "401", fault: { kind: "status", status: 401 }, stays: true },
  { name: "403", fault: { kind: "status", status: 403 }, stays: true },
  {
    name: "429",
    fault: { kind: "status", status: 429, headers: { "Retry-After": "30" } },
    stays: true,
  },
  { name: "500 once", fault: { kind: "status", status: 500 }, stays: false },
  { name: "500", fault: { kind: "status", status: 500 }, stays: true },
  { name: "a page", fault: { kind: "answer", status: 200, body: PAGE }, stays: true },
  {
    name: "`success: false` with 200",
    fault: {
      kind: "answer",
      status: 200,
      body: '{"success":false,"result":null,"errors":[{"code":10001,"message":"internal"}]}',
    },
    stays: true,
  },
  {
    name: "`errors: null`",
    fault: { kind: "answer", status: 400, body: '{"success":false,"result":null,"errors":null}' },
    stays: true,
  },
  { name: "half an answer", fault: { kind: "truncated" }, stays: true },
  { name: "half an answer once", fault: { kind: "truncated" }, stays: false },
  { name: "no answer", fault: { kind: "hang" }, stays: true },
  { name: "broken before it is done", fault: { kind: "reset", isDone: false }, stays: true },
  { name: "broken when it is done", fault: { kind: "reset", isDone: true }, stays: true },
  { name: "broken once, when it is done", fault: { kind: "reset", isDone: true }, stays: false },
];

/** Every request of a scene's deploy. */
async function placesOf(scene: Scene): Promise<readonly Place[]> {
  const site = await openScene(scene);
  try {
    const { cloudflare } = site;
    const before = cloudflare.requests.length;
    const { exitCode, output } = await site.deploy();
    if (exitCode !== 0) throw new Error(output);
    const counts = new Map<string, number>();
    return cloudflare.requests.slice(before).map((request) => {
      const [method = "", path = ""] = request.split(" ");
      const kind = cloudflare.kindOf(method, path);
      const ordinal = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, ordinal);
      return { scene, kind, ordinal };
    });
  } finally {
    site.close();
  }
}

/** Has something happen to a request. */
function happenAt(
  site: PublishedFolder,
  { kind, ordinal }: Place,
  stays: boolean,
  happens: () => Fault,
): void {
  let count = 0;
  site.cloudflare.fault = (method, path) => {
    if (site.cloudflare.kindOf(method, path) !== kind) return null;
    count += 1;
    return count === ordinal || (stays && count > ordinal) ? happens() : null;
  };
}

/** Every fault at every request of a deploy, and of the two other scenes what the first has not. */
export async function requestTrials(): Promise<readonly Trial[]> {
  const later = await placesOf("later");
  const kinds = new Set(later.map(({ kind }) => kind));
  const others = [...(await placesOf("first")), ...(await placesOf("unattached"))];
  const places = [...later, ...others.filter(({ kind }) => !kinds.has(kind))];
  return places.flatMap((place) =>
    FAULTS.map(({ name, fault, stays }) => ({
      scene: place.scene,
      where: nameOf(place),
      fault: name,
      arrange: (site) => {
        happenAt(site, place, stays, () => fault);
      },
    })),
  );
}

/** A power cut at every request of every scene, before it is done and right after. */
export async function killTrials(): Promise<readonly Trial[]> {
  const scenes = ["later", "first", "unattached"] as const;
  const places: Place[] = [];
  for (const scene of scenes) places.push(...(await placesOf(scene)));
  return places.flatMap((place) =>
    [false, true].map((isDone) => ({
      scene: place.scene,
      where: nameOf(place),
      fault: isDone ? "killed when it is done" : "killed before it is done",
      isKill: true,
      arrange: (site, running) => {
        happenAt(site, place, true, () => {
          running().kill();
          return { kind: "reset", isDone };
        });
      },
    })),
  );
}

function nameOf({ kind, ordinal }: Place): string {
  const short = kind
    .replace("/accounts/:account", "")
    .replace("/workers/scripts/:script", "")
    .replace("/storage/kv/namespaces/:namespace", "KV")
    .replace(/ \/?/, " ")
    .replace(/^PUT $/, "PUT the Worker");
  return ordinal === 1 ? short : `${short} (${ordinal})`;
}
