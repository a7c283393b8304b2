/** The README of a bundle in Spanish. It knows words and no rules. */
import { utc } from '@matokeo/verifier/report/date.ts';
import type { ReadmeFacts } from './readme.ts';

const MODES = {
	official: [],
	parallel: ['CONTEO PARALELO: no es el cómputo oficial de ninguna autoridad.', ''],
	rehearsal: ['ENSAYO: no es un resultado de ninguna autoridad. Ningún votante lo decidió.', ''],
} as const;

export function spanish(facts: ReadmeFacts): readonly string[] {
	const { title, mode, page, verified, witnesses } = facts;
	return [
		`PAQUETE DE PRUEBAS: ${aboutWhat(facts)}`,
		title,
		'',
		...MODES[mode],
		'QUÉ ES ESTO',
		'',
		'Una elección se registró en una bitácora: una lista de declaraciones firmadas a la',
		'que se puede añadir y en la que nada puede cambiarse ni quitarse sin que se vea.',
		`Este archivo contiene lo que la bitácora dice de una sola cosa, ${aboutWhat(facts)}:`,
		`${facts.statements} declaraciones, letra por letra, cada una con la prueba de que está en la`,
		'bitácora; las claves con que se firmaron y quién las puso en vigor; y las imágenes y',
		`documentos que pueden mostrarse (${facts.blobs} aquí; ${facts.leftOut} no, bundle.json dice cuáles y por qué).`,
		'',
		`  Paquete electoral  ${facts.package}`,
		`  Bitácora           ${facts.origin}`,
		`  Declaraciones      ${facts.size}`,
		`  Raíz               ${facts.root}`,
		`  Su reloj           ${utc(facts.time)}`,
		`  Cofirmada por      ${witnesses.length === 0 ? 'nadie más que la propia bitácora' : witnesses.join(', ')}`,
		'',
		...(verified
			? [
					'Al hacerse este paquete se leyó y recalculó la bitácora entera desde su primera',
					'declaración, y nada falló. No hace falta creerlo: véase más abajo.',
				]
			: [
					'LA BITÁCORA ENTERA NO SE VERIFICÓ al hacerse este paquete. bundle.json dice qué',
					'falló. Se empaquetó tal como está porque alguien lo pidió.',
				]),
		'',
		...(page === undefined
			? []
			: [
					'PARA LEERLO',
					'',
					`Abra ${page.replace(/^en\//, 'es/')} con un navegador. Los enlaces a páginas que`,
					'no están en este paquete no llevan a nada. Las páginas no las firma nadie, y quien',
					'hizo el paquete podría haber puesto en ellas cualquier cosa. Lo que vale es lo que',
					'imprime la comprobación siguiente.',
					'',
				]),
		...howToCheck(facts),
	];
}

/** And what that cannot show. */
function howToCheck({ program, attestations }: ReadmeFacts): readonly string[] {
	return [
		'PARA COMPROBARLO',
		'',
		'1. Descomprima este archivo en una carpeta vacía (en Windows, una cuya ruta entera',
		'   sea corta) y abra allí una terminal.',
		'2. Instale Node, versión 22 o posterior, de https://nodejs.org/. No hace falta nada',
		'   más, ni conexión a la red.',
		'3. verify.mjs es un programa y vino con este paquete: quien lo hizo podría hacerle',
		'   decir o hacer cualquier cosa. Si no confía en esa persona, obtenga el mismo',
		'   programa de alguien en quien confíe y que lo haya hecho a partir del código',
		'   fuente, póngalo en esta carpeta como trusted.mjs y escriba trusted.mjs en lugar',
		'   de verify.mjs en lo que sigue. Si es de la misma versión, los dos tienen este',
		'   SHA-256:',
		'',
		`     ${program}`,
		'',
		'   (Linux: sha256sum verify.mjs. macOS: shasum -a 256 verify.mjs.',
		'   Windows: certutil -hashfile verify.mjs SHA256.)',
		'4. Ejecute:',
		'',
		'     node verify.mjs .',
		'',
		'   Dice «CONSISTENT; AUTHORITY NOT ESTABLISHED» si nada falla: el paquete concuerda',
		'   consigo mismo, pero cualquiera podría haber hecho uno así.',
		'5. Busque el resumen (digest) del paquete electoral donde se publicó antes de la',
		'   votación: en la gaceta, en un diario, en el expediente de un tribunal. No lo tome',
		'   de aquí. Ejecute, con ese resumen en lugar de DIGEST:',
		'',
		'     node verify.mjs . --anchor DIGEST',
		'',
		'   Dice «VERIFIED» si nada falla y el paquete electoral es ese.',
		'6. Quien tenga el programa entero puede ejecutar también:',
		'   matokeo verify --bundle ARCHIVO',
		'',
		'Termina con 0 (nada falla), 1 (algo falla, y se nombra) o 2 (no pudo ejecutarse, y',
		'dice por qué). Un archivo cambiado se nombra.',
		'',
		'QUÉ NO PUEDE MOSTRAR',
		'',
		'- Que no se dijo nada más de esto. Un paquete contiene una parte de la bitácora. Que',
		'  no hay otra declaración, como una resolución posterior, solo lo muestra la entera:',
		'    node verify.mjs CARPETA --against checkpoint',
		'  con CARPETA una copia de toda la bitácora publicada y el checkpoint de este paquete.',
		'- Quién tiene una clave. Una firma muestra que se usó una clave, no por quién.',
		'- Que el papel es auténtico. Compare las imágenes con el papel y con las copias que',
		'  guardaron delegados y observadores.',
		'- Que las horas son exactas, más allá de lo que avalan los testigos.',
		...(attestations > 0
			? [
					'- Que lo que una persona atestigua aquí es cierto. La clave es la que firmó las',
					'  capturas; el nombre, el aparato y las circunstancias son palabra de esa persona.',
				]
			: []),
		'',
		'Las diferencias entre documentos necesitan explicación. Tienen muchas causas',
		'inocentes: un error de pluma, una mala foto, un acta llenada dos veces.',
	];
}

function aboutWhat({ subject }: ReadmeFacts): string {
	switch (subject.kind) {
		case 'station':
			return `mesa ${subject.station}${subject.contest === undefined ? '' : `, elección ${subject.contest}`}`;
		case 'area':
			return `área ${subject.area}, elección ${subject.contest}`;
		case 'objection':
			return `impugnación ${subject.objection.slice(0, 16)}…`;
		case 'declaration':
			return `proclamación ${subject.declaration.slice(0, 16)}…`;
	}
}
