// What was found in these visits, in order of recording.
// params: ids (of visits)
// returns: id, encounterId, kind, text, value, unit, recordedAt, recordedBy, key
UNWIND $ids AS wanted
MATCH (e:Encounter {id: wanted})-[:HAS_OBSERVATION]->(o:Observation)
RETURN o.id AS id, e.id AS encounterId, o.kind AS kind, o.text AS text, o.value AS value, o.unit AS unit,
  o.recordedAt AS recordedAt, o.recordedBy AS recordedBy, o.key AS key
ORDER BY recordedAt, id
