/** The folder outside the clone for what is fetched and built: FATHOM_CACHE, else `fathom` in the user's own cache folder. */
export declare function cacheFolder(env?: NodeJS.ProcessEnv): string;
