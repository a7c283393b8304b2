/** The rule of the fixtures' contest, which is Bolivia's: more than half, or 40 per cent and ten points ahead; else a second round. The whole has no text, its parts have. */
import type { ResultRule } from '@matokeo/core/result/rule.ts';

export const RULE: ResultRule = {
	rounds: [
		{
			elect: {
				kind: 'any',
				parts: [
					{
						kind: 'share',
						id: 'over-half',
						text: {
							en: 'more than half of the valid votes',
							es: 'más de la mitad de los votos válidos',
							sw: 'zaidi ya nusu ya kura halali',
						},
						threshold: { op: 'gt', value: { num: 1n, den: 2n } },
						of: 'valid',
					},
					{
						kind: 'all',
						id: 'forty-and-ten',
						text: {
							en: 'at least 40 % of the valid votes and a lead of at least 10 points',
							es: 'al menos 40 % de los votos válidos y una ventaja de al menos 10 puntos',
							sw: 'angalau asilimia 40 ya kura halali na uongozi wa angalau pointi 10',
						},
						parts: [
							{ kind: 'share', threshold: { op: 'gte', value: { num: 2n, den: 5n } }, of: 'valid' },
							{ kind: 'lead', threshold: { op: 'gte', value: { num: 1n, den: 10n } }, of: 'valid' },
						],
					},
				],
			},
			otherwise: { kind: 'top', places: 2 },
		},
	],
};
