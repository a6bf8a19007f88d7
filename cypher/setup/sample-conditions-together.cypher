// Which conditions stand together on the problem lists of the same patients?
// returns: condition, together, patients
MATCH (one:Condition)<-[:HAS_CONDITION]-(p:Patient)-[:HAS_CONDITION]->(other:Condition)
WHERE one.code < other.code
RETURN one.title AS condition, other.title AS together, count(DISTINCT p) AS patients
ORDER BY patients DESC, condition, together
LIMIT 25
