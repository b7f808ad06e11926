import { play, rehearse, RETRY_ON_FAIL, type Trial } from '../../scripts/faults/cell';
import { mishaps, type Mishap } from '../../scripts/faults/mishaps';
import { writeOperations } from '../../scripts/faults/operations';
import { allScenes } from '../../scripts/faults/scenes';
import { details, print } from '../../scripts/faults/table';
import { trialsOf } from '../../scripts/faults/trials';
import { together, verdictOf } from '../../scripts/faults/verdict';
import { Postmark } from '../../nodes/Postmark/Postmark.node';
import { services } from '../../sandbox/services';
import type { StandIn } from '../../sandbox/shell/standIn';

const standIns = services as unknown as StandIn[];
const postmark = standIns.find(({ name }) => name === 'postmark')!;
const trial = (name: string): Trial => ({ standIn: postmark, scenes: allScenes.postmark!, name });
const mishap = (name: string): Mishap => mishaps.find((one) => one.name === name)!;

describe('what must never be', () => {
	const remedy = 'Do this.';
	test.each([
		['done', 1, []],
		['done', 0, ['falselyDone']],
		['done', 2, ['doubled']],
		['refused', 0, []],
		['refused', 1, ['falselyRefused']],
		['refused', undefined, []],
		['unknown', 0, []],
		['unknown', 1, []],
		['unknown', 2, ['doubled']],
		['none', 0, ['silent']],
	] as const)('said %s, done %p times: %p', (outcome, times, wrong) => {
		expect(verdictOf({ outcome, remedy }, times).wrong).toEqual(wrong);
	});

	test('an error without a remedy', () => {
		expect(verdictOf({ outcome: 'unknown', remedy: ' ' }, 0).wrong).toEqual(['noRemedy']);
		expect(verdictOf({ outcome: 'done' }, 1).wrong).toEqual([]);
	});

	test('of several items, the worst is told', () => {
		const two = [verdictOf({ outcome: 'done' }, 1), verdictOf({ outcome: 'refused' }, 1)];
		expect(together(two)).toEqual({ wrong: ['falselyRefused', 'noRemedy'], said: 'refused' });
	});
});

test.each(standIns.map((standIn) => [standIn.name, standIn]))(
	'%s: every write operation has a scene',
	(_name, standIn) => {
		const isInPack = standIn.name in allScenes;
		expect(trialsOf(standIn, allScenes).length > 0).toBe(isInPack);
	},
);

test('an operation without a scene, a scene without an operation and a service without scenes are told', () => {
	const { 'email.send': one, ...others } = allScenes.postmark!.scenes;
	const keyed = Object.fromEntries(
		Object.entries(others).filter(([name]) => !name.startsWith('email.send:')),
	);
	const withScenes = (scenes: typeof others) => ({ postmark: { ...allScenes.postmark!, scenes } });
	expect(() => trialsOf(postmark, withScenes(keyed))).toThrow('Without a scene');
	expect(() => trialsOf(postmark, withScenes(keyed))).toThrow('Postmark email.send.');
	expect(() => trialsOf(postmark, withScenes({ ...others, 'email.shout': one! }))).toThrow('email.shout');
	expect(() => trialsOf(postmark, {})).toThrow('There are no scenes for Postmark');
});

test('operations come from the menus of the node; those named get… only read', () => {
	const operations = writeOperations(new Postmark().description);
	expect(operations).toEqual(
		expect.arrayContaining(['email.send', 'customAccount.request', 'domain.delete']),
	);
	expect(operations.filter((one) => one.includes('.get'))).toEqual([]);
});

test('a cell runs through the engine and the stand-in, and the truth is what the stand-in holds', async () => {
	const send = trial('email.send');
	const [target] = await rehearse(send);
	expect(target).toEqual({ method: 'POST', route: '/email/batch' });
	const lost = await play(send, target!, mishap('reset after'));
	expect(lost).toMatchObject({ wrong: [], said: 'unknown' });
	expect(lost.words).toContain('Activity page');
	// The same state, told of wrongly.
	const never = {
		...send,
		scenes: { ...send.scenes, scenes: { [send.name]: () => ({ ...sceneOf(send), times: () => 0 }) } },
	};
	expect(await play(never, target!, mishap('late answer'))).toMatchObject({ wrong: ['falselyDone'] });
});

const sceneOf = ({ scenes, name }: Trial) => scenes.scenes[name]!({ messages: [] } as never);

test('the table shows each cell, and says below it what was said where something is wrong', () => {
	const cells = [
		{ said: 'done' as const, wrong: [], words: '' },
		{ said: 'refused' as const, wrong: ['falselyRefused' as const], words: 'refused: No. → Ask.' },
	];
	const rows = [{ name: 'toy thing.make', cells }];
	expect(print(['early', 'late'], rows)).toMatch(/toy thing\.make {3}\+ {3}R$/m);
	expect(details(['early', 'late'], rows)).toEqual([
		'toy thing.make: said refused, and was done. refused: No. → Ask.\n    after late',
	]);
});

test('with Retry On Fail n8n repeats the node, and what the answer of got lost is still done once', async () => {
	const [target] = await rehearse(trial('email.sendBulk'));
	const cell = await play(trial('email.sendBulk'), target!, mishap('reset after'), RETRY_ON_FAIL);
	expect(cell).toMatchObject({ wrong: [], said: 'unknown' });
});
