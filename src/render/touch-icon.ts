/** `FAVICON_SVG` at 180 by 180 pixels without rounded corners, which phones make themselves: a PNG in base64. */
const TOUCH_ICON_BASE64 =
  "iVBORw0KGgoAAAANSUhEUgAAALQAAAC0CAMAAAAKE/YAAAAAElBMVEWcKyP9/PjTpZ3ZuK7EwLiLg3hDoVjWAAAA8ElEQVR42u3X0Q0CMRBDQe6A/lumA5DI2lzEvAKi+VvndpMkSZIkSZIkSYGO5c4d0fdzR3RfPYGuq0fQbfUMuqweQnfVU+iqegzdVM+hi+pBdE89ia6pR9Et9Sy6pB5Gd9TT6Ip6HN1Qz6ML6gA6r06g4+oIOq3OoMPqEDqrTqGj6hg6qc6hg+ogOqc+kkFDQ0NDQ0NDv0df6jVoaGhoaGhoaOh/RvsEQENDQ0NDQ0N/QD/W+g36uRY0NDT0TmgXERoa2jQ1TaGhoaFNU2hoaOiLTtNrob87ItDQ0NBbol1EaGhoaGhJkiRJkiRJkrTQC8nnOy921K1KAAAAAElFTkSuQmCC";

/** The site's mark for home screens and feed readers. */
export function touchIcon(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(TOUCH_ICON_BASE64), (character) => character.codePointAt(0) ?? 0);
}
