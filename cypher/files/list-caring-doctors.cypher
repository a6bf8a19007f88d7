// The doctors who care for a patient, for telling them of a new file.
// params: patientId
// returns: id
MATCH (d:Doctor)-[:TREATS]->(p:Patient {id: $patientId})
RETURN d.id AS id
