/**
 * The site's mark: a sheet of print with a headline, on a seal-red ground. The touch icon `/apple-touch-icon.png` is this
 * drawing at 180 by 180 pixels without the rounded corners (phones round them themselves).
 */
export const FAVICON_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60"><rect width="60" height="60" rx="13" fill="#9c2b23"/><path fill="#fdfcf8" d="M15 11h22l9 9v29H15z"/><path fill="#d9b8ae" d="M37 11l9 9h-9z"/><path fill="#9c2b23" d="M20 24h21v5H20z"/><path fill="#8b8378" d="M20 33.5h21V36H20zm0 5h21V41H20zm0 5h13V46H20z"/></svg>`;
