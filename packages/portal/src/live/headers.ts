/**
 * Headers of every answer (`spec/api.md`, A17): nothing may be run, framed, sniffed or told to others that is not meant to be. What is public may be read from any page of the web; nothing
 * else may be read from anywhere.
 */

/** For pages; no inline script or style exists anywhere on the site. */
const CONTENT_SECURITY_POLICY = [
	"default-src 'none'",
	"style-src 'self'",
	"script-src 'self'",
	"img-src 'self'",
	"connect-src 'self'",
	"form-action 'self'",
	"base-uri 'none'",
	"frame-ancestors 'none'",
].join('; ');

export const STRICT_HEADERS: Readonly<Record<string, string>> = {
	'content-security-policy': CONTENT_SECURITY_POLICY,
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'cache-control': 'no-store',
};

/** On what everybody may read anyway, so that newsrooms' pages and verifiers in browsers can read it too. */
export const PUBLIC_HEADERS: Readonly<Record<string, string>> = {
	'access-control-allow-origin': '*',
	'cross-origin-resource-policy': 'cross-origin',
};

/** For files that somebody sent: even opened on their own, they run nothing. */
export const SENT_FILE_HEADERS: Readonly<Record<string, string>> = {
	'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
};

/** The name says what it holds: it never changes. */
export const IMMUTABLE = 'public, max-age=31536000, immutable';
/** What changes when the log grows. */
export const SECONDS = 'public, max-age=2';
/** What changes only when the server is set up anew. */
export const MINUTES = 'public, max-age=300';
