import { escapeHtml } from '../../core/text';
import type { Check } from './checks';
import { countsOf, problemsOf, shownMails, titleOf } from './console';
import type { Night } from './night';

const STYLE = `
:root { color-scheme: light dark; --ink: #1f2933; --soft: #66788a; --line: #d9e2ec; --page: #f7f9fb; --card: #fff; --good: #1a7f4b; --bad: #b42318; --warn: #b25e09 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9fb0c0; --line: #33404d; --page: #11171d; --card: #1a222b; --good: #5fd39a; --bad: #ff8a7a; --warn: #f5b35c } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); margin: 0 auto; max-width: 60rem; padding: 2rem 1rem }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.5rem; margin: 1.5rem 0 }
h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin: .3rem 0 } h3 { font-size: .95rem; color: var(--soft); margin: 1.2rem 0 .3rem }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
td.number { text-align: right; font-variant-numeric: tabular-nums; width: 6rem } .soft { color: var(--soft) } .good { color: var(--good) } .bad { color: var(--bad) } .warn { color: var(--warn) }
`;

/** The demo's result as one page that can be mailed or put away. */
export function page(company: string, nights: Night[], checks: Check[]): string {
	const wrong = checks.filter(({ ok }) => !ok).length;
	const verdict =
		wrong === 0
			? `<p class="good">All ${checks.length} checks are as expected.</p>`
			: `<p class="bad">${wrong} of ${checks.length} checks are not as expected.</p>`;
	return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>MailOps demo</title><style>${STYLE}</style>
<h1>HR export → mailboxes → mails</h1><p class="soft">${escape(company)}: four nights, one workflow.</p>${verdict}
${nights.map(nightSection).join('\n')}
<section><h2>Checks</h2><table>${checks.map(checkRow).join('')}</table></section></html>
`;
}

function nightSection(night: Night): string {
	const { summary, requests } = night;
	if (summary === undefined)
		return `<section><h2>${escape(titleOf(night))}</h2><p class="bad">${escape(night.error ?? 'No summary')}</p></section>`;
	const problems = problemsOf(night);
	return `<section><h2>${escape(titleOf(night))}</h2><p>${escape(summary.headline)}</p>
<table>${countsOf(night)
		.map(([label, value]) => `<tr><td>${escape(label)}<td class="number">${value.toLocaleString('en')}`)
		.join('')}</table>
${summary.guards.map(({ message, remedy }) => `<p class="warn"><b>Guard.</b> ${escape(message)} ${escape(remedy)}</p>`).join('')}
${problems.length === 0 ? '' : `<h3>Problems</h3><table>${problems.map(({ severity, message, remedy }) => `<tr><td class="warn">${escape(severity)}<td>${escape(message)}<br><span class="soft">${escape(remedy)}</span>`).join('')}</table>`}
<h3>Mailed</h3><table>${shownMails(night)
		.map(({ to, subject }) => `<tr><td>${escape(to)}<td>${escape(subject)}`)
		.join('')}</table><p class="soft">${night.mailed.length.toLocaleString('en')} mails in all.
${requests.alimail.toLocaleString('en')} requests to Alimail, ${requests.postmark} to Postmark, ${requests.turnedAway} turned away; ${night.seconds.toFixed(1)} s.</p></section>`;
}

function checkRow({ day, what, ok, expected, found }: Check): string {
	const detail = ok
		? ''
		: `<br>expected ${escape(JSON.stringify(expected))}<br>found ${escape(JSON.stringify(found))}`;
	return `<tr><td class="${ok ? 'good' : 'bad'}">${ok ? '✓' : '✗'}<td class="soft">Night ${day}<td>${escape(what)}${detail}`;
}

const escape = (text: unknown): string => escapeHtml(String(text));
