import { invalidInput } from '../errors';
import type { Plan } from '../sync';
import { counted } from '../text';

/** A list of which nobody is this sync's is another one's, or the scope is wrong: everybody in the scope would seem to have left. */
export function refuseForeignList({ counts, problems, vocabulary }: Plan, scope: string): void {
	const { rows, validRows, outsideRows } = counts;
	if (outsideRows === 0 || validRows > 0) return;
	const all =
		outsideRows === rows
			? `All ${counted(rows, 'row')} of the list are outside the scope of this sync`
			: `Of the ${counted(rows, 'row')} of the list ${outsideRows} are outside the scope of this sync, and none of the others can be used`;
	const example = problems.find(({ severity }) => severity === 'outside')?.message ?? '';
	throw invalidInput(
		scope,
		`${all}. Nothing was done. ${example}`,
		`Check '${scope}' and the list: they must be about the same ${vocabulary.records}.`,
	);
}
