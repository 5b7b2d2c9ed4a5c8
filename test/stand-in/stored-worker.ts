/** A module of a Worker. */
export interface UploadedModule {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Version {
  readonly id: string;
  readonly number: number;
  readonly createdOn: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly mainModule: string;
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  readonly modules: readonly UploadedModule[];
  /** The files that Static Assets serve in its place, by path, and the text of `_headers`. */
  readonly assets: { readonly files: ReadonlyMap<string, Buffer>; readonly headers: string };
  /** As wrangler sends them. */
  readonly bindings: readonly Readonly<Record<string, unknown>>[];
}

export interface StoredDeployment {
  readonly id: string;
  readonly createdOn: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly versions: readonly { readonly version_id: string; readonly percentage: number }[];
}

/** A Worker of the account. */
export class StoredWorker {
  readonly versions: Version[] = [];
  /** The latest first. */
  readonly deployments: StoredDeployment[] = [];
  /** Whether it answers on workers.dev: a new one does not, until wrangler asks for it. */
  isOnWorkersDev = false;
  /** The cron expressions by which it is called; versions do not have them. */
  crons: readonly string[] = [];
  /** Its secrets, which every version has. */
  readonly secrets = new Map<string, string>();

  get liveVersion(): Version | null {
    const id = this.deployments[0]?.versions[0]?.version_id;
    return this.versions.find((version) => version.id === id) ?? null;
  }
}
