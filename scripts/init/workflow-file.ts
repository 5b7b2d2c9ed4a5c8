/** Where the workflow is, for GitHub to find it. */
export const WORKFLOW_PATH = ".github/workflows/publish.yml";

/** A workflow that publishes with every push to a branch, several times a day, when the Worker calls it, and at the push of a button. */
export function workflowFile(branch: string): string {
  return `# Publishes the site with every push, every three hours what was dated ahead, and when the site's Worker asks for it (the
# setting publish_hook). It needs two secrets of the repository
# (Settings, Secrets and variables, Actions): CLOUDFLARE_API_TOKEN, with Workers Scripts: Edit and Workers KV Storage: Edit, and
# CLOUDFLARE_ACCOUNT_ID.
name: Publish
on:
  push: { branches: [${JSON.stringify(branch)}] }
  schedule: [{ cron: "7 */3 * * *" }]
  repository_dispatch: { types: [publish] }
  workflow_dispatch:
concurrency: publish
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 24, cache: npm }
      - run: npm ci
      # Pictures that were made are kept between runs. What was read of unchanged articles lies with the live release.
      - uses: actions/cache@v4
        with:
          path: build/cache/pictures*
          key: "pictures-\${{ github.sha }}"
          restore-keys: "pictures-"
      - run: npm run deploy
        env:
          CLOUDFLARE_API_TOKEN: \${{ secrets.CLOUDFLARE_API_TOKEN }}
          CLOUDFLARE_ACCOUNT_ID: \${{ secrets.CLOUDFLARE_ACCOUNT_ID }}
`;
}
