/** Runs in the browser: keeps the shown part fresh, searches while typing, and drives the buttons. */
export const SCRIPT = `
const live = document.getElementById('live');
const shown = document.getElementById('shown');
const tools = document.querySelector('form.tools:not(.arm)');
let busy = false;
async function refresh() {
	if (busy) return;
	busy = true;
	try {
		const answer = await fetch(location.href, { headers: { 'x-part': '1' } });
		if (!answer.ok) return;
		const { shown: fresh, counts } = await answer.json();
		if (shown.dataset.markup !== fresh) {
			const open = new Map([...shown.querySelectorAll('details')].map((one) => [one.dataset.id, one.open]));
			shown.innerHTML = fresh;
			shown.dataset.markup = fresh;
			for (const one of shown.querySelectorAll('details')) one.open = open.get(one.dataset.id) ?? one.open;
		}
		for (const [tab, count] of Object.entries(counts)) {
			const place = document.getElementById('n-' + tab);
			if (place) place.textContent = count;
		}
	} catch {
		// The sandbox was stopped; the next round finds it again.
	} finally {
		busy = false;
	}
}
setInterval(() => {
	if (live?.checked && !document.hidden && !String(getSelection())) refresh();
}, 2000);
let typing;
tools?.addEventListener('input', () => {
	clearTimeout(typing);
	typing = setTimeout(() => {
		const query = new URLSearchParams([...new FormData(tools)].filter(([, value]) => value !== ''));
		history.replaceState(null, '', location.pathname + (query.size ? '?' + query : ''));
		refresh();
	}, 200);
});
document.addEventListener('click', async (event) => {
	const button = event.target.closest('button[data-send]');
	if (!button) return;
	if (button.dataset.ask && !confirm(button.dataset.ask)) return;
	await send(button.dataset.send, button.dataset.body || '{}');
});
document.addEventListener('submit', async (event) => {
	const form = event.target.closest('form[data-send]');
	if (!form) return;
	event.preventDefault();
	const fields = [...form.elements].filter(({ name, value }) => name && value !== '');
	const body = fields.map(({ name, value, type }) => [name, type === 'number' ? Number(value) : value]);
	await send(form.dataset.send, JSON.stringify(Object.fromEntries(body)));
});
async function send(where, body) {
	const [method, path] = where.split(' ');
	const answer = await fetch(path, { method, headers: { 'content-type': 'application/json' }, body });
	if (!answer.ok) alert((await answer.json()).error);
	refresh();
}
`;
