import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import * as workflow from 'n8n-workflow';
import { appendFileSync } from 'node:fs';
import { state } from './state';

const visited = workflow as unknown as { visits?: number };
const world = globalThis as { leftBehind?: boolean };

/** Notes what it finds, then leaves something behind in every place that a test file could. */
export function visit(): void {
	const service = Container.get(BinaryDataService) as unknown as { left?: boolean };
	const found = {
		module: state.visits,
		global: world.leftBehind,
		fetch: fetch.name,
		variable: process.env.LEFT_BEHIND,
		service: service.left,
		matcher: typeof (expect(0) as unknown as { toBeLeftBehind?: unknown }).toBeLeftBehind,
		package: visited.visits ?? 0,
	};
	appendFileSync(process.env.VISITS!, `${JSON.stringify(found)}\n`);
	state.visits++;
	world.leftBehind = true;
	globalThis.fetch = async function replaced() {
		return new Response();
	};
	process.env.LEFT_BEHIND = 'yes';
	service.left = true;
	expect.extend({ toBeLeftBehind: () => ({ pass: true, message: () => '' }) });
	visited.visits = (visited.visits ?? 0) + 1;
}
