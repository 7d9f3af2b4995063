const status = document.getElementById('status');
const email = document.getElementById('email');
const quantity = document.getElementById('quantity');
let hide;

if (email) email.value = localStorage.getItem('email') ?? email.value;

function say(text) {
  status.textContent = text;
  clearTimeout(hide);
  hide = setTimeout(() => (status.textContent = ''), 4000);
}

document.addEventListener('click', async ({ target }) => {
  if (!target.dataset.product || !email.reportValidity() || quantity?.reportValidity() === false) return;
  localStorage.setItem('email', email.value);
  const items = [{ productId: Number(target.dataset.product), quantity: Number(quantity?.value ?? 1) }];
  target.disabled = true;
  try {
    const response = await fetch('/api/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customerEmail: email.value, items }),
    });
    const { checkoutUrl, error } = await response.json();
    if (error) return say(`Sorry: ${error}.`);
    location.assign(checkoutUrl); // where it is paid
  } catch {
    say('The shop does not answer. Try again in a moment.');
  } finally {
    target.disabled = false;
  }
});

// The server renders everything, the first time and every time after: fetch
// the page again and put in place what differs.
async function refresh() {
  const response = await fetch(location.href);
  if (!response.ok) throw new Error(`status ${response.status}`);
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const now = fresh.getElementById(part.id);
    if (!now || now.outerHTML === part.outerHTML) continue;
    part.className = now.className;
    part.replaceChildren(...now.childNodes);
  }
}

for (let away = false; ; ) {
  const busy = document.querySelector('[data-soon]') || away;
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
