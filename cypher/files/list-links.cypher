// The findings these files are linked to, with their visits, in order of linking.
// params: ids (of files)
// returns: fileId, observationId, encounterId, encounterStatus, linkedAt
UNWIND $ids AS wanted
MATCH (e:Encounter)-[:HAS_OBSERVATION]->(o:Observation)-[l:HAS_FILE]->(f:MedicalFile {id: wanted})
RETURN f.id AS fileId, o.id AS observationId, e.id AS encounterId, e.status AS encounterStatus, l.linkedAt AS linkedAt
ORDER BY linkedAt, observationId
