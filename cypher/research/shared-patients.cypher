// Which patients are in the care of two doctors?
// params: limit (pairs of doctors at most)
// returns: one, first, patient, second, other
// Two arrows meet in the same patient.
MATCH (one:Doctor)-[first:TREATS]->(patient:Patient)<-[second:TREATS]-(other:Doctor)
// Without this each pair would come twice, once from either side.
WHERE one.id < other.id
RETURN one, first, patient, second, other
ORDER BY patient.id, one.id, other.id
LIMIT $limit
