import { play, rehearse, type Trial } from '../../scripts/faults/cell';
import { mishaps, type Mishap } from '../../scripts/faults/mishaps';
import { allScenes } from '../../scripts/faults/scenes';
import { trialsOf } from '../../scripts/faults/trials';
import { services } from '../../sandbox/services';
import type { StandIn } from '../../sandbox/shell/standIn';

/** The kinds of the fault matrix that were wrong once, without its long waits; the whole is `npm run test:faults`. */
const trials = (services as unknown as StandIn[]).flatMap((standIn) => trialsOf(standIn, allScenes));
const named = (pattern: RegExp) =>
	trials
		.filter(({ name }) => pattern.test(name))
		.map((trial): [string, Trial] => [`${trial.standIn.name} ${trial.name}`, trial]);
const mishap = (name: string): Mishap => mishaps.find((one) => one.name === name)!;

/** What came of each mishap on the scene's first request that changes something. */
async function played(trial: Trial, names: string[]) {
	const [target] = await rehearse(trial);
	const all = await Promise.all(names.map(async (name) => await play(trial, target!, mishap(name))));
	return all.map(({ wrong, said, words }, at) => ({ mishap: names[at], wrong, said, words }));
}

const done = (names: string[]) =>
	names.map((name) => expect.objectContaining({ mishap: name, wrong: [], said: 'done' }));

test.each(named(/\.(delete|removeAlias)$|left for good/))(
	'%s: what is gone after a lost answer was deleted by it, and nobody’s yes does not count',
	async (_name, trial) => {
		const names = [
			'reset after',
			'429 of a proxy after',
			'{"error"} after',
			'empty 200 before',
			'{} before',
			'half JSON before',
		];
		expect(await played(trial, names)).toEqual(done(names));
	},
);

test.each(named(/\.(resetPassword|addAlias)$|department\.update/))(
	'%s: an empty yes is looked up',
	async (_name, trial) => {
		const names = ['empty 200 before', 'empty 200 after', '{} before'];
		expect(await played(trial, names)).toEqual(done(names));
	},
);

test.each(named(/: (a live one|the ID is taken|it is there|one of that name|somebody has|a namesake)/))(
	'%s: what never arrived does not come back as somebody else’s',
	async (_name, trial) => {
		const [target] = await rehearse(trial);
		const { ifLost, ...cell } = await play(trial, target!, mishap('reset before'));
		const { said, words } = ifLost ?? { said: 'refused', words: 'was there already' };
		expect(cell).toEqual({ wrong: [], said, words: expect.stringContaining(words) });
	},
);
