/**
 * The grammar's rules that may occur in a statement. Whatever is not here is refused, also rules that a later release of
 * the grammar adds. Names are those of Cypher25Parser.g4, CypherPreParser.g4 and CypherCmdParser.g4.
 */
export const ALLOWED_RULES: ReadonlySet<string> = new Set([
  // The frame of a statement. `singleQuery` also has a form in braces, which the walk refuses.
  ...["statementsOrCommands", "statementOrCommand", "preparsedStatement", "statement", "queryWithLocalDefinitions", "nextStatement"],
  ...["regularQuery", "union", "singleQuery", "clause"],
  // Clauses and their parts.
  ...["matchClause", "whereClause", "withClause", "unwindClause", "returnClause", "orderBySkipLimitClause"],
  ...["returnBody", "returnItems", "returnItem", "orderBy", "orderItem", "ascToken", "descToken", "skip", "limit"],
  ...["subqueryClause", "subqueryScope", "callClause", "procedureName", "procedureArgument", "procedureResultItem"],
  // Patterns.
  ...["patternList", "pattern", "pathPatternPrefix", "nonNegativeIntegerSpecification", "pathMode", "groupToken", "pathToken"],
  ...["anonymousPattern", "shortestPathPattern", "patternElement", "parenthesizedPath", "pathPatternNonEmpty", "quantifier"],
  ...["nodePattern", "relationshipPattern", "leftArrow", "arrowLine", "rightArrow", "pathLength", "properties"],
  ...["labelExpression", "labelExpression1", "labelExpression2", "labelExpression3", "labelExpression4"],
  // Expressions.
  ...["expression", "expression11", "expression10", "expression9", "expression8", "expression7", "expression6", "expression5"],
  ...[
    "expression4",
    "expression3",
    "expression2",
    "expression1",
    "comparisonExpression6",
    "postFix",
    "property",
    "parenthesizedExpression",
  ],
  ...["literal", "numberLiteral", "stringLiteral", "listLiteral", "map", "parameter", "parameterName", "variable"],
  ...["caseExpression", "caseAlternative", "extendedCaseExpression", "extendedCaseAlternative", "extendedWhen"],
  ...["countStar", "existsExpression", "countExpression", "collectExpression", "patternExpression", "shortestPathExpression"],
  ...["mapProjection", "mapProjectionElement", "listComprehension", "patternComprehension", "reduceExpression", "listItemsPredicate"],
  ...["normalizeFunction", "normalForm", "trimFunction", "functionInvocation", "functionName", "functionArgument", "namespace"],
  ...["type", "typePart", "typeName", "typeNullability", "typeListSuffix", "signedIntegerLiteral", "vectorCoordinateType"],
  // Names.
  ...["propertyKeyName", "preparserKeyword", "unescapedSymbolicNameString", "unescapedSymbolicNameString_"],
  ...["symbolicNameString", "escapedSymbolicNameString"],
  ...["symbolicVariableNameString", "escapedSymbolicVariableNameString", "unescapedSymbolicVariableNameString"],
]);

/** What a refused rule is called in the answer, where its first word does not say it. */
export const CONSTRUCT_OF: Readonly<Record<string, string>> = {
  loadCSVClause: "LOAD CSV",
  subqueryInTransactionsParameters: "IN TRANSACTIONS",
  dynamicAnyAllExpression: "$( )",
  dynamicExpression: "$( )",
  interpolatedStringLiteral: "$'…'",
  useClause: "USE",
  when: "WHEN",
  localDefinition: "DEFINE",
  hint: "USING",
  searchClause: "SEARCH",
  groupBy: "GROUP BY",
};

/** Words that write. Unquoted they are refused even as names, so that no reader can take them for the clause. */
export const WRITING_WORDS: ReadonlySet<string> = new Set([
  ...["CREATE", "INSERT", "MERGE", "DELETE", "DETACH", "NODETACH", "SET", "REMOVE", "FOREACH", "DROP", "ALTER", "LOAD"],
]);
