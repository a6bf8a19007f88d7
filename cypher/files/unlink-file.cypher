// Takes the link of a file to a finding away.
// params: fileId, observationId
// returns: removed
// writes
MATCH (o:Observation {id: $observationId})-[l:HAS_FILE]->(f:MedicalFile {id: $fileId})
DELETE l
RETURN count(*) AS removed
