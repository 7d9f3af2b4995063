const status = document.getElementById('status');
const email = document.getElementById('email');
const waiting = new Set(); // codes of our orders that aren't confirmed yet
let hide;

email.value = localStorage.getItem('email') ?? email.value;

function say(text) {
  status.textContent = text;
  clearTimeout(hide);
  hide = setTimeout(() => (status.textContent = ''), 4000);
}

document.addEventListener('click', async ({ target }) => {
  if (!target.dataset.product || !email.reportValidity()) return;
  localStorage.setItem('email', email.value);
  const items = [{ productId: Number(target.dataset.product), quantity: 1 }];
  try {
    const response = await fetch('/api/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customerEmail: email.value, items }),
    });
    const { code, error } = await response.json();
    if (error) return say(`Sorry: ${error}.`);
    waiting.add(code);
    say(`Order ${code} placed. The worker will confirm it.`);
    await refresh();
  } catch {
    say('The shop does not answer. Try again in a moment.');
  }
});

// The server renders everything, the first time and every time after: fetch
// the page again and put in place what differs.
async function refresh() {
  const response = await fetch('/');
  if (!response.ok) throw new Error(`status ${response.status}`);
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const now = fresh.getElementById(part.id);
    if (now && now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
  }
  for (const code of waiting) {
    if (document.querySelector(`#order-${CSS.escape(code)}.pending`)) continue;
    waiting.delete(code);
    say(`Order ${code} is confirmed.`);
  }
}

for (let away = false; ; ) {
  const busy = document.querySelector('#orders .pending') || away;
  await new Promise((resolve) => setTimeout(resolve, busy ? 500 : 3000));
  if (document.hidden) continue;
  try {
    await refresh();
    if (away) say('The shop is back.');
    away = false;
  } catch {
    away = true;
    say('The shop does not answer. Trying again…');
  }
}
