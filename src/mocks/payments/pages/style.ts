/** Of all pages: no outside resources, light and dark, one column on narrow screens. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1a1f36; --dim: #5a6478; --line: #d5dbe6; --ground: #f6f8fb; --card: #fff;
  --accent: #4f46e5; --on-accent: #fff; --bad: #b3093c; --bad-ground: #fff0f3; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebf2; --dim: #a3adc2; --line: #37405a; --ground: #11151f;
  --card: #1a2030; --accent: #8b85ff; --on-accent: #0d0f1a; --bad: #ff8fa8; --bad-ground: #3a1522; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.45;
  font: 16px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
.mock { margin: 0; padding: .5rem 1rem; background: #ffe08a; color: #3d2c00; text-align: center; font-size: .875rem; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem; display: grid; gap: 2.5rem; }
main.narrow { max-width: 30rem; }
@media (min-width: 48rem) { main.two { grid-template-columns: 1fr 1fr; } }
h1 { font-size: 1rem; font-weight: 500; color: var(--dim); margin: 0 0 .25rem; }
h2 { font-size: 1.125rem; margin: 0 0 1.25rem; }
.total { font-size: 2.25rem; font-weight: 650; margin: 0 0 1.75rem; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; font-weight: inherit; padding: .75rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td:last-child { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
tfoot th, tfoot td { font-weight: 650; border-bottom: 0; }
small, .dim { color: var(--dim); font-size: .875rem; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.5rem;
  box-shadow: 0 2px 8px rgb(20 25 50 / .06); align-self: start; }
.panel + .panel, form + form, form + h2 { margin-top: 1.25rem; }
label { display: block; font-size: .875rem; font-weight: 550; margin: 0 0 1rem; }
input, select { display: block; width: 100%; margin-top: .35rem; padding: .65rem .75rem; font: inherit; font-weight: 400; color: inherit;
  background: var(--ground); border: 1px solid var(--line); border-radius: .5rem; }
input:focus-visible, select:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
button { width: 100%; padding: .8rem 1rem; font: inherit; font-weight: 600; border: 1px solid transparent; border-radius: .5rem;
  background: var(--accent); color: var(--on-accent); cursor: pointer; }
button:hover { filter: brightness(1.08); }
button.plain { background: transparent; color: var(--ink); border-color: var(--line); margin-top: .75rem; }
a { color: var(--accent); }
.back { display: block; text-align: center; margin-top: 1.25rem; }
.bad { background: var(--bad-ground); color: var(--bad); border: 1px solid currentColor; border-radius: .5rem;
  padding: .75rem 1rem; margin: 0 0 1.25rem; }
fieldset { border: 0; padding: 0; margin: 0 0 .5rem; }
legend { padding: 0; margin: 0 0 .75rem; font-weight: 600; }
details { margin-top: 1.25rem; font-size: .875rem; color: var(--dim); }
summary { cursor: pointer; }
code { font-family: ui-monospace, "SF Mono", Menlo, monospace; font-size: .85em; }
`;
