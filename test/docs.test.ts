import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { filesUnder, packNodes, ROOT, textOf } from './support/tree';

/** The operations of a resource as the editor shows them, by the name of the resource. */
function menusOf(properties: INodeProperties[]): Map<string, string[]> {
	const choices = (field: INodeProperties) => (field.options ?? []) as INodePropertyOptions[];
	const menus = properties.filter(({ displayOptions }) => displayOptions?.show?.['@tool'] === undefined);
	const resources = menus.filter(({ name }) => name === 'resource').flatMap(choices);
	return new Map(
		resources.map(({ name, value }) => [
			name,
			menus
				.filter(
					(field) => field.name === 'operation' && field.displayOptions?.show?.resource?.includes(value),
				)
				.flatMap(choices)
				.map((operation) => operation.name),
		]),
	);
}

interface Row {
	node: string;
	resources: string[];
	operations: string[];
}

/** Names in a table's cell: `**Send 发送**、Get Many` → Send, Get Many. Notes in (round brackets) are left out. */
const namesIn = (cell: string): string[] =>
	cell
		.replace(/\*\*|（[^）]*）|\((?!Account)[^)]*\)/g, '')
		.split(/[,、；/]/)
		.map((name) => name.replace(/[^\x20-\x7e]+/g, '').trim())
		.filter((name) => name !== '');

/** The rows of the tables whose head names resources and operations; an empty cell repeats the one above it. */
function rowsOf(page: string, node = ''): Row[] {
	const rows: Row[] = [];
	let columns: number[] | undefined;
	let above = ['', ''];
	for (const line of textOf(page).split('\n')) {
		const cells = line.startsWith('|')
			? line
					.split('|')
					.slice(1, -1)
					.map((cell) => cell.trim())
			: [];
		if (cells.length === 0) columns = undefined;
		else if (cells.some((cell) => /^(Resource|资源)$/.test(cell)))
			columns = [/^(Node|节点)$/, /^(Resource|资源)$/, /^(Operations?|操作)$/].map((head) =>
				cells.findIndex((cell) => head.test(cell)),
			);
		else if (columns !== undefined && !/^-+$/.test(cells[0]!)) {
			const [inNode, inResource, inOperation] = columns as [number, number, number];
			above = [cells[inNode] || above[0]!, cells[inResource] || above[1]!];
			rows.push({
				node: node || (/\*\*(.+?)\*\*/.exec(above[0]!)?.[1] ?? ''),
				resources: namesIn(above[1]!),
				operations: namesIn(cells[inOperation]!),
			});
		}
	}
	return rows;
}

const nodes = packNodes().filter(([, { description }]) => !description.group.includes('trigger'));
const pages = nodes.map(
	([source, { description }]) => [pageOf(source), description.displayName, description] as const,
);

/** A service's page in the docs. */
function pageOf(source: string): string {
	const [, folder] = /nodes\/(\w+)/.exec(source)!;
	const names = [folder!.replace(/(?<=[a-z])(?=[A-Z])/g, '-'), folder!].map(
		(name) => `docs/${name.toLowerCase()}.md`,
	);
	return names.find((name) => existsSync(join(ROOT, name))) ?? names[1]!;
}

describe.each([
	...pages,
	...['README.md', 'README.zh-CN.md'].flatMap((page) =>
		pages.map(([, name, node]) => [page, name, node] as const),
	),
])('%s on %s', (page, name, { properties }) => {
	const menus = menusOf(properties);
	const rows = rowsOf(page, page.startsWith('docs/') ? name : '').filter(({ node }) => node === name);

	test('has every resource, and none that is not there', () => {
		expect([...new Set(rows.flatMap(({ resources }) => resources))].sort()).toEqual([...menus.keys()].sort());
	});

	test.each([...menus])('has the operations of %s', (resource, operations) => {
		const own = rows.filter(({ resources }) => resources.includes(resource));
		const neighbours = own.flatMap(({ resources }) => resources.flatMap((other) => menus.get(other) ?? []));
		const written = own.flatMap((row) => row.operations);
		expect(operations.filter((operation) => !written.includes(operation))).toEqual([]);
		expect(written.filter((operation) => !neighbours.includes(operation))).toEqual([]);
	});
});

describe.each([...filesUnder('docs', '.md'), 'README.md', 'README.zh-CN.md', 'CONTRIBUTING.md'])(
	'%s',
	(page) => {
		test('has no link into the tree that leads nowhere', () => {
			const links = [...textOf(page).matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)].filter(
				([, picture, link]) => picture === '' && !/^https?:/.test(link!),
			);
			const lost = links.map(([, , link]) => link!).filter((link) => !leadsSomewhere(page, link));
			expect(lost).toEqual([]);
		});
	},
);

function leadsSomewhere(page: string, link: string): boolean {
	const [file = '', anchor] = link.split('#');
	const target = file === '' ? page : join(dirname(page), file);
	if (!existsSync(join(ROOT, target))) return false;
	return anchor === undefined || anchorsOf(target).includes(anchor);
}

/** What GitHub calls the headings of a page. */
const anchorsOf = (page: string): string[] =>
	[...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading!
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-'),
	);

test('each workflow has a page that explains it, and both READMEs lead there', () => {
	for (const workflow of filesUnder('workflows', '.json')) {
		const [page, ...more] = filesUnder('docs', '.md').filter(
			(path) => textOf(path).startsWith('# ') && titleLinks(path).includes(basename(workflow)),
		);
		expect([workflow, page, more]).toEqual([workflow, expect.any(String), []]);
		for (const readme of ['README.md', 'README.zh-CN.md']) expect(textOf(readme)).toContain(`](${page})`);
	}
});

/** The workflows that a page's first paragraph links to. */
const titleLinks = (page: string): string[] =>
	[
		...textOf(page)
			.split('\n\n')
			.slice(1, 2)
			.join()
			.matchAll(/\]\(\.\.\/workflows\/([^)]+)\)/g),
	].map(([, file]) => file!);

test('every event of a trigger is in the tables', () => {
	for (const [source, { description }] of packNodes()) {
		const events = description.properties
			.filter(({ name }) => /^(smtpE|e)vents$/.test(name))
			.flatMap(({ options }) => (options ?? []) as INodePropertyOptions[]);
		for (const { name } of events)
			for (const page of [pageOf(source), 'README.md', 'README.zh-CN.md'])
				expect(textOf(page)).toMatch(new RegExp(`^\\|.*\\b${name}\\b.*\\|$`, 'm'));
	}
});

test('every picture that a page shows is there, and every picture is shown', () => {
	const shown = ['README.md', 'README.zh-CN.md', ...filesUnder('docs', '.md')].flatMap((page) =>
		[...textOf(page).matchAll(/!\[[^\]]*\]\(([^)]+\.png)\)/g)].map(([, path]) => join(dirname(page), path!)),
	);
	expect([...new Set(shown)].sort()).toEqual(filesUnder('docs/images', '.png').sort());
});
