/** The type of plugins that come without any; those that bring types keep them. */
declare module "markdown-it-*" {
  import type { MarkdownIt } from "markdown-it";
  export default function plugin(markdown: MarkdownIt): void;
}
