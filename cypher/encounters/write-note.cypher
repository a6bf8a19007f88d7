// Adds a note or an amendment to a visit.
// params: encounterId, note (its properties)
// returns: id
// writes
MATCH (e:Encounter {id: $encounterId})
CREATE (e)-[:HAS_NOTE]->(n:Note)
SET n += $note
RETURN n.id AS id
