/** Between text and its ground, for everyone to read it (WCAG 2.2, 1.4.3). */
export const LEAST_CONTRAST = 4.5;

const FULL_CHANNEL = 255;

/** The contrast ratio of two colours, each as `#rrggbb`: 1 where they are the same, 21 for black and white (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / FULL_CHANNEL;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
