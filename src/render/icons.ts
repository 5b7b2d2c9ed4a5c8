/** The site's mark: a sheet of print with a headline, on a seal-red ground. */
export const FAVICON_SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="180" height="180" viewBox="0 0 60 60"><rect width="60" height="60" rx="13" fill="#9c2b23"/><path fill="#fdfcf8" d="M15 11h22l9 9v29H15z"/><path fill="#d9b8ae" d="M37 11l9 9h-9z"/><path fill="#9c2b23" d="M20 24h21v5H20z"/><path fill="#8b8378" d="M20 33.5h21V36H20zm0 5h21V41H20zm0 5h13V46H20z"/></svg>`;

/** The same as a PNG in base64, 180 by 180 pixels, without rounded corners, which phones add themselves. */
const TOUCH_ICON_BASE64 =
  "iVBORw0KGgoAAAANSUhEUgAAALQAAAC0CAMAAAAKE/YAAAAAElBMVEWcKyP9/PjTpZ3ZuK7EwLiLg3hDoVjWAAAA8ElEQVR42u3X0Q0CMRBDQe6A/lumA5DI2lzEvAKi+VvndpMkSZIkSZIkSYGO5c4d0fdzR3RfPYGuq0fQbfUMuqweQnfVU+iqegzdVM+hi+pBdE89ia6pR9Et9Sy6pB5Gd9TT6Ip6HN1Qz6ML6gA6r06g4+oIOq3OoMPqEDqrTqGj6hg6qc6hg+ogOqc+kkFDQ0NDQ0NDv0df6jVoaGhoaGhoaOh/RvsEQENDQ0NDQ0N/QD/W+g36uRY0NDT0TmgXERoa2jQ1TaGhoaFNU2hoaOiLTtNrob87ItDQ0NBbol1EaGhoaGhJkiRJkiRJkrTQC8nnOy921K1KAAAAAElFTkSuQmCC";

/** The same as an ICO in base64: PNGs of 16, 32 and 48 pixels, the two smaller ones with fewer and thicker lines. */
const FAVICON_ICO_BASE64 =
  "AAABAAMAEBAAAAEAIADfAAAANgAAACAgAAABACAAEQEAABUBAAAwMAAAAQAgAGEBAAAmAgAAiVBORw0KGgoAAAANSUhEUgAAABAAAAAQBAMAAADt3eJSAAAAJ1BMVEWbKyOqKiqbKyKcKyOcKiObKyObKiKcKyOcKyP9/PiLg3jVqqLZuK5y32ZaAAAACHRSTlOIBuXmiefkh8DGXkUAAAAJcEhZcwAALEsAACxLAaU9lqkAAABKSURBVAjXYxCx6ACCJkYGjg4waGCwgDBaGTo6Zs6cuaOjA8I4DWPMBDNmdHR0ojLgUrNWrVqJLrJyJrKIBsSKNpil7QwCGhBnAACyL0J1feIH+QAAAABJRU5ErkJggolQTkcNChoKAAAADUlIRFIAAAAgAAAAIAQDAAAAgVRnxwAAADBQTFRFTGlxnCoimiYmmyojnCsinCsioC8lmyoimyoimywimysinCsj/fz4i4N42biu1aqiwcLE/AAAAAt0Uk5TANAGbMjzG8j0bvFxY2BGAAAACXBIWXMAAFiVAABYlQHZbTfTAAAAcElEQVQoz2Ng0KzYDQftRgwMbNK7kcDGBAbF3ShAiGE2qsBmBm9UgS0M0agCWxlA5Bkw+A0WQRJ4jy7w7je6wHs0gTNn8AhArKRMgLAtd8EAnwBxZuAXwGsGWiDvwowGa/SIwohKjMhmUHZF8MONGADmgnJaIfgS8gAAAABJRU5ErkJggolQTkcNChoKAAAADUlIRFIAAAAwAAAAMAQDAAAApSzktAAAADBQTFRFTGlxmyoinCojmykimyoinCsj/fz4sFRN6OTe6dPNopqRi4N42bmuxoiBs66l0MvFWjcbDwAAAAV0Uk5TAMJwMe1SONEbAAAACXBIWXMAACNvAAAjbwE1/Af7AAAAxklEQVQ4y2NgYGAwEglFAY7KDGBgGIoBhEHiTK6YEqEKQAlVLOKhQQwMzNg0hIYYMDCGYgUCDKbYJYKxWwGyRBRMl8MATCKQAWJ3GhRkXIXZzhCKKnEWpgVd4sxVXBJncUnAtGBKnMUlAdWCJgECUymVgIXJNXQJmI/LKJeYCQXTKHduBxS0oUvshoJl6BKroODZ4LMDmwTYgm9YJMAWTCMmrFyxS4SgZwMgKIVkA5wZB2dWw5k5cWZnnAUA7iIDZyGDo1gCAKvyp/lsVWYyAAAAAElFTkSuQmCC";

/** The site's mark for home screens and feed readers. */
export function touchIcon(): Uint8Array<ArrayBuffer> {
  return bytesOf(TOUCH_ICON_BASE64);
}

/** The site's mark for programs that ask for `/favicon.ico` without reading a page, and take nothing but an ICO. */
export function faviconIco(): Uint8Array<ArrayBuffer> {
  return bytesOf(FAVICON_ICO_BASE64);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0);
}
