import type { Directory } from './directory';
import { invalid } from './errors';
import type { User } from './records';

/**
 * The `filter` of `GET /v2/users`: `(field=value)`, `*` as wildcard, `(&…)`, `(|…)`, `(!…)`. `(departmentId=X)` is direct
 * members, `(departmentId=X*)` with sub-departments (glama.ai/mcp/servers/mfc-open/alimail-admin-mcp). How `( ) * \` are
 * escaped in a value is not documented, so a backslash is refused.
 */
export type Filter =
	| { kind: 'and' | 'or'; parts: Filter[] }
	| { kind: 'not'; part: Filter }
	| { kind: 'equals'; field: string; value: string };

const FIELDS: Record<string, (user: User) => string | undefined> = {
	email: (user) => user.email,
	name: (user) => user.name,
	nickname: (user) => user.nickname,
	employeeNo: (user) => user.employeeNo,
	status: (user) => user.status,
	domain: (user) => user.email.split('@')[1],
	employeeType: (user) => user.employeeType,
	jobTitle: (user) => user.jobTitle,
	workLocation: (user) => user.workLocation,
	homeLocation: (user) => user.homeLocation,
	info: (user) => user.info,
	managerId: (user) => user.managerId,
	departmentId: () => undefined,
	// Delegation and shared mailboxes are not simulated: nobody has them.
	delegateType: () => undefined,
	isSharedWithOthers: () => 'false',
};

const DEPTH = 20;

/** @throws 400 with the place where it stops making sense. */
export function parseFilter(text: string): Filter {
	let at = 0;
	const fail = (what: string) =>
		invalid(`The filter is not valid at character ${at + 1}: ${what}.`, 'filter');
	const expect = (char: string) => {
		if (text[at] !== char) throw fail(`"${char}" is expected`);
		at += 1;
	};
	const expression = (depth: number): Filter => {
		if (depth > DEPTH) throw fail('it is nested too deeply');
		expect('(');
		const sign = text[at];
		let filter: Filter;
		if (sign === '&' || sign === '|') {
			at += 1;
			const parts: Filter[] = [];
			while (text[at] === '(') parts.push(expression(depth + 1));
			if (parts.length === 0) throw fail('a condition is expected');
			filter = { kind: sign === '&' ? 'and' : 'or', parts };
		} else if (sign === '!') {
			at += 1;
			filter = { kind: 'not', part: expression(depth + 1) };
		} else {
			filter = condition();
		}
		expect(')');
		return filter;
	};
	const condition = (): Filter => {
		const match = /([A-Za-z]+)=([^()\\]+)/y;
		match.lastIndex = at;
		const found = match.exec(text);
		const [whole, field, value] = found ?? [];
		if (!whole || !field || !value) throw fail('field=value is expected');
		if (!Object.hasOwn(FIELDS, field)) throw fail(`there is no filter field "${field}"`);
		at += whole.length;
		return { kind: 'equals', field, value };
	};
	const filter = expression(0);
	if (at !== text.length) throw fail('nothing more is expected');
	return filter;
}

/** The filter as a function; department subtrees are looked up once. */
export function compile(filter: Filter, directory: Directory): (user: User) => boolean {
	switch (filter.kind) {
		case 'and': {
			const parts = filter.parts.map((part) => compile(part, directory));
			return (user) => parts.every((part) => part(user));
		}
		case 'or': {
			const parts = filter.parts.map((part) => compile(part, directory));
			return (user) => parts.some((part) => part(user));
		}
		case 'not': {
			const part = compile(filter.part, directory);
			return (user) => !part(user);
		}
		case 'equals':
			return compileCondition(filter.field, filter.value, directory);
	}
}

function compileCondition(field: string, value: string, directory: Directory): (user: User) => boolean {
	if (field === 'departmentId') {
		const ids = departmentsMeant(value, directory);
		return (user) => user.departmentIds.some((id) => ids.has(id));
	}
	const read = FIELDS[field] ?? (() => undefined);
	if (!value.includes('*')) {
		const wanted = value.toLowerCase();
		return (user) => read(user)?.toLowerCase() === wanted;
	}
	const pattern = new RegExp(`^${value.split('*').map(escape).join('.*')}$`, 'isu');
	return (user) => {
		const text = read(user);
		return text !== undefined && pattern.test(text);
	};
}

function departmentsMeant(value: string, directory: Directory): Set<string> {
	const below = value.endsWith('*');
	const department = directory.findDepartment(below ? value.slice(0, -1) : value);
	if (!department) return new Set();
	return below ? directory.subtree(department.id) : new Set([department.id]);
}

/**
 * The ids of the accounts that can match at all, when an index tells; undefined when every account has to be looked at.
 * It keeps a search for one person or one department from walking over the whole tenant.
 */
export function candidates(filter: Filter, directory: Directory): Set<string> | undefined {
	if (filter.kind === 'and') {
		const narrowed = filter.parts
			.map((part) => candidates(part, directory))
			.filter((ids) => ids !== undefined);
		return narrowed.sort((a, b) => a.size - b.size)[0];
	}
	if (filter.kind === 'or') {
		const all = filter.parts.map((part) => candidates(part, directory));
		if (all.some((ids) => ids === undefined)) return undefined;
		return new Set(all.flatMap((ids) => [...(ids ?? [])]));
	}
	if (filter.kind !== 'equals') return undefined;
	const { field, value } = filter;
	if (field === 'departmentId') {
		const ids = [...departmentsMeant(value, directory)];
		return new Set(ids.flatMap((id) => [...directory.members.of(id)]));
	}
	if (value.includes('*')) return undefined;
	if (field === 'employeeNo') return new Set(directory.employeeNumbers.of(value.toLowerCase()));
	if (field === 'managerId') return new Set(directory.reports.of(value));
	if (field === 'email') {
		const user = directory.findUser(value);
		return new Set(user ? [user.id] : []);
	}
	return undefined;
}

function escape(text: string): string {
	return text.replace(/[.+?^${}()|[\]\\/]/g, '\\$&');
}
