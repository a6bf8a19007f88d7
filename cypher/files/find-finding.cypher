// A finding with its visit, for linking a file to it. The carrier of a visit's diagnoses is none.
// params: observationId
// returns: id, encounterId, patientId, encounterStatus
MATCH (e:Encounter)-[:HAS_OBSERVATION]->(o:Observation {id: $observationId})
WHERE o.key <> 'assessment|' + e.id
RETURN o.id AS id, e.id AS encounterId, e.patientId AS patientId, e.status AS encounterStatus
