import { DEFAULT_KEYS, sublimeSearch } from '@n8n/utils/search/sublime-search';
import type { INodeTypeDescription } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SEARCHES } from '../../scripts/n8n/searches';
import { packCredentials, packNodes, ROOT } from '../support/tree';

interface Entry {
	properties: Pick<INodeTypeDescription, 'name' | 'displayName' | 'description' | 'codex' | 'group'>;
}

/**
 * As n8n's panel does it (`generateMergedNodesAndActions` in its editor): a trigger that is called like a node and
 * "Trigger" is no entry of its own; the node's entry gets its description.
 */
function merged(all: Array<Entry['properties']>): Entry[] {
	const isTrigger = ({ group }: Entry['properties']) => group.includes('trigger');
	const entries = all.filter((node) => !isTrigger(node)).map((node) => ({ ...node }));
	for (const trigger of all.filter(isTrigger)) {
		const own = entries.find(({ name }) => name === trigger.name.replace('Trigger', ''));
		if (own === undefined) entries.push({ ...trigger });
		else own.description = trigger.description;
	}
	return entries.map((properties) => ({ properties }));
}

const ours = packNodes().map(([source, { description }]) => ({
	...description,
	codex: JSON.parse(readFileSync(join(ROOT, source.replace(/\.ts$/, '.json')), 'utf8')) as Required<
		Entry['properties']
	>['codex'],
}));
const n8ns = JSON.parse(
	readFileSync(
		join(dirname(require.resolve('n8n-nodes-base/package.json')), 'dist/types/nodes.json'),
		'utf8',
	),
) as Array<INodeTypeDescription & { hidden?: boolean }>;
const panel = merged([...n8ns.filter(({ hidden }) => hidden !== true), ...ours]);

/** What the panel lists for what somebody typed, best first. */
const found = (typed: string): string[] =>
	sublimeSearch(typed.toLowerCase(), panel, DEFAULT_KEYS).map(({ item }) => item.properties.displayName);

/** How far down people look. */
const LOOKED_AT = 12;

test.each(SEARCHES)('a search for “%s” finds %s', (typed, node) => {
	const place = found(typed).indexOf(node);
	expect([typed, place]).toEqual([typed, expect.any(Number)]);
	expect(place).toBeGreaterThanOrEqual(0);
	expect(place).toBeLessThan(LOOKED_AT);
});

test('every node of the panel is looked for', () => {
	const entries = merged(ours).map(({ properties }) => properties.displayName);
	expect([...new Set(SEARCHES.map(([, node]) => node))].sort()).toEqual(entries.sort());
});

test.each(ours.map((node) => [node.displayName, node] as const))(
	'%s is found by what its users would type, in English and Chinese',
	(_, { codex, name, group }) => {
		const alias = codex?.alias ?? [];
		expect(alias.some((word) => /mail/.test(word))).toBe(true);
		expect(alias.some((word) => /\p{Script=Han}/u.test(word))).toBe(true);
		// The panel reads only the node's aliases where it has both.
		const node = ours.find((other) => other.name === name.replace('Trigger', ''));
		if (group.includes('trigger') && node !== undefined)
			for (const word of ['bounce', 'inbound', 'unsubscribe'])
				if (alias.includes(word)) expect(node.codex?.alias).toContain(word);
	},
);

test('the description that stands for a node and its trigger in the panel tells of both', () => {
	for (const { name, description, group } of ours) {
		const node = ours.find((other) => `${other.name}Trigger` === name);
		if (!group.includes('trigger') || node === undefined) continue;
		expect(description).toMatch(/\bstart workflows\b/);
		expect(description.split(' ')[0]).toBe(node.description.split(' ')[0]);
	}
});

test('a credential is found by the name of its service', () => {
	const services: Record<string, string[]> = {
		ActiveDirectory: ['active directory'],
		Alimail: ['alimail', 'alibaba mail'],
		AokSend: ['aoksend'],
		Postmark: ['postmark'],
		Mailchimp: ['mailchimp'],
		SendPulse: ['sendpulse'],
		Outlook: ['outlook'],
	};
	for (const [source, { displayName }] of packCredentials()) {
		const names = Object.entries(services).find(([service]) => source.includes(service))?.[1] ?? [];
		expect([displayName, names.length > 0]).toEqual([displayName, true]);
		for (const name of names) expect(displayName.toLowerCase()).toContain(name);
	}
});
