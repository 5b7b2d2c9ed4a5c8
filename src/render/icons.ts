/** The site's mark: a sheet of print with a headline, on a seal-red ground. */
export const FAVICON_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60"><rect width="60" height="60" rx="13" fill="#9c2b23"/><path fill="#fdfcf8" d="M15 11h22l9 9v29H15z"/><path fill="#d9b8ae" d="M37 11l9 9h-9z"/><path fill="#9c2b23" d="M20 24h21v5H20z"/><path fill="#8b8378" d="M20 33.5h21V36H20zm0 5h21V41H20zm0 5h13V46H20z"/></svg>`;

/** The same as a PNG in base64, 180 by 180 pixels, without rounded corners, which phones add themselves. */
const TOUCH_ICON_BASE64 =
  "iVBORw0KGgoAAAANSUhEUgAAALQAAAC0CAMAAAAKE/YAAAAAElBMVEWcKyP9/PjTpZ3ZuK7EwLiLg3hDoVjWAAAA8ElEQVR42u3X0Q0CMRBDQe6A/lumA5DI2lzEvAKi+VvndpMkSZIkSZIkSYGO5c4d0fdzR3RfPYGuq0fQbfUMuqweQnfVU+iqegzdVM+hi+pBdE89ia6pR9Et9Sy6pB5Gd9TT6Ip6HN1Qz6ML6gA6r06g4+oIOq3OoMPqEDqrTqGj6hg6qc6hg+ogOqc+kkFDQ0NDQ0NDv0df6jVoaGhoaGhoaOh/RvsEQENDQ0NDQ0N/QD/W+g36uRY0NDT0TmgXERoa2jQ1TaGhoaFNU2hoaOiLTtNrob87ItDQ0NBbol1EaGhoaGhJkiRJkiRJkrTQC8nnOy921K1KAAAAAElFTkSuQmCC";

/** The site's mark for home screens and feed readers. */
export function touchIcon(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(TOUCH_ICON_BASE64), (character) => character.codePointAt(0) ?? 0);
}
