// Links a file to a finding; a link that is there stays as it is.
// params: fileId, observationId, at, by
// returns: id
// writes
MATCH (o:Observation {id: $observationId})
MATCH (f:MedicalFile {id: $fileId})
MERGE (o)-[l:HAS_FILE]->(f)
ON CREATE SET l.linkedAt = $at, l.linkedBy = $by
RETURN f.id AS id
