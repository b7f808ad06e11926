import type { IDataObject, INode } from 'n8n-workflow';
import { setTimeout as pause } from 'node:timers/promises';
import { openShell } from '../../sandbox/shell';
import type { Service, StandIn } from '../../sandbox/shell/standIn';
import { Engine, type Run } from '../engine';
import { LATE_MS, type Mishap } from './mishaps';
import type { Said, Scene, Scenes } from './scene';
import { together, verdictOf, type Verdict } from './verdict';

/** A request of an operation that a mishap can befall. */
export interface Target {
	method: string;
	route: string;
}

export interface Trial {
	standIn: StandIn;
	scenes: Scenes<Service>;
	/** The scene's name. */
	name: string;
}

const NODE = 'Under Test';

/** Runs a scene without mishaps. @returns the requests that change something, in their order. */
export async function rehearse(trial: Trial): Promise<Target[]> {
	return await onStage(trial, async ({ scene, run, requests }) => {
		const { said } = judge(scene, await run());
		const expected = scene.isRefused ? 'refused' : 'done';
		if (said !== expected)
			throw new Error(`${trial.name}: without any mishap it was ${said}, not ${expected}. ${wordsOf(scene)}`);
		const writes = requests().filter(({ path }) => trial.scenes.signIn?.test(path) !== true);
		return [
			...new Map(writes.map(({ method, route }) => [`${method} ${route}`, { method, route }])).values(),
		];
	});
}

/** Runs a scene with a mishap on one of its requests. */
export async function play(
	trial: Trial,
	target: Target,
	mishap: Mishap,
	settings: Settings = {},
): Promise<Verdict & { words: string } & Pick<Scene, 'ifLost'>> {
	return await onStage(trial, async ({ scene, run, arm }) => {
		const wasPlayed = arm(target, mishap);
		// What is held back is done in the end: nobody may be judged before that.
		const late = mishap.isSlow ? pause(LATE_MS + 500) : undefined;
		const finished = await run(settings);
		await late;
		if (!wasPlayed()) throw new Error(`${trial.name}: ${mishap.name} was not played on ${target.route}`);
		const { ifLost } = scene;
		return { ...judge(scene, finished), words: wordsOf(scene), ...(ifLost ? { ifLost } : {}) };
	});
}

/** The node's settings, as the editor has them. */
export type Settings = Pick<INode, 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>;

/** n8n's Retry On Fail: it repeats the whole node, up to twice, when any item has failed. */
export const RETRY_ON_FAIL: Settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

interface Stage {
	scene: Scene;
	run(settings?: Settings): Promise<Run>;
	/** Requests that are no reads, so far. */
	requests(): Array<{ method: string; route: string; path: string }>;
	arm(target: Target, mishap: Mishap): () => boolean;
}

/** A stand-in of its own for each run: no run finds another's state, limits or late answers. */
async function onStage<T>({ standIn, scenes, name }: Trial, act: (stage: Stage) => Promise<T>): Promise<T> {
	const shell = await openShell([standIn]);
	try {
		const { service } = shell.running[0]!;
		const scene = scenes.scenes[name]!(service);
		last.set(scene, []);
		return await act({
			scene,
			run: async (settings) => await run(scene, scenes.node, shell.credentials(), settings),
			requests: () => shell.requests.list().filter(({ method }) => method !== 'GET' && method !== 'HEAD'),
			arm({ method, route }, { effect, times = 1 }) {
				const path = new RegExp(`^${route.replace(/:\w+/g, '[^/]+').replaceAll('$', '\\$')}$`, 'i');
				const armed = shell.faults.add({ service: standIn.name, method, path, times, ...effect });
				return () => armed.played > 0;
			},
		});
	} finally {
		await shell.close();
	}
}

async function run(
	{ parameters, items = [{}], binary }: Scene,
	node: string,
	credentials: Array<{ type: string; data: object }>,
	settings: Settings = {},
): Promise<Run> {
	const engine = new Engine();
	for (const { type, data } of credentials) engine.addCredential(type, data as never);
	const start = { id: 'node-0', name: 'Start', type: 'test.start', typeVersion: 1, position: [0, 0] };
	const tried = {
		id: 'node-1',
		name: NODE,
		type: `n8n-nodes-mailops.${node}`,
		typeVersion: 1,
		position: [200, 0],
		parameters,
		credentials: Object.fromEntries(credentials.map(({ type }) => [type, { id: type, name: type }])),
		onError: 'continueErrorOutput',
		...settings,
	};
	return await engine.run(
		{
			name: 'Faults',
			nodes: [{ ...start, parameters: {} }, tried] as unknown as INode[],
			connections: { Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		},
		{
			start: 'Start',
			items: items.map((json) => ({ json: json as IDataObject, ...(binary ? { binary } : {}) })),
			mode: 'trigger',
		},
	);
}

function judge(scene: Scene, run: Run): Verdict {
	const { items = [{}] } = scene;
	const said = items.map((_, item) => scene.said?.(run, item) ?? saidOf(run, item));
	last.set(scene, said);
	return together(said.map((one, item) => verdictOf(one, scene.times(item))));
}

/** What was said last on a scene, for the notes below the table. */
const last = new WeakMap<Scene, Said[]>();
const wordsOf = (scene: Scene): string =>
	[
		...new Set(
			(last.get(scene) ?? []).map(
				({ outcome, words = '', remedy = '' }) => `${outcome}: ${words} → ${remedy}`,
			),
		),
	].join(' | ');

function saidOf(run: Run, item: number): Said {
	const { error } = run;
	// It asked somebody, and waits for the answer.
	if (run.raw.waitTill) return { outcome: 'done' };
	if (error) return { outcome: 'none', words: `The run broke off: ${error.message}` };
	const of = (output: number) =>
		run
			.items(NODE, output)
			.find(({ pairedItem }) => (pairedItem as { item: number } | undefined)?.item === item);
	const failed = of(1)?.json as { error?: string; details?: IDataObject } | undefined;
	if (failed !== undefined) return errorSaid(failed.error, failed.details);
	const done = of(0)?.json;
	// A custom call says itself when nobody can tell.
	if (done?.confirmed === false) return { outcome: 'unknown', remedy: String(done.note) };
	return { outcome: done === undefined ? 'none' : 'done' };
}

function errorSaid(words: string | undefined, details: IDataObject | undefined): Said {
	const outcome = details?.outcome === 'unknown' ? 'unknown' : 'refused';
	return { outcome, words, remedy: details?.remedy as string | undefined };
}
