/**
 * Brackets inside each other. The embedded engine reads 60 and refuses 64; the parser takes 10 ms for 100 round ones, 30 ms for 40 square
 * ones.
 */
export const NESTING_MAX = 45;
/** List comprehensions inside each other: 40 take the parser longer than its deadline. */
export const COMPREHENSIONS_MAX = 12;
/** CASE inside CASE: 40 take the parser 1.6 s. */
export const CASES_MAX = 15;
export const TOKENS_MAX = 6_000;
/** Operators of one kind in a row, `1 < 2 < 3` or `a + b + c`: the embedded engine reads 60, and dies of some 520 comparisons. */
export const CHAIN_MAX = 50;
/** AND and OR make lists of alternatives; the engines keep these flat: 1,200 were tried. */
export const ALTERNATIVES_MAX = 500;
/** Nesting and chains added up along one way down the tree. */
export const DEPTH_MAX = 60;
/** Clauses, and parts of a UNION: each is a level of the plan. The embedded engine refuses above a hundred. */
export const CLAUSES_MAX = 60;
/** Elements of a list that is written out, parts of a pattern, items of a RETURN. */
export const PARTS_MAX = 1_000;
