// Which conditions occur together in the same patient?
// params: least (patients that a pair needs to be shown), limit (rows at most)
// returns: condition, together, patients, share (percent of the patients with the first condition)
// First how many patients have each condition.
MATCH (one:Condition)<-[:HAS_CONDITION]-(p:Patient)
WITH one, count(DISTINCT p) AS cases
// Then the others that these patients have: from the condition to the patient and on to the next condition.
MATCH (one)<-[:HAS_CONDITION]-(both:Patient)-[:HAS_CONDITION]->(other:Condition)
WHERE one.code <> other.code
WITH one, cases, other, count(DISTINCT both) AS patients
// WHERE after WITH chooses among groups.
WHERE patients >= $least
RETURN one.title AS condition, other.title AS together, patients, round(100.0 * patients / cases) AS share
ORDER BY patients DESC, condition, together
LIMIT $limit
