/** Runs in the browser: keeps the shown part fresh, searches while typing, and drives the buttons. */
export const SCRIPT = `
const live = document.getElementById('live');
const shown = document.getElementById('shown');
const tools = document.querySelector('form.tools');
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
		for (const [tab, count] of Object.entries(counts)) document.getElementById('n-' + tab).textContent = count;
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
	const [method, path] = button.dataset.send.split(' ');
	const headers = { 'content-type': 'application/json' };
	const answer = await fetch(path, { method, headers, body: button.dataset.body || '{}' });
	if (!answer.ok) alert((await answer.json()).error);
	refresh();
});
`;
