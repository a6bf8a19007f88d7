/** Longest Cypher text that is looked at, in characters. */
export const CYPHER_MAX = 20_000;
/** Rows of one page of a result. */
export const PAGE_ROWS_MAX = 10_000;
export const PAGE_ROWS_USUAL = 1_000;
/** Rows a result may have; what is beyond is not kept. */
export const RESULT_ROWS_MAX = 100_000;
/** Nodes of a picture. */
export const PICTURE_NODES_MAX = 5_000;
/** When a query's process is killed. */
export const QUERY_TIMEOUT_MS = 10_000;
export const QUERY_MEMORY_BYTES = 1024 * 1024 * 1024;
