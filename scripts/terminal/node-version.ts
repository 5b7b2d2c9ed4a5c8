/** The versions of Node that have what the program uses, as `engines` in package.json says them. */
const VERSIONS = "^22.13 || >=23.4";

/**
 * Why a version of Node cannot run the program; null if it can. This module imports nothing and is written as Node has
 * understood it for years, since it is all that an old one gets to see.
 *
 * @param version such as `22.13.0`
 */
export function complaintAboutNode(version: string): string | null {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 23 || (major === 23 && minor >= 4) || (major === 22 && minor >= 13)) return null;
  return `Offprint needs Node ${VERSIONS}, and this is ${version}. Install a newer one from https://nodejs.org, or run "npm install --save-dev node@24" in the folder of the site: npm start and npm run then use that. Nothing was done.`;
}
