/** The field for searching, on pages of sites that can be searched. */
export const SEARCH_STYLE = `
form {
  display: flex;
  margin: 1rem 0;
}
input, button {
  min-width: 0;
  min-height: 44px;
  margin: 0;
  padding: 0 .75em;
  border: 1px solid var(--line);
  border-radius: 0;
  background: none;
  color: inherit;
  font: inherit;
  font-size: 1rem;
  -webkit-appearance: none;
}
input {
  flex: 1;
}
button {
  color: var(--accent);
}
.help {
  margin-top: 1.75rem;
}
.articles mark {
  background: none;
  color: var(--accent);
}
`;
