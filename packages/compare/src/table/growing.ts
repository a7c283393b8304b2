/** Whole numbers below 2³² in a row that grows: four bytes each, where a plain list of several million takes eight and more. */
export class Growing {
	length = 0;
	private room = new Uint32Array(1024);

	push(...values: readonly number[]): void {
		if (this.length + values.length > this.room.length) {
			const larger = new Uint32Array(2 * this.room.length);
			larger.set(this.room);
			this.room = larger;
		}
		for (const value of values) this.room[this.length++] = value;
	}

	at(place: number): number {
		return this.room[place] ?? 0;
	}
}
