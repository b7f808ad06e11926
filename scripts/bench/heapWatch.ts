/** The highest heap it saw, in MB: objects and buffers that are alive. */
export class HeapWatch {
	private peak = 0;

	look(): void {
		globalThis.gc!();
		const { heapUsed, external } = process.memoryUsage();
		this.peak = Math.max(this.peak, (heapUsed + external) / 1024 / 1024);
	}

	/** The highest less what is there now. */
	beyond(): number {
		const peak = this.peak;
		this.peak = 0;
		this.look();
		return peak - this.peak;
	}
}
