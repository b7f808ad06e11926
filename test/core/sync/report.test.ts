import { apply, DEFAULT_LIMITS, guard, plan, preview, report } from '../../../core/sync';
import { MemoryTarget } from './memoryTarget';
import { NOW, record, rows, rules } from './people';

const complete = { sourceComplete: true, targetComplete: true };
const facts = { started: NOW, seconds: 3.24, requests: 12, waitedSeconds: 0.5 };
const person = (number: number) => ({ employeeNo: `E${number}`, email: `p${number}@x.com` });

it('tells an applied run in numbers and plain words', async () => {
	const target = new MemoryTarget([
		record('id2', person(2)),
		record('id3', person(3), { active: false }),
		record('id4', person(4)),
	]);
	target.fault = (call) => (call === 'create E5' ? 'fail' : 'ok');
	const source = rows(person(1), { ...person(2), name: 'New' }, person(3), { name: 'nobody' }, person(5));
	const made = await plan(source, target.list(), rules());
	const verdict = await guard(made, DEFAULT_LIMITS, complete);
	const results = await apply(made, verdict, target, { inFlight: 2 });
	const summary = report(made, verdict, results, { ...facts, mode: 'apply', title: 'HR to mailboxes' });
	expect(summary).toMatchObject({
		mode: 'apply',
		started: '2026-03-31T12:00:00.000Z',
		sourceRows: 5,
		invalid: 1,
		targetBefore: 3,
		targetAfter: 4,
		created: 1,
		updated: 1,
		enabled: 1,
		disabled: 1,
		deleted: 0,
		leavers: 1,
		leaversUnchanged: 0,
		unchanged: 0,
		notUsed: 1,
		failed: 1,
		problems: 2,
		hold: 'nothing',
		headline: '1 created, 1 changed, 1 enabled, 1 disabled; 1 failed; 2 problems.',
	});
	expect(summary.text).toContain('HR to mailboxes\n1 created');
	expect(summary.text).toContain('- Item 5 (p5@x.com) was not created: Refused by the service. Put right');
	expect(summary.text).toContain('- p4@x.com: disable: No longer on the list');
	expect(summary.text).toContain(
		'- Rows of the list: 5: 1 created, 1 changed, 1 enabled, 1 not used (1 invalid), 1 failed\n' +
			'- Records of this sync that are not on it: 1: 1 disabled\n' +
			'- Records before and after: 3 → 4\n',
	);
	expect(summary.text).toContain('- Took: 3.2 s, 0.5 s of it waiting for the rate limit');
});

it('does not speak of waiting that nobody would notice', async () => {
	const made = await plan(rows(person(1)), [], rules());
	const verdict = await guard(made, DEFAULT_LIMITS, complete);
	const { text } = report(made, verdict, [], { ...facts, waitedSeconds: 0.001, mode: 'apply' });
	expect(text).toMatch(/^- Took: 3\.2 s$/m);
});

it('shows what is held back, and how to let it pass', async () => {
	const made = await plan(
		rows(person(1)),
		Array.from({ length: 30 }, (_, index) => record(`id${index}`, person(index))),
		rules(),
	);
	const verdict = await guard(made, DEFAULT_LIMITS, complete);
	const summary = report(made, verdict, await preview(made, verdict), { ...facts, mode: 'preview' });
	expect(summary).toMatchObject({ held: 29, problems: 0, disabled: 0, targetAfter: 30, approved: false });
	expect(summary.headline).toBe(
		'Preview, nothing was changed: nothing to do; 29 held back by a safety check.',
	);
	const { whatHappened, ifTheListIsWrong, ifItIsReallySo } = summary;
	expect(whatHappened).toBe(
		'Nothing would be changed. The list has 1 usable row, but 30 active records belong to this sync: 97 % fewer (limit 20 %); 29 people would be disabled.',
	);
	expect(ifTheListIsWrong).toBe(
		'If the list is wrong, correct it and run again; nothing else is to be done. Check that the list is complete.',
	);
	expect(ifItIsReallySo).toBe(
		`If it is really so, approve it with the code ${verdict.approval}. The code fits this very plan only.`,
	);
	expect(summary.text).toContain(
		`Held back\n- ${whatHappened}\n- ${ifTheListIsWrong}\n- ${ifItIsReallySo}\n`,
	);
	expect(summary.text).toContain('- p19@x.com: disable');
	expect(summary.text).not.toContain('- p21@x.com: disable');
	expect(summary.text).toContain('- and 9 more');

	const incomplete = await guard(made, DEFAULT_LIMITS, { ...complete, sourceComplete: false });
	const other = report(made, incomplete, await preview(made, incomplete), { ...facts, mode: 'preview' });
	expect(other.text).not.toContain(incomplete.approval);
});

it('shows the first 20 problems', async () => {
	const made = await plan(rows(...Array.from({ length: 25 }, () => ({ name: 'nobody' }))), [], rules());
	const verdict = await guard(made, {}, complete);
	const { text, problems } = report(made, verdict, await preview(made, verdict), {
		...facts,
		mode: 'preview',
	});
	expect(problems).toBe(25);
	expect(text).toContain('Item 20 has');
	expect(text).not.toContain('Item 21 has');
	expect(text).toContain('- and 5 more');
});

it('escapes everything in HTML', async () => {
	const evil = `<img src=x onerror="alert('1')">&`;
	const made = await plan(
		rows({ employeeNo: 'E1', email: evil, managerEmail: evil + evil }),
		[record('id2', { employeeNo: evil, email: evil + 2 }, { label: evil })],
		rules(),
	);
	const verdict = await guard(made, {}, complete);
	const { html } = report(made, verdict, await preview(made, verdict), {
		...facts,
		mode: 'preview',
		title: evil,
	});
	expect(html).not.toContain('<img');
	expect(html).not.toContain(`alert('`);
	expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;');
	// Nothing but the tags this page is made of.
	expect(new Set([...html.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag))).toEqual(
		new Set(['div', 'h2', 'p', 'h3', 'table', 'tr', 'td']),
	);
});

it('calls a person who was created and then completed one person', async () => {
	const target = new MemoryTarget();
	const made = await plan(
		rows({ ...person(1), managerEmail: 'p2@x.com' }, { ...person(2), managerEmail: 'p1@x.com' }),
		[],
		rules(),
	);
	const verdict = await guard(made, DEFAULT_LIMITS, complete);
	const results = await apply(made, verdict, target, { inFlight: 1 });
	expect(report(made, verdict, results, { ...facts, mode: 'apply' })).toMatchObject({
		created: 2,
		updated: 0,
		headline: '2 created.',
	});
});
