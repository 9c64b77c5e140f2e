const refusals = {};

/** What the figures mean, in the words that stand beside them. */
const definition = (today: string) => `全部已收到的办件。超期：到 ${today} 还没办完，且已过承诺的日子。`;

export const figuresWords = { refusals, definition };
