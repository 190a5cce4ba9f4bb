const { PATH, NODE_COMPILE_CACHE } = process.env;

/** What a process of its own takes from this one: where programs are, and what Node has compiled before. */
export const bareEnvironment: NodeJS.ProcessEnv = { PATH, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }) };
