/** Text that is HTML already. Everything else gets escaped. */
class Html {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text) => text.replace(/[&<>"']/g, (char) => ENTITIES[char]);

/**
 * A template tag: escapes every value, except for nested `html` and lists of it.
 * Leaves out null, undefined and false.
 */
export function html(strings, ...values) {
  return new Html(String.raw({ raw: strings }, ...values.map(render)));
}

function render(value) {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(render).join('');
  return value instanceof Html ? value.text : escapeHtml(String(value));
}

/** For text of our own that must stay as it is: a style sheet, a script. Never for anything a user wrote. */
export const raw = (text) => new Html(text);
