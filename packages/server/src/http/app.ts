/**
 * The HTTP service put together (`spec/api.md`): guard, bodies, errors and routes on one Fastify. Validation is zod's alone: Fastify's own would turn `null`, `true` and `"521"` into
 * numbers. It does not listen by itself, and knows neither disk nor database but through its parts.
 */
import type { Socket } from 'node:net';
import swagger from '@fastify/swagger';
import { assert } from '@matokeo/core/std/result.ts';
import fastify, { LogController } from 'fastify';
import {
	jsonSchemaTransform,
	serializerCompiler,
	validatorCompiler,
	type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Access } from './access.ts';
import { installBodies } from './bodies.ts';
import { book } from './booking.ts';
import { limitConnections, refuseOnSocket } from './connections.ts';
import { installErrors, sendProblem } from './errors.ts';
import { installGuard } from './guard.ts';
import { logRequest, routeOf } from './logging.ts';
import type { App, HttpParts } from './parts.ts';
import { Problem } from './problem.ts';
import { entryRoutes, headRoutes } from './routes/entries.ts';
import { gateRoutes } from './routes/gate.ts';
import { logFileRoutes } from './routes/logFiles.ts';
import { markRoutes } from './routes/marks.ts';
import { openingRoutes } from './routes/openings.ts';
import { operatingRoutes } from './routes/operating.ts';
import { paperRoutes } from './routes/papers.ts';
import { proceedingRoutes } from './routes/proceedings.ts';
import { viewRoutes } from './routes/reads.ts';
import { sealedBlobRoutes } from './routes/sealedBlobs.ts';
import { signInRoutes } from './routes/signIn.ts';
import { siteFileRoutes } from './routes/siteFiles.ts';
import { statementRoutes } from './routes/statements.ts';
import { uploadRoutes } from './routes/uploads.ts';
import type { TusUploads } from './tusUploads.ts';

export interface KnownRoute {
	readonly method: string;
	readonly url: string;
	readonly access: Access | undefined;
}

export interface HttpApp {
	readonly app: App;
	/** Every route that there is, Fastify's own HEADs among them. */
	readonly routes: readonly KnownRoute[];
}

export async function httpApp(parts: HttpParts, tus: TusUploads): Promise<HttpApp> {
	const app = bare(parts);
	const routes: KnownRoute[] = [];
	app.addHook('onRoute', ({ method, url, config }) => {
		for (const one of [method].flat()) routes.push({ method: one, url, access: config?.access });
	});
	app.addHook('onResponse', async (request, reply) => {
		logRequest(parts.logger, request, reply);
		parts.metrics.requested(routeOf(request), reply.statusCode, reply.elapsedTime);
		if (parts.books !== undefined) book(parts.books, request, reply);
	});
	limitConnections(app.server, parts);
	installBodies(app, parts);
	installErrors(app, parts);
	installGuard(app, parts);
	await installRoutes(app, parts, tus);
	await app.ready();
	for (const { method, url, access } of routes) assert(access !== undefined, `${method} ${url} says who may call it`);
	return { app, routes };
}

async function installRoutes(app: App, parts: HttpParts, tus: TusUploads): Promise<void> {
	await app.register(swagger, {
		openapi: {
			openapi: '3.1.0',
			info: {
				title: 'Matokeo',
				description: 'Election results that anyone can check; the rules are in spec/api.md',
				version: '1',
			},
		},
		transform: jsonSchemaTransform,
	});
	statementRoutes(app, parts);
	openingRoutes(app, parts);
	markRoutes(app, parts);
	uploadRoutes(app, parts, tus);
	signInRoutes(app, parts);
	viewRoutes(app, parts);
	entryRoutes(app, parts);
	headRoutes(app, parts);
	gateRoutes(app, parts);
	proceedingRoutes(app, parts);
	sealedBlobRoutes(app, parts);
	operatingRoutes(app, parts);
	logFileRoutes(app, parts);
	paperRoutes(app, parts);
	siteFileRoutes(app, parts);
}

function bare({ limits, logger, trustProxy }: HttpParts): App {
	const app = fastify({
		loggerInstance: logger,
		logController: new LogController({ disableRequestLogging: true }),
		bodyLimit: limits.bodyBytesMax,
		trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
		requestTimeout: limits.requestTimeoutMs,
		connectionTimeout: limits.idleTimeoutMs,
		keepAliveTimeout: limits.keepAliveTimeoutMs,
		maxRequestsPerSocket: limits.requestsPerConnectionMax,
		forceCloseConnections: 'idle',
		// A closing server still answers those who are connected, each for the last time.
		return503OnClosing: false,
		routerOptions: { maxParamLength: limits.pathCharactersMax },
		http: {
			headersTimeout: limits.headersTimeoutMs,
			connectionsCheckingInterval: limits.timeoutCheckMs,
			maxHeaderSize: limits.headerBytesMax,
		},
		clientErrorHandler: (error, socket: Socket) => refuseOnSocket(error, socket),
		frameworkErrors: (_error, _request, reply) =>
			sendProblem(
				reply,
				new Problem(400, {
					rule: 'A14',
					expected: 'a path that can be read',
					got: 'another',
					do: 'spell ids as the documentation says',
				}),
			),
	}).withTypeProvider<ZodTypeProvider>();
	app.setValidatorCompiler(validatorCompiler);
	app.setSerializerCompiler(serializerCompiler);
	return app;
}
