/** The reader of markup sees what it is there to see. */
import { expect, it } from 'vitest';
import { problemsOf } from '../support/markup.ts';

it.each([
	'<p>',
	'<p></b>',
	'<p style="a">x</p>',
	'<p onclick="a">x</p>',
	'<p id="a" id="a"></p>',
	'<p id="a"></p><p id="a"></p>',
	'<a href="#b">x</a>',
	'<a href="javascript:a">x</a>',
	'<a href="/x">x</a>',
	'<script>a</script>',
	'<style>a</style>',
	'<p>a < b</p>',
	'<p>a\u202eb</p>',
	'<p title="a"b"></p>',
])('sees %j', (text) => {
	expect(problemsOf(text)).not.toEqual([]);
});

it('lets sound pages pass', () => {
	expect(problemsOf('<!doctype html><p id="a">x<br><a href="#a">y</a><svg><rect width="1"/></svg></p>')).toEqual([]);
});
