import type { Audience } from './audience';
import { invalid } from './errors';
import type { Condition, Member } from './records';

type Test = (value: string, wanted: string) => boolean;

const TESTS: Record<string, Test> = {
	is: (value, wanted) => value === wanted,
	not: (value, wanted) => value !== wanted,
	contains: (value, wanted) => value.includes(wanted),
	notcontain: (value, wanted) => !value.includes(wanted),
	starts: (value, wanted) => value.startsWith(wanted),
	ends: (value, wanted) => value.endsWith(wanted),
	greater: (value, wanted) => value > wanted,
	less: (value, wanted) => value < wanted,
	blank: (value) => value === '',
	blank_not: (value) => value !== '',
};

/** @throws {MailchimpError} 400 for an operator that there is not */
function testOf({ op = '' }: Condition): Test {
	const test = TESTS[op];
	if (!test) throw invalid(`The operator '${op}' is not valid for this condition.`);
	return test;
}

function tested(value: unknown, condition: Condition): boolean {
	const { value: wanted = '' } = condition;
	return testOf(condition)(String(value ?? '').toLowerCase(), String(wanted).toLowerCase());
}

/** The conditions people use most; the others are refused rather than taken for true. */
const CONDITIONS: Record<string, (audience: Audience, member: Member, condition: Condition) => boolean> = {
	EmailAddress: (_audience, { email_address }, condition) => tested(email_address, condition),
	TextMerge: (_audience, { merge_fields }, condition) =>
		tested(merge_fields[condition.field ?? ''], condition),
	SelectMerge: (_audience, { merge_fields }, condition) =>
		tested(merge_fields[condition.field ?? ''], condition),
	StaticSegment: (audience, { id }, { op, value }) =>
		(audience.segments.get(Number(value))?.hashes.has(id) ?? false) === (op !== 'static_not'),
	Interests: (_audience, { interests }, { op, value }) => {
		const has = (Array.isArray(value) ? value : [value]).map((one) => interests[String(one)] === true);
		if (op === 'interestcontainsall') return has.every(Boolean);
		return op === 'interestnotcontains' ? !has.some(Boolean) : has.some(Boolean);
	},
	VIP: (_audience, { vip }, { op }) => vip === (op === 'member'),
};

/** @throws {MailchimpError} 400 for a type that the stand-in does not know */
function conditionOf({ condition_type: type = '' }: Condition) {
	const test = CONDITIONS[type];
	if (!test) throw invalid(`The sandbox does not know the condition type '${type}'.`);
	return test;
}

/** Those that compare a text. */
const TEXTS = new Set(['EmailAddress', 'TextMerge', 'SelectMerge']);

/** Looks at conditions before there is anybody to meet them. @throws {MailchimpError} 400 */
export function checkConditions(conditions: readonly Condition[]): void {
	for (const condition of conditions) {
		conditionOf(condition);
		if (TEXTS.has(condition.condition_type ?? '')) testOf(condition);
	}
}

export function evaluate(
	audience: Audience,
	member: Member,
	{ match, conditions }: { match: 'any' | 'all'; conditions: readonly Condition[] },
): boolean {
	if (conditions.length === 0) return true;
	const results = conditions.map((condition) => conditionOf(condition)(audience, member, condition));
	return match === 'all' ? results.every(Boolean) : results.some(Boolean);
}
