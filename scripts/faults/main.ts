import '../engine/environment';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
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

/** What one process tells the other of a request. */
interface Played {
	/** The place of its scene among all. */
	at: number;
	row: Row;
	again: Row;
}

interface Line {
	trial: Trial;
	target: Target;
	row: Row;
	/** The same with Retry On Fail, as far as n8n repeats anything: what was said to be done, it does not. */
	again: Row;
}

/** Without what waits for a whole time-out. */
const isQuick = process.argv.includes('--quick');
/** Which part of the trials this process plays; without one it shares them out and reports. */
const part = process.argv.find((argument) => argument.startsWith('--part='))?.slice('--part='.length);

async function main(): Promise<boolean> {
	const started = Date.now();
	const parts = availableParallelism();
	const played = await Promise.all(
		Array.from({ length: parts }, async (_, at) => await inProcess(at, parts)),
	);
	const rows = played.flat().sort((a, b) => a.at - b.at);
	if (rows.length === 0) throw new Error(`No scene is called “${wanted}”.`);
	return report(
		rows.flatMap(({ row, again }) => (again.cells.length > 0 ? [row, again] : [row])),
		started,
	);
}

/** A part of the trials in a process of its own: what takes the time is n8n's engine, on one core. */
async function inProcess(at: number, parts: number): Promise<Played[]> {
	const child = fork(__filename, [...process.argv.slice(2), `--part=${at}/${parts}`], {
		serialization: 'advanced',
	});
	const said = new Promise<Played[]>((resolve) => child.once('message', (rows) => resolve(rows as Played[])));
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`A part of the trials ended with code ${code} before it had told anything.`);
	});
	return await Promise.race([said, ended]);
}

/** @param which `0/2`: every second trial, from the first on */
async function playPart(which: string): Promise<Played[]> {
	const [at = 0, parts = 1] = which.split('/').map(Number);
	const trials = services
		.flatMap((standIn) => trialsOf(standIn as unknown as StandIn, allScenes))
		.filter(isWanted);
	const lines: Line[] = [];
	const troubles: unknown[] = [];
	await inLanes(
		trials.filter((_, index) => index % parts === at),
		async (trial) => {
			const targets = await rehearse(trial).catch((error: unknown) => void troubles.push(error));
			for (const target of targets ?? []) lines.push(lineOf(trial, target));
		},
	);
	if (troubles.length > 0) throw new AggregateError(troubles, troubles.join('\n'));
	await Promise.all([...(isQuick ? [] : [playAll(lines, true)]), playAll(lines, false)]);
	return lines.map(({ trial, row, again }) => ({ at: trials.indexOf(trial), row, again }));
}

const isWanted = ({ standIn, name }: Trial): boolean =>
	wanted === undefined || `${standIn.name} ${name}`.includes(wanted);

function lineOf(trial: Trial, target: Target): Line {
	const name = `${trial.standIn.name} ${trial.name} (${target.method} ${target.route})`;
	return { trial, target, row: { name, cells: [] }, again: { name: `${name}, Retry On Fail`, cells: [] } };
}

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

/** Tells the rows to whoever shared the trials out. */
async function tell(which: string): Promise<boolean> {
	const rows = await playPart(which);
	await new Promise((resolve) => process.send!(rows, resolve));
	return true;
}

(part === undefined ? main() : tell(part)).then(
	(isRight) => process.exit(isRight ? 0 : 1),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
