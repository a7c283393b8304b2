/** Ports that the verbs serve on. */
export const PORT = 8700;
export const PORT_MAX = 65_535;
