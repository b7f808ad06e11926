import '../engine/environment';
import { services } from '../../sandbox/services';
import type { StandIn } from '../../sandbox/shell/standIn';
import { play, rehearse, RETRY_ON_FAIL, type Target, type Trial } from './cell';
import { mishaps } from './mishaps';
import { allScenes } from './scenes';
import { count, details, print, type Row } from './table';
import { trialsOf } from './trials';
import { WORDS, type Wrong } from './verdict';

/** Runs side by side; those that wait for a time-out are not counted. */
const LANES = 12;

const wanted = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
const names = mishaps.map(({ name }) => name);

interface Line {
	trial: Trial;
	target: Target;
	row: Row;
	/** The same with Retry On Fail, as far as n8n repeats anything: what was said to be done, it does not. */
	again: Row;
}

async function main(): Promise<boolean> {
	const started = Date.now();
	const trials = services.flatMap((standIn) => trialsOf(standIn as unknown as StandIn, allScenes));
	const lines: Line[] = [];
	const troubles: unknown[] = [];
	await inLanes(trials.filter(isWanted), async (trial) => {
		const targets = await rehearse(trial).catch((error: unknown) => void troubles.push(error));
		for (const target of targets ?? []) lines.push(lineOf(trial, target));
	});
	if (troubles.length > 0) throw new AggregateError(troubles, troubles.join('\n'));
	lines.sort((a, b) => order(trials, a) - order(trials, b));
	await Promise.all([playAll(lines, true), playAll(lines, false)]);
	return report(
		lines.flatMap(({ row, again }) => (again.cells.length > 0 ? [row, again] : [row])),
		started,
	);
}

const isWanted = ({ standIn, name }: Trial): boolean =>
	wanted === undefined || `${standIn.name} ${name}`.includes(wanted);

function lineOf(trial: Trial, target: Target): Line {
	const name = `${trial.standIn.name} ${trial.name} (${target.method} ${target.route})`;
	return { trial, target, row: { name, cells: [] }, again: { name: `${name}, Retry On Fail`, cells: [] } };
}

const order = (trials: Trial[], { trial }: Line): number => trials.indexOf(trial);

async function playAll(lines: Line[], isSlow: boolean): Promise<void> {
	const cells = lines.flatMap((line) =>
		mishaps.flatMap((mishap, at) => ((mishap.isSlow ?? false) === isSlow ? [{ ...line, mishap, at }] : [])),
	);
	await inLanes(
		cells,
		async ({ trial, target, mishap, row, again, at }) => {
			const repeated = async () => (again.cells[at] = await play(trial, target, mishap, RETRY_ON_FAIL));
			// What waits for a time-out is played side by side: one wait for both.
			const beside = isSlow ? repeated() : undefined;
			const cell = await play(trial, target, mishap);
			row.cells[at] = cell;
			await (beside ?? (cell.said === 'done' ? undefined : repeated()));
		},
		isSlow ? Infinity : LANES,
	);
}

async function inLanes<T>(work: T[], act: (one: T) => Promise<void>, lanes = LANES): Promise<void> {
	const left = work[Symbol.iterator]();
	const lane = async () => {
		for (const one of left) await act(one);
	};
	await Promise.all(Array.from({ length: Math.min(lanes, work.length) }, lane));
}

function report(rows: Row[], started: number): boolean {
	const counts = count(rows);
	const cells = rows.reduce((sum, row) => sum + row.cells.filter((cell) => cell !== undefined).length, 0);
	console.log(print(names, rows));
	console.log();
	for (const line of details(names, rows)) console.log(line);
	const total = Object.entries(counts).map(([wrong, found]) => `${found} × ${WORDS[wrong as Wrong]}`);
	console.log(`\n${cells} runs in ${Math.round((Date.now() - started) / 1000)} s: ${total.join(', ')}.`);
	return Object.values(counts).every((found) => found === 0);
}

main().then(
	(isRight) => process.exit(isRight ? 0 : 1),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
