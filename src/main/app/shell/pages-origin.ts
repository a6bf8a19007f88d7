export const PAGES_SCHEME = "app";
/** Where the pages of the window come from; nothing else is ever loaded. */
export const PAGES_ORIGIN = `${PAGES_SCHEME}://polyclinic`;
