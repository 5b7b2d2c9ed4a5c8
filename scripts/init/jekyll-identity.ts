import { canonicalLanguage } from "../../src/domain/canonical-language.ts";
import { isTimeZone } from "../../src/domain/time-zone.ts";
import type { Table } from "../config/config-file.ts";
import { languageOfTitles } from "./guess-language.ts";
import { tableOf, textOf } from "./jekyll-config.ts";
import type { Setting } from "./setting.ts";
import type { SitePlace } from "./site-place.ts";

/** What is asked besides a Jekyll site's own settings. */
interface IdentityInput {
  readonly place: SitePlace;
  /** The Worker's name, which a sample of an address holds. */
  readonly name: string;
  /** A title where nothing else says one. */
  readonly folderName: string;
  /** As people named it; null where they did not. */
  readonly language: string | null;
  readonly titles: readonly string[];
  /** What all articles have by `defaults`. */
  readonly defaults: Table;
}

/** Who a Jekyll site is: title, address, language, clock and author. */
export function jekyllIdentity(config: Table, input: IdentityInput): readonly Setting[] {
  const { place, name, folderName, language, titles, defaults } = input;
  const title = textOf(config["title"]) ?? textOf(config["name"]) ?? folderName;
  const description = ["description", "tagline", "subtitle"].flatMap(
    (key) => textOf(config[key]) ?? [],
  )[0];
  const author = authorOf(config, defaults);
  return [
    { key: "title", value: title },
    urlOf(place, name),
    ...(description === undefined || description === title
      ? []
      : [{ key: "description", value: description }]),
    language === null
      ? languageOf({ ...defaults, ...config }, titles)
      : { key: "language", value: language },
    zoneOf(config),
    ...(author === null ? [] : [{ key: "author", value: author }]),
  ];
}

/** The name of whoever publishes, wherever themes have it; null where they do not. */
function authorOf(config: Table, defaults: Table): string | null {
  const name = (value: unknown): string | null => textOf(value) ?? textOf(tableOf(value)["name"]);
  return (
    name(config["author"]) ??
    // Old sites have their title there.
    (Object.hasOwn(config, "title") ? textOf(config["name"]) : null) ??
    name(config["social"]) ??
    name(defaults["author"])
  );
}

function urlOf({ origin, providersHost, unusable }: SitePlace, name: string): Setting {
  if (origin !== null) return { key: "url", value: origin };
  const comment =
    providersHost === null
      ? unusable === null
        ? "A sample, since the settings name no address: npm run deploy says what to write."
        : `A sample, since the settings' "${unusable.url}" ${unusable.why}, or what npm run deploy says.`
      : `A sample, since only its provider can lead ${providersHost} anywhere: write a domain of your own, or what npm run deploy says.`;
  return { key: "url", value: `https://${name}.example`, comment };
}

function languageOf(config: Table, titles: readonly string[]): Setting {
  const [known] = ["lang", "locale", "language", "default_lang"].flatMap((key) => {
    const written = textOf(config[key]);
    return written === null ? [] : (canonicalLanguage(written) ?? []);
  });
  if (known !== undefined) return { key: "language", value: known };
  return {
    key: "language",
    value: languageOfTitles(titles),
    comment: "By the script of the titles, since the settings name none.",
  };
}

function zoneOf(config: Table): Setting {
  const zone = textOf(config["timezone"]);
  if (zone !== null && isTimeZone(zone)) return { key: "time_zone", value: zone };
  const why = zone === null ? "the settings name none" : `there is no time zone "${zone}"`;
  return {
    key: "time_zone",
    value: "UTC",
    comment: `The clock of GitHub's machines, since ${why}: where another one built the site, write its zone, which old addresses depend on.`,
  };
}
