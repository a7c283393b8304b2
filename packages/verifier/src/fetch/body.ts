/** The body of an answer over HTTP, read to its end as long as it is no longer than an answer can be: whoever answers may never stop. */

/** `undefined` when there are more bytes than that; the rest is not read then. Throws what the line throws. */
export async function wholeBody(response: Response, bytesMax: number): Promise<Buffer | undefined> {
	if (response.body === null) return Buffer.alloc(0);
	const body: ReadableStream<Uint8Array> = response.body;
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of body) {
		length += chunk.length;
		// Leaving the loop cancels the stream, and with it the connection.
		if (length > bytesMax) return undefined;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/** The same as text. */
export async function wholeText(response: Response, bytesMax: number): Promise<string | undefined> {
	return (await wholeBody(response, bytesMax))?.toString('utf8');
}
