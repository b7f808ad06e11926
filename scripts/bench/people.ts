export interface Person {
	employeeNo: string;
	email: string;
	name: string;
	department: string;
	jobTitle: string;
	managerEmail: string;
	[column: string]: string;
}

/** `count` employees in 50 departments of two levels, ten reports to a manager; the same every time. */
export function people(count: number): Person[] {
	return Array.from({ length: count }, (_, i) => ({
		employeeNo: `E${100_000 + i}`,
		email: `person${i}@yunhe.example`,
		name: i % 2 === 0 ? `王伟 ${i}` : `Ana Bauer ${i}`,
		department: `Division ${i % 5}/Team ${i % 50}`,
		jobTitle: i % 7 === 0 ? 'Team Lead' : 'Engineer',
		managerEmail: i === 0 ? '' : `person${Math.floor(i / 10)}@yunhe.example`,
	}));
}
