import manifest from '../../package.json';
import type { Service, StandIn } from '../../sandbox/shell/standIn';
import { Engine } from '../engine';
import type { Trial } from './cell';
import { writeOperations } from './operations';
import { operationOf, type Scenes } from './scene';

/**
 * A service's scenes, which must be for each of its write operations.
 * @throws {Error} when a write operation has no scene, or a scene no operation
 */
export function trialsOf(standIn: StandIn, all: Record<string, Scenes<Service>>): Trial[] {
	// A stand-in may be there before its node is.
	if (!manifest.n8n.nodes.some((file) => file.startsWith(`dist/nodes/${standIn.node}/`))) return [];
	const scenes = all[standIn.name];
	if (scenes === undefined)
		throw new Error(`There are no scenes for ${standIn.title} in scripts/faults/scenes.`);
	const { description } = new Engine().nodeType(`n8n-nodes-mailops.${scenes.node}`);
	const operations = writeOperations(description);
	const played = Object.keys(scenes.scenes);
	const missing = operations.filter((one) => !played.some((scene) => operationOf(scene) === one));
	if (missing.length > 0)
		throw new Error(`Without a scene in scripts/faults/scenes: ${standIn.title} ${missing.join(', ')}.`);
	const unknown = played.filter((scene) => !operations.includes(operationOf(scene)));
	if (unknown.length > 0)
		throw new Error(`${standIn.title} has no operation for the scenes ${unknown.join(', ')}.`);
	return played.map((name) => ({ standIn, scenes, name }));
}
