// On which ways do patients with a condition reach care: department, doctor, patient, condition?
// params: code (ICD-10 code of a condition), limit (paths at most)
// returns: path
// A path of three steps gets a name; the last node is looked up by its code.
MATCH path = (:Department)-[:HAS_DOCTOR]->(doctor:Doctor)-[:TREATS]->(patient:Patient)-[:HAS_CONDITION]->(condition:Condition)
WHERE condition.code = $code
// The path is returned whole: its nodes and edges are what is drawn.
RETURN path
ORDER BY patient.id, doctor.id
LIMIT $limit
