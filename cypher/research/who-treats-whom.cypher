// Which doctor cares for which patients?
// params: limit (pairs of doctor and patient at most)
// returns: doctor, care, patient
// A path has two nodes in round brackets and an edge in square ones; the arrow says who cares for whom.
MATCH (doctor:Doctor)-[care:TREATS]->(patient:Patient)
// Whole nodes and edges, not their properties: so that they can be drawn.
RETURN doctor, care, patient
// Some of each doctor rather than all of the first.
ORDER BY patient.id, doctor.id
LIMIT $limit
