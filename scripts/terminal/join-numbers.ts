/** Arguments in which a number below zero is no option: `--pages -1` becomes `--pages=-1`, which can be refused by name. */
export function joinNumbers(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    if (/^-\d/.test(arg) && isOption(args[index - 1])) return [];
    const next = args[index + 1] ?? "";
    return isOption(arg) && /^-\d/.test(next) ? [`${arg}=${next}`] : [arg];
  });
}

function isOption(arg: string | undefined): boolean {
  return arg !== undefined && /^--[a-z-]+$/.test(arg);
}
